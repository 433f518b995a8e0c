package io.flyteconnect.internal.channel;

import java.util.List;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannelBuilder;
import io.grpc.ManagedChannelProvider.ProviderNotFoundException;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;
import org.springframework.grpc.client.ClientInterceptorsConfigurer;
import org.springframework.grpc.client.NettyGrpcChannelFactory;

import io.flyteconnect.config.InvalidFlyteConfigurationException;

/**
 * Makes the one channel of one connection. A {@code unix:} target goes through gRPC's own
 * resolver, because Spring gRPC drops the credentials there and starts an event loop
 * group that it never stops.
 */
class ConnectionChannelFactory extends NettyGrpcChannelFactory {

	/**
	 * What gRPC sets for each connection, and Netty warns of where it is no one of TCP
	 * ({@code io.grpc.netty.NettyClientTransport}). Without a value it is not set.
	 */
	private static final List<ChannelOption<?>> TCP_OPTIONS = List.of(ChannelOption.SO_KEEPALIVE,
			ChannelOption.valueOf("io.netty.channel.epoll.EpollChannelOption#TCP_USER_TIMEOUT"));

	ConnectionChannelFactory(ClientInterceptorsConfigurer interceptors) {
		super(List.of(), interceptors);
	}

	@Override
	protected NettyChannelBuilder newChannelBuilder(String target, ChannelCredentials credentials) {
		if (!target.startsWith("unix:")) {
			return NettyChannelBuilder.forTarget(target, credentials);
		}
		try {
			ManagedChannelBuilder<?> builder = Grpc.newChannelBuilder(target, credentials);
			if (builder instanceof NettyChannelBuilder netty) {
				TCP_OPTIONS.forEach((option) -> netty.withOption(option, null));
				return netty;
			}
		}
		catch (ProviderNotFoundException ex) {
			throw unixUnsupported(target, ex);
		}
		throw unixUnsupported(target, null);
	}

	private static InvalidFlyteConfigurationException unixUnsupported(String target, @Nullable Exception cause) {
		return new InvalidFlyteConfigurationException("flyte.platform.url", null,
				"The endpoint " + target + " is a Unix domain socket, which needs Netty's epoll transport on Linux.",
				"Add io.netty:netty-transport-native-epoll with the classifier of the platform, for example"
						+ " linux-x86_64, or name a host and a port.",
				cause);
	}

}
