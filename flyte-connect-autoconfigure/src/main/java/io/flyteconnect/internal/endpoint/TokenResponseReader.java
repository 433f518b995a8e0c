package io.flyteconnect.internal.endpoint;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;

import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.internal.token.Seconds;
import io.flyteconnect.internal.token.TokenLife;

/**
 * Reads the answer of a token endpoint (RFC 6749 section 5.1). Where {@code expires_in}
 * is absent, a JWT's {@code exp} tells the life of the token, and where there is none
 * either, the token counts as good until the server refuses it. One that makes no sense
 * counts as absent: zero and less, too, as in flytekit ({@code token_client.py}).
 */
class TokenResponseReader extends AbstractHttpMessageConverter<OAuth2AccessTokenResponse> {

	private static final List<String> TOKENS = List.of(OAuth2ParameterNames.ACCESS_TOKEN,
			OAuth2ParameterNames.REFRESH_TOKEN, OidcParameterNames.ID_TOKEN);

	/** Types of tokens that nobody can present alone, in lower case, and why not. */
	private static final Map<String, String> NO_BEARER = Map.of("dpop",
			"such a token is bound to a key that must sign each call (RFC 9449), which Flyte cannot check. Turn DPoP"
					+ " off for this client at the authorization server",
			"pop", "such a token is bound to a key that must sign each call, which Flyte cannot check", "mac",
			"such a token is bound to a key that must sign each call, which Flyte cannot check", "n_a",
			"what was issued is no access token (RFC 8693 section 2.2.1)");

	/** What looks like the name of a field, and like no token. */
	private static final Pattern FIELD = Pattern.compile("[A-Za-z_]{1,32}");

	private final Clock clock;

	private final Collection<String> secrets;

	private final AnswerNotices notices;

	TokenResponseReader(Clock clock, Collection<String> secrets, AnswerNotices notices) {
		super(MediaType.ALL);
		this.clock = clock;
		this.notices = notices;
		this.secrets = secrets;
	}

	@Override
	protected boolean supports(Class<?> type) {
		return type == OAuth2AccessTokenResponse.class;
	}

	@Override
	protected OAuth2AccessTokenResponse readInternal(Class<? extends OAuth2AccessTokenResponse> type,
			HttpInputMessage message) throws IOException {
		Map<String, Object> body = AnswerBody.require(message, this.secrets);
		String token = token(body, message);
		checkType(body, message);
		OAuth2AccessTokenResponse.Builder response = OAuth2AccessTokenResponse.withToken(token)
			.tokenType(TokenType.BEARER)
			.expiresIn(TokenLife.of(expiresIn(body), token, this.clock.instant()).toSeconds())
			.scopes(scopes(body.get("scope")));
		if (body.get("refresh_token") instanceof String refreshToken && !refreshToken.isBlank()) {
			response.refreshToken(refreshToken);
		}
		if (body.get(OidcParameterNames.ID_TOKEN) instanceof String idToken) {
			response.additionalParameters(Map.of(OidcParameterNames.ID_TOKEN, idToken));
		}
		return response.build();
	}

	private String token(Map<String, Object> body, HttpInputMessage message) throws IOException {
		if (!(body.get("access_token") instanceof String text) || text.isBlank()) {
			ErrorAnswer error = ErrorAnswer.of(body, this.secrets);
			if (error != null && error.known()) {
				throw error.exception(AnswerBody.status(message), null);
			}
			Object other = body.get("access_token");
			if (other != null && !(other instanceof String)) {
				throw AnswerBody.invalid("the answer has an access_token that is " + AnswerFields.kind(other)
						+ ", where a text is needed", message);
			}
			throw AnswerBody.invalid(
					"the answer has no access_token"
							+ ((error != null) ? ", it says: " + error.error().getDescription() : fields(body)),
					message);
		}
		String token = withoutScheme(text.strip());
		if (!SafeText.isHeaderValue(token)) {
			throw AnswerBody.invalid("the access_token has characters that no header can carry", message);
		}
		return token;
	}

	// Some servers write what belongs into the header.
	private static String withoutScheme(String token) {
		String scheme = TokenType.BEARER.getValue() + " ";
		return token.regionMatches(true, 0, scheme, 0, scheme.length()) ? token.substring(scheme.length()).strip()
				: token;
	}

	/**
	 * The names of what is there instead: another protocol, or a token in a wrapping.
	 */
	private String fields(Map<String, Object> body) {
		String names = body.keySet()
			.stream()
			.filter((name) -> FIELD.matcher(name).matches())
			.limit(8)
			.collect(Collectors.joining(", "));
		return names.isEmpty() ? "" : ", only " + SafeText.of(names, this.secrets);
	}

	/**
	 * Gateways and servers call a bearer token by many names. A token that is none needs
	 * a proof of a key with each call, and is refused by Flyte without one.
	 */
	private void checkType(Map<String, Object> body, HttpInputMessage message) throws IOException {
		Object type = body.get("token_type");
		if (type == null || TokenType.BEARER.getValue().equalsIgnoreCase(type.toString().strip())) {
			return;
		}
		String reason = NO_BEARER.get(type.toString().strip().toLowerCase(Locale.ROOT));
		if (reason != null) {
			throw AnswerBody.invalid("the token_type is '" + shown(type, body) + "' where Bearer is needed: " + reason,
					message);
		}
		this.notices.warn("token_type is '" + shown(type, body) + "': it is used as a Bearer token");
	}

	private @Nullable Duration expiresIn(Map<String, Object> body) {
		Object value = body.get("expires_in");
		try {
			return (value != null) ? Seconds.of(value) : null;
		}
		catch (NumberFormatException ex) {
			this.notices
				.warn("expires_in is '" + shown(value, body) + "', no positive number of seconds: it counts as absent");
			return null;
		}
	}

	/**
	 * A value that is not what it should be: it may well be one of the secrets.
	 */
	private String shown(Object value, Map<String, Object> body) {
		List<String> hidden = new ArrayList<>(this.secrets);
		for (String name : TOKENS) {
			if (body.get(name) instanceof String token) {
				hidden.add(token);
			}
		}
		return SafeText.of(value.toString(), hidden);
	}

	private static Set<String> scopes(@Nullable Object scope) {
		if (!(scope instanceof String text) || text.isBlank()) {
			return Set.of();
		}
		return new LinkedHashSet<>(List.of(text.strip().split(" +")));
	}

	@Override
	protected void writeInternal(OAuth2AccessTokenResponse response, HttpOutputMessage message) {
		throw new IllegalStateException("Token responses are only read");
	}

}
