package io.flyteconnect.internal.client;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.WireMock;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import flyteidl.service.Auth.OAuth2MetadataResponse;
import flyteidl.service.Auth.PublicClientAuthConfigResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.flyteconnect.config.AuthMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a server says, which must not begin lines of a log nor fill it.
 */
@ExtendWith(OutputCaptureExtension.class)
class ForeignTextTests {

	private static final String FORGED = "x\r\nFORGED\u2028FORGED\u0085FORGED";

	private static final String LONG = "x".repeat(1_000_000);

	static Stream<Arguments> places() {
		return Stream.of(FORGED, LONG)
			.flatMap(
					(text) -> Stream
						.of(place("token endpoint",
								(login) -> metadata(login, (all) -> all.setTokenEndpoint("http://" + text))),
								place("scope", (login) -> client(login, (all) -> all.clearScopes().addScopes(text))),
								place("authorization metadata key",
										(login) -> client(login, (all) -> all.setAuthorizationMetadataKey(text))),
								place("AuthMetadataService",
										(login) -> login.server.metadataFailure = Status.INTERNAL
											.withDescription((text.length() > 4000) ? text.substring(0, 4000) : text)),
								place("HTTP 400",
										(login) -> login.answer(WireMock.jsonResponse("{\"error\":\"" + json(text)
												+ "\",\"error_description\":\"" + json(text) + "\"}", 400))),
								place("(step: token request)", (login) -> login
									.answer(WireMock.jsonResponse("{\"error\":\"" + json(text) + "\"}", 200)))));
	}

	private static Arguments place(String name, Consumer<TestLogin> change) {
		return Arguments.of(name, change);
	}

	private static String json(String text) {
		return ((text.length() > 100_000) ? text.substring(0, 100_000) : text).replace("\r", "\\r")
			.replace("\n", "\\n");
	}

	private static void metadata(TestLogin login, Consumer<OAuth2MetadataResponse.Builder> change) {
		OAuth2MetadataResponse.Builder all = login.server.metadata.toBuilder();
		change.accept(all);
		login.server.metadata = all.build();
	}

	private static void client(TestLogin login, Consumer<PublicClientAuthConfigResponse.Builder> change) {
		PublicClientAuthConfigResponse.Builder all = login.server.client.toBuilder();
		change.accept(all);
		login.server.client = all.build();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("places")
	void whenAServerSaysItThenItIsOneShortLine(String place, Consumer<TestLogin> change, CapturedOutput output)
			throws Exception {
		try (TestLogin login = new TestLogin()) {
			login.grant("token-1", "");
			change.accept(login);
			StatusRuntimeException failure = TestLogin.failure(connect(login));
			assertThat(failure).hasMessageContaining(place);
			assertThat(failure.getMessage()).hasSizeLessThan(2000);
			assertThat(failure.getMessage().lines()).hasSize(1);
			StringWriter trace = new StringWriter();
			failure.printStackTrace(new PrintWriter(trace));
			assertThat(trace.toString()).hasSizeLessThan(60_000);
			assertThat((trace + "\n" + output).lines()).noneMatch((line) -> line.startsWith("FORGED"));
			assertThat(trace.toString() + output).doesNotContain("\u2028", "\u0085");
			assertThat(output.toString()).hasSizeLessThan(60_000);
		}
	}

	private static AdminServiceBlockingStub connect(TestLogin login) {
		return login.connect(AuthMode.CLIENT_CREDENTIALS, (credentials) -> {
			credentials.property("flyte.credentials.client-id", "id");
			credentials.property("flyte.credentials.client-secret", "s3cret");
		});
	}

}
