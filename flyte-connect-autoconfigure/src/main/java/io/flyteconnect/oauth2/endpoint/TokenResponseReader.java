package io.flyteconnect.oauth2.endpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
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
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;

/**
 * Reads the answer of a token endpoint (RFC 6749 section 5.1). Where {@code expires_in}
 * is absent or makes no sense, a JWT's {@code exp} tells the life of the token, and where
 * there is none either, the token counts as good until the server refuses it.
 */
class TokenResponseReader extends AbstractHttpMessageConverter<OAuth2AccessTokenResponse> {

	private final Clock clock;

	TokenResponseReader(Clock clock) {
		super(MediaType.ALL);
		this.clock = clock;
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
			throw invalid("the answer (" + contentType(message.getHeaders()) + ") is no JSON object", message);
		}
		if (!(body.get("access_token") instanceof String token) || token.isBlank()) {
			throw invalid("the answer has no access_token", message);
		}
		if (!SafeText.isHeaderValue(token)) {
			throw invalid("the access_token has characters that no header can carry", message);
		}
		Object tokenType = body.get("token_type");
		if (tokenType != null && !TokenType.BEARER.getValue().equalsIgnoreCase(tokenType.toString())) {
			throw invalid("the token_type is '" + SafeText.of(tokenType.toString()) + "' where Bearer is needed",
					message);
		}
		OAuth2AccessTokenResponse.Builder response = OAuth2AccessTokenResponse.withToken(token)
			.tokenType(TokenType.BEARER)
			.expiresIn(TokenLife.of(body.get("expires_in"), token, this.clock.instant()).toSeconds())
			.scopes(scopes(body.get("scope")));
		if (body.get("refresh_token") instanceof String refreshToken && !refreshToken.isBlank()) {
			response.refreshToken(refreshToken);
		}
		if (body.get(OidcParameterNames.ID_TOKEN) instanceof String idToken) {
			response.additionalParameters(Map.of(OidcParameterNames.ID_TOKEN, idToken));
		}
		return response.build();
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

	static TokenRequestException invalid(String description, HttpInputMessage message) throws IOException {
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
		return SafeText.of(headers.getFirst(HttpHeaders.CONTENT_TYPE)).isEmpty() ? "without a content type"
				: SafeText.of(headers.getFirst(HttpHeaders.CONTENT_TYPE));
	}

}
