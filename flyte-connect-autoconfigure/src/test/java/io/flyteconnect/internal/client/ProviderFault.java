package io.flyteconnect.internal.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.grpc.Status.Code;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;

/**
 * What an authorization server does that it should not, and what the caller is to be
 * told. Where it answers a text, that has the whole request in it: all secrets.
 */
enum ProviderFault {

	PAGE_WITH_500("HTTP 500 invalid_token_response: the answer (text/html) is no OAuth2 error", page(500)),

	PAGE_WITH_404("HTTP 404 invalid_token_response: the answer (text/html) is no OAuth2 error", page(404),
			Code.UNAUTHENTICATED),

	PAGE_WITH_200("HTTP 200, but the answer (text/html) is no JSON object", page(200), Code.UNAUTHENTICATED),

	REDIRECT_302("HTTP 302: a redirect to http://127.0.0.1:", redirect(302), Code.UNAUTHENTICATED),

	REDIRECT_307("HTTP 307: a redirect to http://127.0.0.1:", redirect(307), Code.UNAUTHENTICATED),

	REDIRECT_308("HTTP 308: a redirect to http://127.0.0.1:", redirect(308), Code.UNAUTHENTICATED),

	TOO_MANY_REQUESTS("HTTP 429 invalid_token_response: the answer (without a content type) is no OAuth2 error",
			aResponse().withStatus(429).withHeader("Retry-After", "7")),

	SLOW_BODY("no complete answer within 1000 ms",
			okJson("{\"access_token\":\"late-token\"}").withChunkedDribbleDelay(20, 15_000)),

	NO_ANSWER("no complete answer within 1000 ms", okJson("{\"access_token\":\"late-token\"}").withFixedDelay(15_000)),

	CUT_AT_ONCE("the connection ended before the answer was complete",
			aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),

	/** After what could pass for the whole of an answer. */
	CUT_IN_BETWEEN("the connection ended before the answer was complete",
			okJson("{\"access_token\":\"late-token\"}").withHeader("Content-Length", "100")),

	EMPTY("the connection ended before the answer was complete", aResponse().withFault(Fault.EMPTY_RESPONSE)),

	GARBAGE("the connection ended before the answer was complete", aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)),

	/** To a client that wants no second answer, there is no chunk in it. */
	GARBAGE_WITH_200("HTTP 200, but the answer (without a content type) is no JSON object",
			aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK), Code.UNAUTHENTICATED),

	TEN_MEGABYTES("the answer is larger than 262144B", okJson("{\"access_token\":\"" + "x".repeat(10_000_000) + "\"}")),

	GZIP_BOMB("the answer is larger than 262144B", bomb()),

	INVALID_CLIENT("HTTP 401 invalid_client", error(401, "invalid_client"), Code.UNAUTHENTICATED),

	INVALID_SCOPE("HTTP 400 invalid_scope", error(400, "invalid_scope"), Code.UNAUTHENTICATED),

	NO_ACCESS_TOKEN("HTTP 200, but the answer has no access_token",
			okJson("{\"token_type\":\"Bearer\",\"expires_in\":3600}"), Code.UNAUTHENTICATED),

	ERROR_WITH_200("HTTP 200 invalid_grant", error(200, "invalid_grant"), Code.UNAUTHENTICATED),

	WRONG_TOKEN_TYPE("HTTP 200, but the token_type is 'mac' where Bearer is needed",
			okJson("{\"access_token\":\"absurd-token\",\"token_type\":\"mac\",\"expires_in\":3600}"),
			Code.UNAUTHENTICATED);

	/**
	 * The time limit of a request that meets a slow answer.
	 */
	static final Duration SHORT_LIMIT = Duration.ofSeconds(1);

	private final String message;

	private final ResponseDefinitionBuilder answer;

	private final Code code;

	ProviderFault(String message, ResponseDefinitionBuilder answer) {
		this(message, answer, Code.UNAVAILABLE);
	}

	ProviderFault(String message, ResponseDefinitionBuilder answer, Code code) {
		this.message = message;
		this.answer = answer;
		this.code = code;
	}

	String message() {
		return this.message;
	}

	ResponseDefinitionBuilder answer() {
		return this.answer;
	}

	/**
	 * What the caller sees: UNAVAILABLE where trying again may help.
	 * @return the code
	 */
	Code code() {
		return this.code;
	}

	/**
	 * Whether only the time limit ends it.
	 * @return whether the answer takes much longer than {@link #SHORT_LIMIT}
	 */
	boolean isSlow() {
		return this == SLOW_BODY || this == NO_ANSWER;
	}

	/**
	 * Whether it is about what only the answer with a token has.
	 * @return whether the device authorization endpoint cannot do this
	 */
	boolean isAboutTokens() {
		return compareTo(NO_ACCESS_TOKEN) >= 0;
	}

	private static ResponseDefinitionBuilder page(int status) {
		return aResponse().withStatus(status)
			.withHeader("Content-Type", "text/html")
			.withTransformers("response-template")
			.withBody("<html>{{{request.body}}} {{{request.headers.Authorization}}}</html>");
	}

	private static ResponseDefinitionBuilder redirect(int status) {
		return page(status).withHeader("Location", "/elsewhere");
	}

	private static ResponseDefinitionBuilder error(int status, String code) {
		return aResponse().withStatus(status)
			.withHeader("Content-Type", "application/json")
			.withTransformers("response-template")
			.withBody("{\"error\":\"" + code
					+ "\",\"error_description\":\"{{{request.body}}} {{{request.headers.Authorization}}}\"}");
	}

	private static ResponseDefinitionBuilder bomb() {
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
			gzip.write(("{\"access_token\":\"" + "x".repeat(50_000_000) + "\"}").getBytes(StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return aResponse().withHeader("Content-Type", "application/json")
			.withHeader("Content-Encoding", "gzip")
			.withBody(packed.toByteArray());
	}

}
