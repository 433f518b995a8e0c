package io.flyteconnect.fuzz;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

import io.flyteconnect.internal.endpoint.TokenEndpointClients;
import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.internal.text.SettingNames;
import io.flyteconnect.internal.token.TokenLife;

/**
 * Answers of an authorization server: the client secret was sent to it, so that it may
 * repeat that in any place, and still nothing may show it.
 */
public final class TokenAnswerFuzz {

	private static final int[] STATUSES = { 200, 400, 401, 429, 503, 302, 204, 201, 500, 403, 404, 999, 200, 400, 200,
			200 };

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

	private static final ClientRegistration REGISTRATION = ClientRegistration.withRegistrationId("fuzz")
		.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
		.clientId("service")
		.clientSecret(Attempt.SECRET)
		.tokenUri("https://idp.example/token")
		.build();

	private static final ThreadLocal<ClientHttpResponse> ANSWER = new ThreadLocal<>();

	private static final OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest> CLIENT = new TokenEndpointClients(
			TokenAnswerFuzz::request, (request, body, execution) -> execution.execute(request, body), CLOCK,
			new SettingNames("flyte"))
		.clientCredentials();

	private TokenAnswerFuzz() {
	}

	private static ClientHttpRequest request(URI uri, HttpMethod method) {
		MockClientHttpRequest request = new MockClientHttpRequest(method, uri);
		request.setResponse(ANSWER.get());
		return request;
	}

	/**
	 * The first byte chooses the status, the first line is the content type, the second
	 * one {@code Retry-After} or {@code Location}, the rest the body.
	 */
	public static void fuzzerTestOneInput(byte[] data) {
		Input input = Input.of(data);
		int status = STATUSES[input.choice() & 15];
		int type = end(input.bytes(), 0);
		int more = end(input.bytes(), type + 1);
		MockClientHttpResponse answer = new MockClientHttpResponse(rest(input.bytes(), more),
				HttpStatusCode.valueOf(status));
		header(answer, "Content-Type", input.bytes(), 0, type);
		header(answer, (status == 302) ? "Location" : "Retry-After", input.bytes(), type + 1, more);
		ANSWER.set(answer);
		OAuth2AccessTokenResponse response = Attempt.strict()
			.read(() -> CLIENT.getTokenResponse(new OAuth2ClientCredentialsGrantRequest(REGISTRATION)),
					OAuth2AuthorizationException.class);
		if (response != null) {
			Attempt.require(SafeText.isHeaderValue(response.getAccessToken().getTokenValue()), "No token");
			Duration life = TokenLife.of(response.getAccessToken());
			Attempt.require(life.toSeconds() > 0 && life.compareTo(TokenLife.UNTIL_REFUSED) <= 0, "It lives " + life);
		}
	}

	private static InputStream rest(byte[] bytes, int end) {
		return new ByteArrayInputStream(bytes, Math.min(end + 1, bytes.length), Math.max(0, bytes.length - end - 1));
	}

	private static void header(MockClientHttpResponse answer, String name, byte[] bytes, int from, int to) {
		if (from < to) {
			// As Netty hands them on.
			answer.getHeaders().add(name, new String(Arrays.copyOfRange(bytes, from, to), StandardCharsets.ISO_8859_1));
		}
	}

	private static int end(byte[] bytes, int from) {
		int end = from;
		while (end < bytes.length && bytes[end] != '\n') {
			end++;
		}
		return Math.min(end, bytes.length);
	}

}
