package io.flyteconnect.internal.channel;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.grpc.client.ClientInterceptorsConfigurer;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;
import org.springframework.util.unit.DataSize;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.internal.call.ReadMethods;
import io.flyteconnect.internal.channel.RecordingServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Each setting of a channel, on the wire where it can be seen there, else as gRPC's
 * builder has it in the end.
 */
class ChannelTuningTests {

	private final RecordingServer server = RecordingServer.start();

	private final TestConnection connection = TestConnection.to(this.server.port());

	@AfterEach
	void stop() {
		this.connection.close();
		this.server.close();
	}

	@Test
	void whenMessageHas19MebibytesThenItPasses() {
		String version = "v".repeat(19 * 1024 * 1024);
		this.server.answerWithVersion(version);
		assertThat(this.connection.read().getControlPlaneVersion().getVersion()).hasSameSizeAs(version);
	}

	@Test
	void whenMessageHas21MebibytesThenItIsRefusedAndNotSentAgain() {
		this.server.answerWithVersion("v".repeat(21 * 1024 * 1024));
		assertThat(this.connection.statusOfRead().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
		assertThat(this.server.calls()).hasSize(1);
	}

	@Test
	void whenMessageSizeIsSetThenItIsTheLimit() {
		this.connection.maxMessageSize = DataSize.ofKilobytes(10);
		this.server.answerWithVersion("v".repeat(11 * 1024));
		assertThat(this.connection.statusOfRead().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
	}

	@Test
	void whenMessageSizeExceedsAnIntegerThenItIsRefused() {
		this.connection.maxMessageSize = DataSize.ofGigabytes(3);
		assertThatIllegalArgumentException().isThrownBy(this::builder)
			.withMessageContaining("is not between one byte and two gigabytes");
	}

	@Test
	void whenMessageSizeIsTheLargestIntegerThenItIsTheLargestOfGrpc() {
		this.connection.maxMessageSize = DataSize.ofBytes(Integer.MAX_VALUE);
		assertThat(builder()).extracting("maxInboundMessageSize").isEqualTo(Integer.MAX_VALUE);
	}

	@Test
	void whenTrailersHave30KibibytesThenTheyPass() {
		this.server.answer(Answer.of(Status.NOT_FOUND).with("details", "d".repeat(30 * 1024)));
		assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(this.connection::read).satisfies((ex) -> {
			assertThat(ex.getStatus().getCode()).isEqualTo(Code.NOT_FOUND);
			Metadata trailers = Objects.requireNonNull(ex.getTrailers());
			assertThat(trailers.get(Metadata.Key.of("details", Metadata.ASCII_STRING_MARSHALLER))).hasSize(30 * 1024);
		});
	}

	@Test
	void whenTrailersHave34KibibytesThenTheyAreRefused() {
		this.connection.maxRetries = 0;
		this.server.answer(Answer.of(Status.NOT_FOUND).with("details", "d".repeat(34 * 1024)));
		assertThat(this.connection.statusOfRead().getCode()).isNotEqualTo(Code.NOT_FOUND);
	}

	@Test
	void whenNumbersAreTheLargestThenCallsPassAndTheChannelCloses() {
		Duration longest = Duration.ofNanos(Long.MAX_VALUE);
		this.connection.maxRetries = Integer.MAX_VALUE - 1;
		this.connection.perRetryTimeout = longest;
		this.connection.maxBackoffDelay = longest;
		this.connection.deadline = longest;
		this.connection.keepaliveTime = longest;
		this.connection.keepaliveTimeout = longest;
		this.connection.idleTimeout = longest;
		this.connection.shutdownGracePeriod = longest;
		this.server.answer(Answer.of(Status.UNAVAILABLE));
		this.connection.read();
		assertThat(this.server.calls()).hasSize(2);
	}

	@Test
	void whenUserAgentIsNotSetThenItNamesTheVersionOfTheBuild() {
		this.connection.read();
		assertThat(this.server.calls().get(0).header("user-agent"))
			.matches("flyte-connect/\\d+\\.\\d+\\.\\d+(-SNAPSHOT)? grpc-java-netty/.*");
	}

	@Test
	void whenUserAgentIsSetThenTheServerSeesIt() {
		this.connection.userAgent = "billing/2.0";
		this.connection.read();
		assertThat(this.server.calls().get(0).header("user-agent")).startsWith("billing/2.0 grpc-java-netty/");
	}

	@Test
	void whenKeepaliveIsNotSetThenItIsWhatAStockGoServerTolerates() {
		assertThat(builder()).extracting("keepAliveTimeNanos", "keepAliveTimeoutNanos", "keepAliveWithoutCalls")
			.containsExactly(Duration.ofMinutes(5).toNanos(), Duration.ofSeconds(20).toNanos(), false);
	}

	@Test
	void whenKeepaliveIsSetThenTheBuilderHasIt() {
		this.connection.keepaliveTime = Duration.ofSeconds(40);
		this.connection.keepaliveTimeout = Duration.ofSeconds(3);
		this.connection.keepaliveWithoutCalls = true;
		assertThat(builder()).extracting("keepAliveTimeNanos", "keepAliveTimeoutNanos", "keepAliveWithoutCalls")
			.containsExactly(Duration.ofSeconds(40).toNanos(), Duration.ofSeconds(3).toNanos(), true);
	}

	@Test
	void whenKeepaliveTimeIsZeroThenConnectionsAreNeverPinged() {
		this.connection.keepaliveTime = Duration.ZERO;
		assertThat(builder()).extracting("keepAliveTimeNanos").isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void whenIdleTimeoutIsNotSetThenItEndsBeforeThatOfLoadBalancers() {
		assertThat(builder()).extracting("managedChannelImplBuilder.idleTimeoutMillis")
			.isEqualTo(Duration.ofMinutes(4).toMillis());
	}

	@Test
	void whenIdleTimeoutPassesThenTheConnectionIsClosedAndTheNextCallOpensAnother() {
		this.connection.idleTimeout = Duration.ofSeconds(1);
		this.connection.read();
		assertThat(this.server.transports()).containsExactly("ready");
		await().until(() -> this.server.transports().contains("terminated"));
		this.connection.read();
		assertThat(this.server.transports()).containsExactly("ready", "terminated", "ready");
	}

	@Test
	void whenIdleTimeoutIsZeroThenTheConnectionStays() {
		this.connection.idleTimeout = Duration.ZERO;
		assertThat(builder()).extracting("managedChannelImplBuilder.idleTimeoutMillis").isEqualTo(-1L);
	}

	@Test
	void whenLoadBalancingPolicyIsSetThenTheBuilderHasIt() {
		this.connection.loadBalancingPolicy = "round_robin";
		assertThat(builder()).extracting("managedChannelImplBuilder.defaultLbPolicy").isEqualTo("round_robin");
	}

	@Test
	void whenLoadBalancingPolicyIsNotSetThenItIsThatOfGrpc() {
		assertThat(builder()).extracting("managedChannelImplBuilder.defaultLbPolicy").isEqualTo("pick_first");
	}

	@Test
	void whenLoadBalancingPolicyIsUnknownThenCreationFails() {
		this.connection.loadBalancingPolicy = "by_weather";
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class).isThrownBy(this.connection::channel)
			.satisfies((ex) -> assertThat(ex.getProperty()).isEqualTo("flyte.channel.load-balancing-policy"))
			.withMessageContaining("by_weather");
	}

	@Test
	void whenServiceConfigIsBuiltThenGrpcParsesThePolicyOfReads() {
		ManagedChannel channel = this.connection.channel().managed();
		assertThat(channel.authority()).as("what the first call makes").isNotEmpty();
		assertThat(channel)
			.extracting("made.delegate.defaultServiceConfig.serviceMethodMap", InstanceOfAssertFactories.MAP)
			.hasSameSizeAs(ReadMethods.fullNames())
			.extractingByKey("flyteidl.service.AdminService/GetVersion")
			.extracting("retryPolicy")
			.extracting("maxAttempts", "initialBackoffNanos", "maxBackoffNanos", "retryableStatusCodes")
			.containsExactly(5, 200_000_000L, 8_000_000_000L, Set.of(Code.UNAVAILABLE));
	}

	@Test
	void whenServiceConfigIsGivenThenItReplacesThePolicy() {
		this.connection.serviceConfig = """
				{"methodConfig": [{"name": [{"service": "flyteidl.service.AdminService", "method": "CreateExecution"}],
				  "retryPolicy": {"maxAttempts": 2, "initialBackoff": "0.01s", "maxBackoff": "1s",
				    "backoffMultiplier": 2, "retryableStatusCodes": ["ABORTED"]}}]}""";
		this.server.answer(Answer.of(Status.ABORTED), Answer.of(Status.OK.withDescription("")));
		this.connection.statusOfWrite();
		assertThat(this.server.calls()).hasSize(2);
		this.server.answer(Answer.of(Status.UNAVAILABLE));
		assertThat(this.connection.statusOfRead().getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(this.server.calls()).hasSize(3);
	}

	private NettyChannelBuilder builder() {
		AtomicReference<NettyChannelBuilder> builder = new AtomicReference<>();
		GrpcChannelBuilderCustomizer<NettyChannelBuilder> look = (target, last) -> builder.set(last);
		this.connection.factory(new FlyteChannelFactory(List.of(look),
				new ClientInterceptorsConfigurer(new StaticApplicationContext()), null));
		this.connection.channel();
		return builder.get();
	}

}
