package io.flyteconnect.internal.channel;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.grpc.ClientTransportFilter;
import io.grpc.LoadBalancerRegistry;
import io.grpc.ProxyDetector;
import io.grpc.netty.NettyChannelBuilder;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;
import org.springframework.util.unit.DataSize;

import io.flyteconnect.config.ChannelSettings;
import io.flyteconnect.config.InvalidFlyteConfigurationException;

/**
 * Turns the settings of a connection into calls of gRPC's builder.
 *
 * @param settings the settings
 * @param proxyDetector finds the proxy of an address
 * @param serviceConfig the service config, empty for none
 * @param transportFilter sees each new connection
 */
record ChannelTuning(ChannelSettings settings, ProxyDetector proxyDetector, Map<String, ?> serviceConfig,
		ClientTransportFilter transportFilter) implements GrpcChannelBuilderCustomizer<NettyChannelBuilder> {

	// What gRPC takes for "never".
	private static final Duration NEVER = Duration.ofDays(1000);

	@Override
	public void customize(String target, NettyChannelBuilder builder) {
		builder.maxInboundMessageSize(bytes(this.settings.maxMessageSize()));
		builder.maxInboundMetadataSize(bytes(this.settings.maxMetadataSize()));
		builder.userAgent(UserAgent.of(this.settings.userAgent()));
		builder.proxyDetector(this.proxyDetector);
		builder.idleTimeout(nanos(this.settings.idleTimeout()), TimeUnit.NANOSECONDS);
		builder.addTransportFilter(this.transportFilter);
		keepAlive(builder);
		retries(builder);
		if (this.settings.loadBalancingPolicy() != null) {
			builder.defaultLoadBalancingPolicy(knownPolicy(this.settings.loadBalancingPolicy()));
		}
	}

	private void keepAlive(NettyChannelBuilder builder) {
		if (!this.settings.keepaliveTime().isZero()) {
			builder.keepAliveTime(this.settings.keepaliveTime().toNanos(), TimeUnit.NANOSECONDS);
			builder.keepAliveTimeout(this.settings.keepaliveTimeout().toNanos(), TimeUnit.NANOSECONDS);
			builder.keepAliveWithoutCalls(this.settings.keepaliveWithoutCalls());
		}
	}

	private void retries(NettyChannelBuilder builder) {
		// Stays on without retries, too: it also repeats the calls that never reached a
		// server, because a connection was just closing.
		builder.enableRetry();
		// gRPC's own limit is 5, whatever the service config says.
		builder.maxRetryAttempts(Math.max(2, this.settings.maxRetries() + 1));
		if (!this.serviceConfig.isEmpty()) {
			builder.defaultServiceConfig(this.serviceConfig);
		}
	}

	private static long nanos(Duration duration) {
		return (duration.isZero() ? NEVER : duration).toNanos();
	}

	private static int bytes(DataSize size) {
		return Math.toIntExact(size.toBytes());
	}

	private static String knownPolicy(String policy) {
		if (LoadBalancerRegistry.getDefaultRegistry().getProvider(policy) == null) {
			throw new InvalidFlyteConfigurationException("flyte.channel.load-balancing-policy", null,
					"gRPC has no load balancing policy '" + policy + "'.",
					"Use pick_first or round_robin, or add the policy to the class path.", null);
		}
		return policy;
	}

}
