package io.flyteconnect.internal.token;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.github.tomakehurst.wiremock.client.WireMock;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.internal.client.TestLogin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what a call says whose deadline ends while it waits for a token.
 */
class TokenWaitTests {

	private TestLogin login;

	@BeforeEach
	void start() {
		this.login = new TestLogin();
	}

	@AfterEach
	void stop() throws Exception {
		this.login.close();
	}

	@Test
	void whenTheTokenEndpointIsSlowThenTheStepAndTheWaitAreSaid() {
		this.login.answer(WireMock.okJson("{}").withFixedDelay(4500));
		assertSaid(client(), "Login of Flyte connection 'default'", "for a token (step: token request, under way for ",
				"no attempt has ended with an answer yet");
	}

	@Test
	void whenAnAttemptFailedBeforeThenItsAnswerIsSaid() {
		AdminServiceBlockingStub stub = client();
		this.login.answer(WireMock.jsonResponse("{\"error\":\"invalid_scope\"}", 400));
		TestLogin.failure(stub);
		this.login.move(Duration.ofMinutes(1));
		this.login.answer(WireMock.okJson("{}").withFixedDelay(4500));
		assertSaid(stub, "step: token request", "the last attempt ended with: HTTP 400 invalid_scope");
	}

	@Test
	void whenACommandIsSlowThenTheStepIsSaid() {
		AdminServiceBlockingStub stub = this.login.connect(AuthMode.EXTERNAL_COMMAND,
				(credentials) -> credentials.property("flyte.credentials.command", List.of("sleep", "20")));
		assertSaid(stub, "step: command, under way for ");
	}

	@Test
	void whenAPersonIsSlowThenTheStepIsSaid() {
		AdminServiceBlockingStub stub = this.login.connect(AuthMode.PKCE, (credentials) -> {
		});
		assertSaid(stub, "step: interaction, under way for ");
	}

	@Test
	void whenTheCommandOfAProxyIsSlowThenTheStepIsSaid() {
		AdminServiceBlockingStub stub = this.login.connect(AuthMode.NONE,
				(credentials) -> credentials.property("flyte.credentials.proxy-command", List.of("sleep", "20")));
		assertSaid(stub, "step: command, under way for ");
	}

	@Test
	void whenTheDeadlineIsThatOfTheContextThenTheStepIsSaid() throws Exception {
		this.login.answer(WireMock.okJson("{}").withFixedDelay(4500));
		AdminServiceBlockingStub stub = client();
		ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
		try {
			await().untilAsserted(() -> {
				StatusRuntimeException failure = Context.current()
					.withDeadlineAfter(400, TimeUnit.MILLISECONDS, timer)
					.call(() -> TestLogin.failure(stub));
				assertSaid(failure, "step: token request, under way for ");
			});
		}
		finally {
			timer.shutdownNow();
		}
	}

	private AdminServiceBlockingStub client() {
		return this.login.connect(AuthMode.CLIENT_CREDENTIALS, (credentials) -> {
			credentials.property("flyte.credentials.client-id", "id");
			credentials.property("flyte.credentials.client-secret", "s3cret");
		});
	}

	// A busy machine may be at an earlier step: the next call joins the same login.
	private static void assertSaid(AdminServiceBlockingStub stub, String... texts) {
		await().untilAsserted(
				() -> assertSaid(TestLogin.failure(stub.withDeadlineAfter(400, TimeUnit.MILLISECONDS)), texts));
	}

	private static void assertSaid(StatusRuntimeException failure, String... texts) {
		assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
		assertThat(failure.getMessage()).contains(texts)
			.endsWith(")")
			.doesNotContain("gave no connection", "CallOptions", "Context");
	}

}
