package io.flyteconnect.internal.channel;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.service.AdminServiceGrpc;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The channel that the first call makes.
 */
class DeferredChannelTests {

	private final RecordingServer server = RecordingServer.start();

	private final AtomicInteger made = new AtomicInteger();

	private final ManagedChannel channel = new DeferredChannel("flyte:test", () -> {
		this.made.incrementAndGet();
		return NettyChannelBuilder.forAddress("localhost", this.server.port()).usePlaintext().build();
	});

	@AfterEach
	void stop() {
		this.channel.shutdownNow();
		this.server.close();
	}

	@Test
	void whenNothingIsCalledThenItIsIdleAndNothingIsMade() {
		assertThat(this.channel.getState(false)).isEqualTo(ConnectivityState.IDLE);
		this.channel.enterIdle();
		this.channel.resetConnectBackoff();
		assertThat(this.channel.isShutdown()).isFalse();
		assertThat(this.channel.isTerminated()).isFalse();
		assertThat(this.channel).hasToString("flyte:test");
		assertThat(this.made).hasValue(0);
	}

	@Test
	void whenManyCallAtOnceThenOneChannelServesThem() {
		List<CompletableFuture<Void>> calls = IntStream.range(0, 8)
			.mapToObj((caller) -> CompletableFuture.runAsync(this::call))
			.toList();
		assertThat(calls).allSatisfy((call) -> assertThat(call).succeedsWithin(60, TimeUnit.SECONDS));
		assertThat(this.made).hasValue(1);
		assertThat(this.channel.getState(false)).isEqualTo(ConnectivityState.READY);
	}

	@Test
	void whenItEndsBeforeAnyCallThenNothingIsMadeUntilOneIsRefused() throws Exception {
		this.channel.shutdown();
		assertThat(this.channel.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
		assertThat(this.channel.isShutdown()).isTrue();
		assertThat(this.channel.isTerminated()).isTrue();
		assertThat(this.channel.getState(false)).isEqualTo(ConnectivityState.SHUTDOWN);
		assertThat(this.made).hasValue(0);
		assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(this::call)
			.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
		assertThat(this.server.calls()).isEmpty();
		assertThat(this.channel.isTerminated()).isTrue();
	}

	@Test
	void whenItEndsAfterACallThenSoDoesWhatWasMade() throws Exception {
		call();
		this.channel.shutdownNow();
		assertThat(this.channel.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
		assertThat(this.channel.isShutdown()).isTrue();
		assertThat(this.channel.isTerminated()).isTrue();
	}

	private void call() {
		AdminServiceGrpc.newBlockingStub(this.channel).getVersion(GetVersionRequest.getDefaultInstance());
	}

}
