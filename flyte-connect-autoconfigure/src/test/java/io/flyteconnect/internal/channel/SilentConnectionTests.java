package io.flyteconnect.internal.channel;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.google.common.util.concurrent.ListenableFuture;
import flyteidl.admin.AgentOuterClass.GetTaskLogsRequest;
import flyteidl.admin.ExecutionOuterClass.ExecutionCreateRequest;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.admin.VersionOuterClass.GetVersionResponse;
import flyteidl.service.AdminServiceGrpc;
import flyteidl.service.AsyncAgentServiceGrpc;
import io.grpc.CallCredentials;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.ScheduledFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.grpc.client.ClientInterceptorsConfigurer;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;

import io.flyteconnect.internal.channel.RecordingServer.Answer;
import io.flyteconnect.testsupport.FaultProxy;
import io.flyteconnect.testsupport.WaitingTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A network that swallows packets without a word.
 */
@Tag("fault")
class SilentConnectionTests {

	private final RecordingServer server = RecordingServer.start();

	private final FaultProxy relay = FaultProxy.to(this.server.port());

	private final TestConnection connection = TestConnection.to(this.relay.port());

	@BeforeEach
	void connect() {
		this.connection.deadline = Duration.ofSeconds(1);
		this.connection.shutdownGracePeriod = Duration.ZERO;
		assertThat(read()).isEqualTo(Code.OK);
		this.server.calls().clear();
	}

	@AfterEach
	void stop() {
		this.connection.close();
		this.relay.close();
		this.server.close();
	}

