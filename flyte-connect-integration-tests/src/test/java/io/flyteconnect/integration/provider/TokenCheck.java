package io.flyteconnect.integration.provider;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * How a Flyte decides whether a token is good.
 */
interface TokenCheck {

	boolean isGood(String token);

	/**
	 * By signature and time, to the second.
	 * @param keys where the provider publishes its keys
	 * @return the check
	 */
	static TokenCheck bySignature(String keys) {
		NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(keys).validateType(false).build();
		OAuth2TokenValidator<Jwt> time = new JwtTimestampValidator(Duration.ZERO);
		decoder.setJwtValidator(time);
		return (token) -> {
			try {
				decoder.decode(token);
				return true;
			}
			catch (JwtException ex) {
				return false;
			}
		};
	}

	/**
	 * By asking the provider (RFC 7662).
	 * @param endpoint where to ask
	 * @param clientId who asks
	 * @param clientSecret the secret of who asks
	 * @return the check
	 */
	static TokenCheck byIntrospection(String endpoint, String clientId, String clientSecret) {
		HttpClient http = HttpClient.newHttpClient();
		String basic = Base64.getEncoder()
			.encodeToString((clientId + ":" + clientSecret).getBytes(StandardCharsets.UTF_8));
		return (token) -> {
			HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint))
				.header("Authorization", "Basic " + basic)
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(HttpRequest.BodyPublishers.ofString("token=" + URLEncoder.encode(token, StandardCharsets.UTF_8)))
				.build();
			try {
				return http.send(request, HttpResponse.BodyHandlers.ofString())
					.body()
					.replace(" ", "")
					.contains("\"active\":true");
			}
			catch (IOException ex) {
				return false;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		};
	}

}
