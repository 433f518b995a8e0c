package io.flyteconnect.internal.channel;

import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import flyteidl.admin.ExecutionOuterClass.ExecutionCreateRequest;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.admin.VersionOuterClass.GetVersionResponse;
import flyteidl.service.AdminServiceGrpc;
import io.grpc.CallCredentials;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import io.flyteconnect.internal.channel.RecordingServer.Answer;
import io.flyteconnect.testsupport.WaitingTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A server that stays silent.
 */
class AttemptTimeoutTests {

	// What an attempt that is answered does not need, not even on a busy machine.
	private static final Duration LIMIT = Duration.ofSeconds(2);

	private static final Answer SILENCE = Answer.silence();

	private static final Answer UNAVAILABLE = Answer.of(Status.UNAVAILABLE.withDescription("restarting"));

	private final RecordingServer server = RecordingServer.start();

	private final TestConnection connection = TestConnection.to(this.server.port());

	@BeforeEach
	void connect() {
		// gRPC takes five seconds to end a connection that it has replaced.
		this.connection.shutdownGracePeriod = Duration.ZERO;
		this.connection.maxRetries = 2;
		this.connection.maxBackoffDelay = Duration.ofMillis(10);
		this.connection.perRetryTimeout = LIMIT;
		// The first connection takes longer than the time-out.
		this.connection.read();
		this.server.calls().clear();
	}

	@AfterEach
	void stop() {
		this.connection.close();
		this.server.close();
	}

	@WaitingTest
	void whenFirstAttemptStaysSilentThenReadIsSentAgain() {
		this.server.answer(SILENCE);
		assertThat(this.connection.read().getControlPlaneVersion().getVersion()).isEqualTo("v1.16.5");
		assertThat(this.server.calls()).hasSize(2);
	}

	/**
	 * As an application's own asynchronous calls keep it, above all on two cores.
	 */
	@WaitingTest
	void whenTheCommonPoolIsBusyThenASilentAttemptEndsAllTheSame() {
		CountDownLatch end = new CountDownLatch(1);
		for (int i = 0; i <= ForkJoinPool.getCommonPoolParallelism(); i++) {
			ForkJoinPool.commonPool().submit(() -> {
				end.await();
				return null;
			});
		}
		try {
			this.server.answer(SILENCE);
			this.connection.read();
			assertThat(this.server.calls()).hasSize(2);
		}
		finally {
			end.countDown();
		}
	}

	@WaitingTest
	void whenEveryAttemptStaysSilentThenReadFailsAndSaysWhy() {
		this.server.answer(SILENCE, SILENCE, SILENCE, SILENCE);
		Status status = this.connection.statusOfRead();
		assertThat(status.getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
		assertThat(status.getDescription()).contains("2000 ms", "flyte.channel.per-retry-timeout", "3 attempts");
		assertThat(this.server.calls()).hasSize(3);
	}

	@WaitingTest
	void whenSilenceAndFailuresMixThenAttemptsCountTogether() {
		this.server.answer(SILENCE, UNAVAILABLE, UNAVAILABLE, UNAVAILABLE);
		Status status = this.connection.statusOfRead();
		assertThat(status.getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(status.getDescription()).isEqualTo("restarting");
		assertThat(this.server.calls()).hasSize(3);
	}

	@WaitingTest
	void whenFailureComesBeforeSilenceThenAttemptsCountTogether() {
		this.server.answer(UNAVAILABLE, SILENCE);
		this.connection.read();
		assertThat(this.server.calls()).hasSize(3);
	}

	@WaitingTest
	void whenLastAttemptFailsWithTrailersThenTheyArePassedOn() {
		this.server.answer(SILENCE, SILENCE, UNAVAILABLE.with("why", "maintenance"));
		assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(this.connection::read)
			.satisfies((ex) -> assertThat(String.valueOf(ex.getTrailers())).contains("why=maintenance"));
	}

	@WaitingTest
	void whenWriteStaysSilentThenItIsSentOnceAndLastsUntilTheDeadline() {
		this.server.answer(SILENCE);
		Deadline deadline = Deadline.after(6, TimeUnit.SECONDS);
		assertThatExceptionOfType(StatusRuntimeException.class)
			.isThrownBy(() -> this.connection.admin()
				.withDeadline(deadline)
				.createExecution(ExecutionCreateRequest.getDefaultInstance()))
			.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED));
		assertThat(deadline.isExpired()).isTrue();
		assertThat(this.server.calls()).hasSize(1);
	}

