package io.flyteconnect.internal.channel;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.netty.NettyChannelBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.grpc.client.ClientInterceptorsConfigurer;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;
import org.springframework.grpc.client.GrpcChannelFactory;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.channel.RecordingServer.Answer;
import io.flyteconnect.testsupport.FreePorts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The life of a channel, and what its calls pass.
 */
class FlyteChannelFactoryTests {

	private final RecordingServer server = RecordingServer.start();

	private final TestConnection connection = TestConnection.to(this.server.port());

	@AfterEach
	void stop() {
		this.connection.close();
		this.server.close();
	}

	@Test
	void whenChannelIsCreatedThenNothingIsConnected() throws Exception {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("localhost"));
				TestConnection lazy = TestConnection.to(socket.getLocalPort())) {
			lazy.maxRetries = 0;
			lazy.channel();
			socket.setSoTimeout(300);
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(socket::accept);
			CompletableFuture.runAsync(lazy::statusOfRead);
			socket.setSoTimeout(60_000);
			socket.accept().close();
		}
	}

	@Test
	void whenNothingCanBeRefusedThenTheChannelIsMadeByTheFirstCall() {
		FlyteChannelFactory factory = new FlyteChannelFactory();
		for (String target : List.of("flyte.example.com", "localhost:30080", "[::1]:443")) {
			assertThat(factory.isDeferrable(PlatformConfig.forEndpoint(target))).as(target).isTrue();
		}
		for (String target : List.of("unix:/absent/socket", "xds:///flyte")) {
			assertThat(factory.isDeferrable(TestConnection.toTarget(target).config())).as(target).isFalse();
		}
		for (Consumer<TestConnection> change : List.<Consumer<TestConnection>>of(
				(changed) -> changed.serviceConfig = "{}", (changed) -> changed.loadBalancingPolicy = "pick_first",
				(changed) -> changed.userAgent = "ours")) {
			TestConnection changed = TestConnection.to(443);
			assertThat(factory.isDeferrable(changed.config())).isTrue();
			change.accept(changed);
			assertThat(factory.isDeferrable(changed.config())).isFalse();
		}
		GrpcChannelBuilderCustomizer<NettyChannelBuilder> customizer = (target, builder) -> {
		};
		assertThat(new FlyteChannelFactory(List.of(customizer),
				new ClientInterceptorsConfigurer(new StaticApplicationContext()), null)
			.isDeferrable(this.connection.config())).isFalse();
	}

	@Test
	void whenThereIsNoResolverForXdsThenTheErrorNamesWhatToAdd() {
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> TestConnection.toTarget("xds:///flyteadmin").channel())
			.satisfies((ex) -> assertThat(ex.getAction()).contains("io.grpc:grpc-xds"));
	}

	@Test
	void whenTheFirstCallCannotMakeTheChannelThenTheReasonIsThatOfTheStart() {
		ClientInterceptorsConfigurer refusing = new ClientInterceptorsConfigurer(new StaticApplicationContext()) {

			@Override
			protected void configureInterceptors(ManagedChannelBuilder<?> builder, List<ClientInterceptor> interceptors,
					boolean mergeWithGlobalInterceptors, GrpcChannelFactory requestor) {
				throw new IllegalArgumentException("Could not find a NameResolverProvider for dns:///localhost");
			}

		};
		this.connection.factory(new FlyteChannelFactory(List.of(), refusing, null));
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class).isThrownBy(this.connection::read)
			.withMessageContaining("gRPC has no name resolver for the endpoint localhost:" + this.server.port());
	}

	@Test
	void whenAnUnusedChannelIsCalledAfterItsEndThenNothingIsKeptOfIt() {
		FlyteChannel channel = this.connection.channel();
		channel.close();
		assertThat(this.connection.statusOfRead().getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(channel.managed().toString()).contains("logId=");
		assertThat(ResolutionLog.leavesOut(channel.managed())).isFalse();
	}

	@Test
	void whenServerAppearsAfterTheFirstCallThenLaterCallsReachIt() {
		int port = FreePorts.reserve();
		try (TestConnection early = TestConnection.to(port)) {
			assertThat(early.statusOfWrite().getCode()).isEqualTo(Code.UNAVAILABLE);
			try (RecordingServer late = RecordingServer.startAt(port)) {
				assertThat(early.statusOfRead().isOk()).isTrue();
				assertThat(late.calls()).hasSize(1);
			}
		}
	}

	@Test
	void whenNobodyListensThenCallsFailSoonAndLongBeforeTheirDeadline() {
		try (TestConnection hopeless = TestConnection.to(FreePorts.reserve())) {
			hopeless.deadline = Duration.ofMinutes(10);
			long start = System.nanoTime();
			assertThat(hopeless.statusOfWrite().getCode()).isEqualTo(Code.UNAVAILABLE);
			assertThat(hopeless.statusOfRead().getCode()).isEqualTo(Code.UNAVAILABLE);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(2));
		}
	}

	@Test
	void whenACallIsMadeThenItSaysThatItTakesGrpcForAnAnswer() {
		this.connection.read();
		assertThat(this.connection.statusOfWrite().isOk()).isTrue();
		assertThat(this.server.calls()).extracting((call) -> call.header("accept"))
			.containsExactly("application/grpc", "application/grpc");
	}

	@Test
	void whenChannelIsClosedThenCallsInFlightFinish() throws Exception {
		this.server.answer(Answer.silence());
		this.connection.perRetryTimeout = Duration.ofMillis(500);
		CompletableFuture<Status> status = CompletableFuture.supplyAsync(this.connection::statusOfWrite);
		this.server.awaitCalls(1);
		this.connection.shutdownGracePeriod = Duration.ofMinutes(10);
		CompletableFuture<Void> closing = CompletableFuture.runAsync(this.connection::close);
		Thread.sleep(300);
		assertThat(closing).isNotDone();
		this.server.answerWaiting();
		// Long before the grace period ends.
		closing.get(60, TimeUnit.SECONDS);
		assertThat(status.get(60, TimeUnit.SECONDS).isOk()).isTrue();
	}

	@Test
	void whenGracePeriodEndsThenCallsInFlightAreCancelled() throws Exception {
		this.connection.shutdownGracePeriod = Duration.ofMillis(500);
		this.server.answer(Answer.silence());
		CompletableFuture<Status> status = CompletableFuture.supplyAsync(this.connection::statusOfWrite);
		this.server.awaitCalls(1);
		long start = System.nanoTime();
		this.connection.close();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(450));
		// And not by its deadline.
		assertThat(status.get(60, TimeUnit.SECONDS).getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(this.connection.channel().managed().isShutdown()).isTrue();
	}

	@Test
	void whenChannelIsClosedTwiceThenNothingHappens() {
		this.connection.read();
		this.connection.close();
		this.connection.close();
		assertThat(this.connection.channel().managed().isTerminated()).isTrue();
		assertThat(this.connection.statusOfRead().getCode()).isEqualTo(Code.UNAVAILABLE);
	}

	@Test
	void whenTwoChannelsAreMadeThenClosingOneLeavesTheOther() {
		try (TestConnection other = TestConnection.to(this.server.port())) {
			other.read();
			this.connection.read();
			other.close();
			assertThat(this.connection.statusOfRead().isOk()).isTrue();
		}
	}

	@Test
	void whenNameResolverIsUnknownThenEndpointIsNamed() {
		TestConnection unknown = TestConnection.toTarget("carrier-pigeon:///loft");
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class).isThrownBy(unknown::channel)
			.withMessageContaining("carrier-pigeon:///loft")
			.satisfies((ex) -> assertThat(ex.getProperty()).isEqualTo("flyte.platform.url"));
	}

	@Test
	void whenChannelIsPrintedThenItsTargetIsNamed() {
		assertThat(this.connection.channel()).hasToString("flyte:default");
	}

}
