package io.flyteconnect.internal.channel;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.grpc.client.ClientInterceptorsConfigurer;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the operating system gives up a connection whose data nobody acknowledges
 * ({@code TCP_USER_TIMEOUT} of {@code tcp(7)}), where Netty's epoll transport is there.
 * gRPC sets it with the keepalive of the builder (gRFC A18).
 */
@Tag("fault")
class TcpUserTimeoutTests {

	private final RecordingServer server = RecordingServer.start();

	private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

	private final List<EpollSocketChannel> sockets = new CopyOnWriteArrayList<>();

	@AfterEach
	void stop() {
		this.server.close();
		this.group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
	}

	@Test
	void whenTheTransportIsEpollThenUnacknowledgedDataEndTheConnectionAfterTheKeepaliveTimeout() throws Exception {
		assertThat(timeout(Duration.ofMinutes(5), Duration.ofSeconds(20))).isEqualTo(20_000);
		assertThat(timeout(Duration.ofMinutes(10), Duration.ofSeconds(7))).isEqualTo(7_000);
	}

	@Test
	void whenThereIsNoKeepaliveThenTheSystemDecides() throws Exception {
		assertThat(timeout(Duration.ZERO, Duration.ofSeconds(20))).isZero();
	}

	private int timeout(Duration keepaliveTime, Duration keepaliveTimeout) throws Exception {
		GrpcChannelBuilderCustomizer<NettyChannelBuilder> keep = (target, builder) -> builder.eventLoopGroup(this.group)
			.channelFactory(() -> {
				EpollSocketChannel socket = new EpollSocketChannel();
				this.sockets.add(socket);
				return socket;
			});
		this.sockets.clear();
		try (TestConnection connection = TestConnection.to(this.server.port())
			.factory(new FlyteChannelFactory(List.of(keep),
					new ClientInterceptorsConfigurer(new StaticApplicationContext()), null))) {
			connection.keepaliveTime = keepaliveTime;
			connection.keepaliveTimeout = keepaliveTimeout;
			connection.read();
			// From the socket itself, by getsockopt.
			return this.sockets.get(0).config().getOption(EpollChannelOption.TCP_USER_TIMEOUT);
		}
	}

}
