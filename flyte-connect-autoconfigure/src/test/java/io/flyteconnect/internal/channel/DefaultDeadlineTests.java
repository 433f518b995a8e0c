package io.flyteconnect.internal.channel;

import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import flyteidl.admin.AgentOuterClass.GetTaskLogsRequest;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.service.AsyncAgentServiceGrpc;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.Status.Code;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.flyteconnect.internal.channel.RecordingServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The deadline of a call as the server sees it.
 */
class DefaultDeadlineTests {

	private final RecordingServer server = RecordingServer.start();

	private final TestConnection connection = TestConnection.to(this.server.port());

	@AfterEach
	void stop() {
		this.connection.close();
		this.server.close();
	}

	@Test
	void whenCallerSetsNoneThenUnaryCallHasTheDefault() {
		this.connection.read();
		assertThat(timeout()).isBetween(Duration.ofNanos(1), Duration.ofSeconds(30));
	}

	@Test
	void whenCallerSetsOneThenItWins() {
		this.connection.admin()
			.withDeadlineAfter(90, TimeUnit.SECONDS)
			.getVersion(GetVersionRequest.getDefaultInstance());
		assertThat(timeout()).isBetween(Duration.ofSeconds(31), Duration.ofSeconds(90));
	}

	@Test
	void whenContextOfCallerHasOneThenItWins() throws Exception {
		ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
		try (Context.CancellableContext context = Context.current()
			.withDeadlineAfter(90, TimeUnit.SECONDS, scheduler)) {
			context.call(this.connection::read);
		}
		finally {
			scheduler.shutdownNow();
		}
		assertThat(timeout()).isBetween(Duration.ofSeconds(31), Duration.ofSeconds(90));
	}

	@Test
	void whenCallIsAStreamThenItHasNone() {
		AsyncAgentServiceGrpc.newBlockingStub(this.connection.channel().managed())
			.getTaskLogs(GetTaskLogsRequest.getDefaultInstance())
			.forEachRemaining((logs) -> {
			});
		assertThat(this.server.calls().get(0).method()).isEqualTo("GetTaskLogs");
		assertThat(timeout()).isNull();
	}

	@Test
	void whenDeadlineIsZeroThenUnaryCallHasNone() {
		this.connection.deadline = Duration.ZERO;
		this.connection.read();
		assertThat(timeout()).isNull();
	}

	@Test
	void whenReadIsRetriedThenDeadlineCoversAllAttempts() {
		this.connection.deadline = Duration.ofSeconds(4);
		this.connection.maxRetries = 10;
		this.server.answer(Collections.nCopies(11, Answer.of(Status.UNAVAILABLE)).toArray(Answer[]::new));
		long start = System.nanoTime();
		assertThat(this.connection.statusOfRead().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(3900));
		// After pauses of 200 ms and 400 ms, each a fifth more or less.
		assertThat(this.server.calls().get(2).timeout()).isLessThan(Duration.ofMillis(3600));
	}

	private @Nullable Duration timeout() {
		return this.server.calls().get(0).timeout();
	}

}