	@WaitingTest
	void whenConnectionIsSwallowedThenTheCallAfterTheFirstDeadlineTakesANewOne() {
		this.relay.swallow();
		assertThat(this.connection.statusOfRead().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
		assertThat(read()).isEqualTo(Code.OK);
		assertThat(write()).isEqualTo(Code.OK);
		assertThat(this.relay.accepted()).isEqualTo(2);
	}

	@WaitingTest
	void whenAConnectionHasJustBeenReplacedThenTheChannelEndsAllTheSame() {
		KeepingGroup group = new KeepingGroup();
		GrpcChannelBuilderCustomizer<NettyChannelBuilder> keep = (target, builder) -> builder.eventLoopGroup(group)
			.channelType(NioSocketChannel.class);
		try (TestConnection replacing = TestConnection.to(this.relay.port())
			.factory(new FlyteChannelFactory(List.of(keep),
					new ClientInterceptorsConfigurer(new StaticApplicationContext()), null))) {
			replacing.deadline = Duration.ofSeconds(1);
			replacing.shutdownGracePeriod = Duration.ofHours(1);
			assertThat(read(replacing)).isEqualTo(Code.OK);
			this.relay.swallow();
			assertThat(replacing.statusOfRead().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
			assertThat(read(replacing)).isEqualTo(Code.OK);
			assertThat(group.kept).as("replaced connections that gRPC would end later").hasValue(1);
			assertThat(CompletableFuture.runAsync(replacing::close)).succeedsWithin(Duration.ofMinutes(1));
			awaitTrue(() -> replacing.channel().managed().isTerminated());
		}
		finally {
			group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
		}
	}

	@WaitingTest
	void whenOnlyAnswersAreSwallowedThenTheCallAfterTheFirstDeadlineTakesANewOne() {
		this.relay.swallowAnswers();
		assertThat(this.connection.statusOfRead().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
		assertThat(read()).isEqualTo(Code.OK);
		assertThat(this.relay.accepted()).isEqualTo(2);
	}

	@WaitingTest
	void whenAWriteIsSwallowedThenTheNextTakesANewConnectionAndNoneIsSentTwice() {
		this.relay.swallow();
		assertThat(this.connection.statusOfWrite().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
		assertThat(write()).isEqualTo(Code.OK);
		assertThat(this.server.calls()).hasSize(1);
	}

	@WaitingTest
	void whenTheAnswerOfAWriteIsSwallowedThenTheWriteIsNotSentTwice() {
		this.relay.swallowAnswers();
		assertThat(this.connection.statusOfWrite().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
		assertThat(write()).isEqualTo(Code.OK);
		assertThat(this.server.calls()).hasSize(2);
		assertThat(this.relay.accepted()).isEqualTo(2);
	}

	@WaitingTest
	void whenAnAttemptEndsByItsLimitThenItsRepeatTakesANewConnection() {
		try (TestConnection repeating = TestConnection.to(this.relay.port())) {
			repeating.perRetryTimeout = Duration.ofSeconds(1);
			repeating.shutdownGracePeriod = Duration.ZERO;
			repeating.read();
			int before = this.relay.accepted();
			this.relay.swallow();
			assertThat(repeating.statusOfRead().getCode()).isEqualTo(Code.OK);
			assertThat(this.relay.accepted()).isGreaterThan(before);
		}
	}

	@WaitingTest
	void whenTheLastAttemptEndsByItsLimitThenTheNextCallTakesANewConnection() {
		try (TestConnection repeating = TestConnection.to(this.relay.port())) {
			repeating.perRetryTimeout = Duration.ofSeconds(1);
			repeating.shutdownGracePeriod = Duration.ZERO;
			repeating.maxRetries = 1;
			repeating.read();
			this.server.calls().clear();
			this.server.answer(Answer.silence(), Answer.silence());
			assertThat(repeating.statusOfRead().getDescription()).contains("per-retry-timeout");
			assertThat(repeating.statusOfWrite().getCode()).isEqualTo(Code.OK);
			assertThat(this.server.calls()
				.stream()
				.map((call) -> call.attributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR))
				.distinct()).hasSize(3);
		}
	}

	@WaitingTest
	void whenManyCallsEndTogetherThenThereIsOneNewConnection() throws Exception {
		this.relay.swallow();
		// All with one deadline.
		var stub = AdminServiceGrpc.newFutureStub(this.connection.channel().managed())
			.withDeadlineAfter(2, TimeUnit.SECONDS);
		List<ListenableFuture<GetVersionResponse>> calls = Stream
			.generate(() -> stub.getVersion(GetVersionRequest.getDefaultInstance()))
			.limit(20)
			.toList();
		for (ListenableFuture<GetVersionResponse> call : calls) {
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> call.get(60, TimeUnit.SECONDS))
				.withMessageContaining("DEADLINE_EXCEEDED");
		}
		ExecutorService callers = Executors.newFixedThreadPool(20);
		try {
			for (Future<Code> next : callers.invokeAll(Collections.nCopies(20, (Callable<Code>) this::write))) {
				assertThat(next.get()).isEqualTo(Code.OK);
			}
		}
		finally {
			callers.shutdownNow();
		}
		assertThat(this.relay.accepted()).isEqualTo(2);
	}

	@WaitingTest
	void whenDeadlineIsTheCallersOwnThenItCounts() {
		this.relay.swallow();
		assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> this.connection.admin()
			.withDeadlineAfter(1, TimeUnit.SECONDS)
			.getVersion(GetVersionRequest.getDefaultInstance()));
		assertThat(read()).isEqualTo(Code.OK);
	}

	@WaitingTest
	void whenDeadlineIsThatOfTheContextThenItCounts() {
		this.relay.swallow();
		ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
		Context.CancellableContext context = Context.current().withDeadlineAfter(1, TimeUnit.SECONDS, timer);
		try {
			context.run(() -> assertThat(this.connection.statusOfRead().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED));
		}
		finally {
			context.cancel(null);
			timer.shutdownNow();
		}
		assertThat(read()).isEqualTo(Code.OK);
	}

	@WaitingTest
	void whenDeadlinesAreShortThenTheSilenceOfSeveralCallsCounts() {
		this.relay.swallow();
		AdminServiceGrpc.AdminServiceBlockingStub admin = this.connection.admin();
		await().until(() -> {
			try {
				admin.withDeadlineAfter(100, TimeUnit.MILLISECONDS).getVersion(GetVersionRequest.getDefaultInstance());
				return true;
			}
			catch (StatusRuntimeException ex) {
				return false;
			}
		});
	}

	@WaitingTest
	void whenAStreamEndsByItsDeadlineThenTheNextCallTakesANewConnection() {
		this.relay.swallowAnswers();
		var logs = AsyncAgentServiceGrpc.newBlockingStub(this.connection.channel().managed())
			.withDeadlineAfter(1, TimeUnit.SECONDS)
			.getTaskLogs(GetTaskLogsRequest.getDefaultInstance());
		assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(logs::hasNext);
		assertThat(write()).isEqualTo(Code.OK);
	}

	@WaitingTest
	void whenOnlyTheServerIsSlowThenCallsUnderWayFinishOnTheOldConnection() throws Exception {
		this.server.answer(Answer.silence(), Answer.silence());
		var slow = AdminServiceGrpc.newFutureStub(this.connection.channel().managed())
			.withDeadlineAfter(60, TimeUnit.SECONDS)
			.createExecution(ExecutionCreateRequest.getDefaultInstance());
		this.server.awaitCalls(1);
		assertThat(this.connection.statusOfRead().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
		assertThat(read()).isEqualTo(Code.OK);
		this.server.answerWaiting();
		assertThat(slow.get(60, TimeUnit.SECONDS)).isNotNull();
		assertThat(this.relay.accepted()).isEqualTo(2);
		assertThat(this.server.calls().stream().filter((call) -> call.method().equals("CreateExecution"))).hasSize(1);
	}

	@WaitingTest
	void whenOtherCallsAreAnsweredMeanwhileThenTheConnectionIsKept() {
		this.server.answer(Answer.silence());
		var slow = AdminServiceGrpc.newFutureStub(this.connection.channel().managed())
			.withDeadlineAfter(5, TimeUnit.SECONDS)
			.createExecution(ExecutionCreateRequest.getDefaultInstance());
		this.server.awaitCalls(1);
		assertThat(read()).isEqualTo(Code.OK);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(slow::get)
			.withMessageContaining("DEADLINE_EXCEEDED");
		assertThat(read()).isEqualTo(Code.OK);
		assertThat(this.relay.accepted()).isEqualTo(1);
	}

	@WaitingTest
	void whenTheServerItselfSaysThatADeadlineEndedThenTheConnectionIsKept() {
		this.server.answer(Answer.of(Status.DEADLINE_EXCEEDED));
		assertThat(write()).isEqualTo(Code.DEADLINE_EXCEEDED);
		assertThat(read()).isEqualTo(Code.OK);
		assertThat(this.relay.accepted()).isEqualTo(1);
	}

	@WaitingTest
	void whenACallWaitsForItsTokenThenTheConnectionIsKept() {
		CallCredentials never = new CallCredentials() {

			@Override
			public void applyRequestMetadata(RequestInfo request, Executor executor, MetadataApplier applier) {
				// The login does not end.
			}

		};
		assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> this.connection.admin()
			.withCallCredentials(never)
			.withDeadlineAfter(1, TimeUnit.SECONDS)
			.getVersion(GetVersionRequest.getDefaultInstance()));
		assertThat(read()).isEqualTo(Code.OK);
		assertThat(this.relay.accepted()).isEqualTo(1);
	}

	@WaitingTest
	void whenACallerCancelsThenTheConnectionIsKept() {
		this.server.answer(Answer.silence());
		Future<GetVersionResponse> future = AdminServiceGrpc.newFutureStub(this.connection.channel().managed())
			.getVersion(GetVersionRequest.getDefaultInstance());
		this.server.awaitCalls(1);
		future.cancel(true);
		assertThat(read()).isEqualTo(Code.OK);
		assertThat(this.relay.accepted()).isEqualTo(1);
	}

	@WaitingTest
	void whenNewConnectionsAreSwallowedForATimeThenCallsSucceedSoonAfter() {
		this.relay.swallow();
		this.relay.swallowNew(true);
		assertThat(this.connection.statusOfRead().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
		assertThat(this.connection.statusOfRead().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
		this.relay.swallowNew(false);
		awaitTrue(() -> this.connection.statusOfRead().isOk());
	}

	@WaitingTest
	void whenTheFirstConnectionIsSwallowedThenCallsSucceedSoonAfter() {
		this.relay.swallowNew(true);
		try (TestConnection late = TestConnection.to(this.relay.port())) {
			late.deadline = Duration.ofSeconds(1);
			late.shutdownGracePeriod = Duration.ZERO;
			Status status = late.statusOfRead();
			assertThat(status.getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
			assertThat(status.getDescription()).contains(String.valueOf(this.relay.port()), "gave no connection",
					"flyte.platform.url");
			this.relay.swallowNew(false);
			awaitTrue(() -> late.statusOfRead().isOk());
		}
	}

	@WaitingTest
	void whenANewConnectionIsSwallowedThenACallThatStillWaitsGetsAnother() {
		this.relay.swallow();
		this.relay.swallowNew(true);
		assertThat(this.connection.statusOfRead().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
		CompletableFuture<Code> waiting = CompletableFuture.supplyAsync(this::write,
				(task) -> new Thread(task, "waiting-call").start());
		awaitTrue(() -> this.relay.accepted() == 2);
		// For good with the connection of now; nothing but time tells that it is of no
		// use.
		this.relay.swallowNew(false);
		assertThat(waiting).succeedsWithin(Duration.ofMinutes(2)).isEqualTo(Code.OK);
		assertThat(this.relay.accepted()).isGreaterThan(2);
	}

	// gRPC alone makes its tenth attempt after 113 s, give or take a fifth, and waits for
	// another 69 s then.
	@WaitingTest
	void whenNewConnectionsAreRefusedForLongThenCallsGoOnToStartOthers() {
		this.relay.swallow();
		this.relay.refuseNew(true);
		assertThat(this.connection.statusOfWrite().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
		await().atMost(Duration.ofSeconds(60))
			.until(() -> !this.connection.statusOfWrite().isOk() && this.relay.refused() >= 10);
		this.relay.refuseNew(false);
		awaitTrue(() -> this.connection.statusOfWrite().isOk());
	}

	private Code read() {
		return read(this.connection);
	}

	private static Code read(TestConnection connection) {
		return code(connection, (admin) -> admin.getVersion(GetVersionRequest.getDefaultInstance()));
	}

	private Code write() {
		return code(this.connection, (admin) -> admin.createExecution(ExecutionCreateRequest.getDefaultInstance()));
	}

	// In its own time, so that a busy machine does not end it.
	private static Code code(TestConnection connection, Consumer<AdminServiceGrpc.AdminServiceBlockingStub> call) {
		try {
			call.accept(connection.admin().withDeadlineAfter(60, TimeUnit.SECONDS));
			return Code.OK;
		}
		catch (StatusRuntimeException ex) {
			return ex.getStatus().getCode();
		}
	}

	private static void awaitTrue(BooleanSupplier condition) {
		await().atMost(Duration.ofSeconds(30)).until(condition::getAsBoolean);
	}

	/**
	 * Lets gRPC keep what has been replaced for an hour in place of five seconds
	 * ({@code SUBCHANNEL_SHUTDOWN_DELAY_SECONDS} of {@code ManagedChannelImpl}).
	 */
	private static final class KeepingGroup extends MultiThreadIoEventLoopGroup {

		private final AtomicInteger kept = new AtomicInteger();

		KeepingGroup() {
			super(1, NioIoHandler.newFactory());
		}

		@Override
		public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
			if (delay == 5 && unit == TimeUnit.SECONDS) {
				this.kept.incrementAndGet();
				return super.schedule(task, 1, TimeUnit.HOURS);
			}
			return super.schedule(task, delay, unit);
		}

	}

}
