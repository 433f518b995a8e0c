package io.flyteconnect.internal.channel;

import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.grpc.Status;
import io.grpc.Status.Code;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import io.flyteconnect.internal.channel.RecordingServer.Answer;
import io.flyteconnect.testsupport.FaultProxy;
import io.flyteconnect.testsupport.FreePorts;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is sent again, as a server sees it.
 */
@Tag("fault")
class RetryTests {

	private static final Answer UNAVAILABLE = Answer.of(Status.UNAVAILABLE);

	private static final Answer EXHAUSTED = Answer.of(Status.RESOURCE_EXHAUSTED);

	private final RecordingServer server = RecordingServer.start();

	private final TestConnection connection = TestConnection.to(this.server.port());

	@AfterEach
	void stop() {
		this.connection.close();
		this.server.close();
	}

	@Test
	void whenReadIsUnavailableTwiceThenThirdAttemptSucceeds() {
		this.server.answer(UNAVAILABLE, UNAVAILABLE);
		assertThat(this.connection.read().getControlPlaneVersion().getVersion()).isEqualTo("v1.16.5");
		assertThat(this.server.calls()).hasSize(3);
		assertThat(this.server.calls().get(2).header("grpc-previous-rpc-attempts")).isEqualTo("2");
	}

	@Test
	void whenReadIsUnavailableThenPausesGrow() {
		this.server.answer(UNAVAILABLE, UNAVAILABLE);
		long start = System.nanoTime();
		this.connection.read();
		// 200 ms and 400 ms, each a fifth more or less.
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(480));
	}

	@Test
	void whenReadStaysUnavailableThenAttemptsAreMaxRetriesAndOne() {
		this.connection.maxRetries = 2;
		this.connection.maxBackoffDelay = Duration.ofMillis(10);
		this.server.answer(UNAVAILABLE, UNAVAILABLE, UNAVAILABLE, UNAVAILABLE);
		assertThat(this.connection.statusOfRead().getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(this.server.calls()).hasSize(3);
	}

	@Test
	void whenMaxRetriesExceedsTheLimitOfGrpcThenAllAreMade() {
		this.connection.maxRetries = 7;
		this.connection.maxBackoffDelay = Duration.ofMillis(10);
		unavailable(7);
		this.connection.read();
		assertThat(this.server.calls()).hasSize(8);
	}

	@Test
	void whenRetriesAreOffThenReadIsSentOnce() {
		this.connection.maxRetries = 0;
		this.server.answer(UNAVAILABLE);
		assertThat(this.connection.statusOfRead().getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(this.server.calls()).hasSize(1);
	}

	@Test
	void whenWriteIsUnavailableThenItIsSentOnce() {
		this.server.answer(UNAVAILABLE);
		assertThat(this.connection.statusOfWrite().getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(this.server.calls()).hasSize(1);
	}

	@Test
	void whenWriteIsPushedBackThenItIsSentOnce() {
		this.server.answer(EXHAUSTED.with("grpc-retry-pushback-ms", "1"));
		assertThat(this.connection.statusOfWrite().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
		assertThat(this.server.calls()).hasSize(1);
	}

	@Test
	void whenReadIsExhaustedWithoutPushbackThenItIsSentOnce() {
		this.server.answer(EXHAUSTED);
		assertThat(this.connection.statusOfRead().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
		assertThat(this.server.calls()).hasSize(1);
	}

	@Test
	void whenReadIsExhaustedWithPushbackThenItIsSentAgainAfterThatPause() {
		this.server.answer(EXHAUSTED.with("grpc-retry-pushback-ms", "700"));
		long start = System.nanoTime();
		this.connection.read();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(700));
		assertThat(this.server.calls()).hasSize(2);
	}

	@Test
	void whenPushbackIsNegativeThenUnavailableReadIsSentOnce() {
		this.server.answer(UNAVAILABLE.with("grpc-retry-pushback-ms", "-1"));
		assertThat(this.connection.statusOfRead().getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(this.server.calls()).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(value = Code.class, mode = Mode.EXCLUDE, names = { "OK", "UNAVAILABLE" })
	void whenReadFailsOtherwiseThenItIsSentOnce(Code code) {
		this.server.answer(Answer.of(code.toStatus()));
		assertThat(this.connection.statusOfRead().getCode()).isEqualTo(code);
		// What has no method is asked for another one.
		assertThat(this.server.calls()).filteredOn((call) -> call.method().equals("GetVersion")).hasSize(1);
	}

	@Test
	void whenManyReadsFailThenRetriesPauseUntilReadsSucceedAgain() {
		this.connection.maxBackoffDelay = Duration.ofMillis(1);
		unavailable(51);
		for (int i = 0; i < 11; i++) {
			assertThat(this.connection.statusOfRead().getCode()).isEqualTo(Code.UNAVAILABLE);
		}
		// Ten calls of five attempts, then one without a retry.
		assertThat(this.server.calls()).hasSize(51);
		for (int i = 0; i < 5; i++) {
			this.connection.read();
		}
		unavailable(1);
		this.connection.read();
		assertThat(this.server.calls()).hasSize(58);
	}

	@Test
	void whenServerRestartsBetweenTwoReadsThenSecondReadSucceeds() {
		int port = FreePorts.reserve();
		try (TestConnection lasting = TestConnection.to(port)) {
			try (RecordingServer first = RecordingServer.startAt(port)) {
				lasting.read();
			}
			try (RecordingServer restarted = RecordingServer.startAt(port)) {
				lasting.read();
				assertThat(restarted.calls()).hasSize(1);
			}
		}
	}

	@Test
	void whenServerKeepsSayingGoAwayThenNoCallFails() {
		try (RecordingServer restless = RecordingServer
			.start((builder) -> builder.maxConnectionAge(100, TimeUnit.MILLISECONDS));
				TestConnection calls = TestConnection.to(restless.port())) {
			while (restless.transports().stream().filter("ready"::equals).count() < 4) {
				assertThat(calls.statusOfRead().isOk()).isTrue();
				assertThat(calls.statusOfWrite().isOk()).isTrue();
			}
		}
	}

	@Test
	void whenServerSaysGoAwayDuringAWriteThenItFinishesWhereItIsAndLaterCallsTakeAnotherConnection() throws Exception {
		try (RecordingServer restless = RecordingServer
			.start((builder) -> builder.maxConnectionAge(100, TimeUnit.MILLISECONDS));
				TestConnection calls = TestConnection.to(restless.port())) {
			restless.answer(Answer.silence());
			CompletableFuture<Status> status = CompletableFuture.supplyAsync(calls::statusOfWrite);
			restless.awaitCalls(1);
			while (restless.transports().stream().filter("ready"::equals).count() < 2) {
				assertThat(calls.statusOfRead().isOk()).isTrue();
			}
			assertThat(status).isNotDone();
			restless.answerWaiting();
			assertThat(status.get(60, TimeUnit.SECONDS).isOk()).isTrue();
			assertThat(restless.calls()).filteredOn((call) -> !call.method().equals("GetVersion")).hasSize(1);
		}
	}

	@Test
	void whenServerDoesNotWaitAfterItsGoAwayThenAReadIsSentAgainAndAWriteIsNot() throws Exception {
		try (RecordingServer hasty = RecordingServer
			.start((builder) -> builder.maxConnectionAge(100, TimeUnit.MILLISECONDS)
				.maxConnectionAgeGrace(1, TimeUnit.MILLISECONDS));
				TestConnection calls = TestConnection.to(hasty.port())) {
			hasty.answer(Answer.silence());
			assertThat(calls.statusOfRead().isOk()).isTrue();
			assertThat(hasty.calls()).hasSize(2);
			hasty.answer(Answer.silence());
			assertThat(calls.statusOfWrite().getCode()).isEqualTo(Code.UNAVAILABLE);
			assertThat(hasty.calls()).hasSize(3);
		}
	}

	@Test
	void whenConnectionIsResetDuringAReadThenItIsSentAgain() throws Exception {
		try (FaultProxy relay = FaultProxy.to(this.server.port());
				TestConnection relayed = TestConnection.to(relay.port())) {
			this.server.answer(Answer.silence());
			CompletableFuture<Status> status = CompletableFuture.supplyAsync(relayed::statusOfRead);
			this.server.awaitCalls(1);
			relay.reset();
			assertThat(status.get(60, TimeUnit.SECONDS).isOk()).isTrue();
			assertThat(this.server.calls()).hasSize(2);
		}
	}

	@Test
	void whenConnectionIsResetDuringAWriteThenItIsNotSentAgain() throws Exception {
		try (FaultProxy relay = FaultProxy.to(this.server.port());
				TestConnection relayed = TestConnection.to(relay.port())) {
			this.server.answer(Answer.silence());
			CompletableFuture<Status> status = CompletableFuture.supplyAsync(relayed::statusOfWrite);
			this.server.awaitCalls(1);
			relay.reset();
			assertThat(status.get(60, TimeUnit.SECONDS).getCode()).isEqualTo(Code.UNAVAILABLE);
			assertThat(this.server.calls()).hasSize(1);
		}
	}

	private void unavailable(int times) {
		this.server.answer(Collections.nCopies(times, UNAVAILABLE).toArray(Answer[]::new));
	}

}
