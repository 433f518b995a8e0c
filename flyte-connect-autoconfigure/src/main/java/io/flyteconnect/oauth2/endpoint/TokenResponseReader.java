package io.flyteconnect.oauth2.endpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonParseException;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;

/**
 * Reads the answer of a token endpoint (RFC 6749 section 5.1). Where {@code expires_in}
 * is absent, a JWT's {@code exp} tells the life of the token, and where there is none
 * either, the token counts as good until the server refuses it. One that makes no sense
 * is an error.
 */
class TokenResponseReader extends AbstractHttpMessageConverter<OAuth2AccessTokenResponse> {

	private static final List<String> TOKENS = List.of(OAuth2ParameterNames.ACCESS_TOKEN,
			OAuth2ParameterNames.REFRESH_TOKEN, OidcParameterNames.ID_TOKEN);

	private final Clock clock;

	private final Collection<String> secrets;

	TokenResponseReader(Clock clock, Collection<String> secrets) {
		super(MediaType.ALL);
		this.clock = clock;
		this.secrets = secrets;
	}

	@Override
	protected boolean supports(Class<?> type) {
		return type == OAuth2AccessTokenResponse.class;
	}

	@Override
	protected OAuth2AccessTokenResponse readInternal(Class<? extends OAuth2AccessTokenResponse> type,
			HttpInputMessage message) throws IOException {
		Map<String, Object> body = parse(message.getBody().readAllBytes());
		if (body == null) {
			throw noObject(message, this.secrets);
		}
		if (!(body.get("access_token") instanceof String token) || token.isBlank()) {
			throw invalid("the answer has no access_token", message);
		}
		if (!SafeText.isHeaderValue(token)) {
			throw invalid("the access_token has characters that no header can carry", message);
		}
		Object tokenType = body.get("token_type");
		if (tokenType != null && !TokenType.BEARER.getValue().equalsIgnoreCase(tokenType.toString())) {
			throw invalid("the token_type is '" + shown(tokenType, body) + "' where Bearer is needed", message);
		}
		OAuth2AccessTokenResponse.Builder response = OAuth2AccessTokenResponse.withToken(token)
			.tokenType(TokenType.BEARER)
			.expiresIn(TokenLife.of(expiresIn(body, message), token, this.clock.instant()).toSeconds())
			.scopes(scopes(body.get("scope")));
		if (body.get("refresh_token") instanceof String refreshToken && !refreshToken.isBlank()) {
			response.refreshToken(refreshToken);
		}
		if (body.get(OidcParameterNames.ID_TOKEN) instanceof String idToken) {
			response.additionalParameters(Map.of(OidcParameterNames.ID_TOKEN, idToken));
		}
		return response.build();
	}

	private @Nullable Duration expiresIn(Map<String, Object> body, HttpInputMessage message) throws IOException {
		Object value = body.get("expires_in");
		try {
			return (value != null) ? Seconds.of(value) : null;
		}
		catch (NumberFormatException ex) {
			throw invalid("the expires_in is '" + shown(value, body) + "' where a positive number of seconds is needed",
					message);
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

	static TokenRequestException noObject(HttpInputMessage message, Collection<String> secrets) throws IOException {
		return invalid("the answer (" + SafeText.of(contentType(message.getHeaders()), secrets) + ") is no JSON object",
				message);
	}

	private static TokenRequestException invalid(String description, HttpInputMessage message) throws IOException {
		int status = (message instanceof ClientHttpResponse response) ? response.getStatusCode().value() : 200;
		OAuth2Error error = new OAuth2Error(TokenRequestException.INVALID_RESPONSE, description, null);
		return new TokenRequestException(error, "HTTP " + status + ", but " + description, status, null);
	}

	static @Nullable Map<String, Object> parse(byte[] body) {
		try {
			return JsonParserFactory.getJsonParser().parseMap(new String(body, StandardCharsets.UTF_8));
		}
		catch (JsonParseException ex) {
			return null;
		}
	}

	static String contentType(HttpHeaders headers) {
		String type = headers.getFirst(HttpHeaders.CONTENT_TYPE);
		return (type != null && !type.isBlank()) ? type : "without a content type";
	}

}