	@WaitingTest
	void whenDeadlineIsShorterThanAllAttemptsThenItEndsTheCall() {
		this.server.answer(SILENCE, SILENCE, SILENCE);
		assertThatExceptionOfType(StatusRuntimeException.class)
			.isThrownBy(() -> this.connection.admin()
				.withDeadlineAfter(3, TimeUnit.SECONDS)
				.getVersion(GetVersionRequest.getDefaultInstance()))
			.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED));
		assertThat(this.server.calls()).hasSize(2);
		assertThat(this.server.calls().get(1).timeout()).isLessThanOrEqualTo(Duration.ofSeconds(1));
	}

	@WaitingTest
	void whenTheCallEndsBeforeAnAttemptWouldThenTheDeadlineIsTheCallers() {
		this.server.answer(SILENCE, SILENCE);
		assertThatExceptionOfType(StatusRuntimeException.class)
			.isThrownBy(() -> this.connection.admin()
				.withDeadlineAfter(1500, TimeUnit.MILLISECONDS)
				.getVersion(GetVersionRequest.getDefaultInstance()))
			.satisfies((ex) -> assertThat(ex.getStatus().getDescription()).doesNotContain("per-retry-timeout"));
		assertThat(this.server.calls()).hasSize(1);
	}

	@WaitingTest
	void whenLoginTakesLongerThanAnAttemptThenTheCallGoesOn() {
		AtomicReference<CallCredentials.MetadataApplier> login = new AtomicReference<>();
		CallCredentials slow = new CallCredentials() {

			@Override
			public void applyRequestMetadata(RequestInfo request, Executor executor, MetadataApplier applier) {
				login.set(applier);
				CompletableFuture.delayedExecutor(5, TimeUnit.SECONDS).execute(() -> login.get().apply(new Metadata()));
			}

		};
		this.connection.admin().withCallCredentials(slow).getVersion(GetVersionRequest.getDefaultInstance());
		assertThat(this.server.calls()).hasSize(1);
	}

	@WaitingTest
	void whenCallerCancelsThenNothingIsSentAgain() {
		this.server.answer(SILENCE);
		Future<GetVersionResponse> future = AdminServiceGrpc.newFutureStub(this.connection.channel().managed())
			.getVersion(GetVersionRequest.getDefaultInstance());
		this.server.awaitCalls(1);
		future.cancel(true);
		await().during(LIMIT.plusSeconds(1)).until(() -> this.server.calls().size() == 1);
	}

	@WaitingTest
	void whenContextOfCallerIsCancelledThenLaterAttemptEnds() throws Exception {
		this.server.answer(SILENCE, SILENCE);
		Context.CancellableContext context = Context.current().withCancellation();
		Future<GetVersionResponse> future = context
			.call(() -> AdminServiceGrpc.newFutureStub(this.connection.channel().managed())
				.getVersion(GetVersionRequest.getDefaultInstance()));
		this.server.awaitCalls(2);
		context.cancel(null);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> future.get(60, TimeUnit.SECONDS))
			.withMessageContaining("CANCELLED");
	}

	@WaitingTest
	void whenManyReadsRaceWithTheTimeoutThenEachEndsOnce() throws Exception {
		this.connection.close();
		try (TestConnection racing = TestConnection.to(this.server.port())) {
			racing.perRetryTimeout = Duration.ofNanos(1);
			racing.maxRetries = 3;
			racing.shutdownGracePeriod = Duration.ZERO;
			var stub = AdminServiceGrpc.newFutureStub(racing.channel().managed());
			var futures = Collections.nCopies(300, stub)
				.stream()
				.map((one) -> one.getVersion(GetVersionRequest.getDefaultInstance()))
				.toList();
			for (Future<GetVersionResponse> future : futures) {
				try {
					future.get(60, TimeUnit.SECONDS);
				}
				catch (ExecutionException ex) {
					assertThat(ex).hasMessageContaining("DEADLINE_EXCEEDED");
				}
			}
		}
	}

}
