package io.flyteconnect.internal.channel;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannel;
import org.springframework.grpc.client.ClientInterceptorsConfigurer;
import org.springframework.grpc.client.DefaultGrpcChannelFactory;

import io.flyteconnect.config.ChannelSettings;
import io.flyteconnect.config.Endpoint;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.channel.reconnect.ConnectionMonitor;
import io.flyteconnect.internal.connectrpc.ConnectChannel;
import io.flyteconnect.internal.connectrpc.ConnectChannelBuilder;
import io.flyteconnect.internal.proxy.ProxyRoutes;
import io.flyteconnect.internal.tls.TrustMaterial;

/**
 * Makes the channel of a connection that calls Flyte 2 over the Connect protocol.
 */
final class ConnectTransport extends DefaultGrpcChannelFactory<ConnectBuilder> {

	/** What the channel has for a connection without a call by itself. */
	private static final Duration SHORTER_THAN_BALANCERS = Duration.ofSeconds(50);

	private final PlatformConfig config;

	private final TrustMaterial trust;

	private final ProxyRoutes routes;

	private final ConnectionMonitor monitor;

	ConnectTransport(PlatformConfig config, TrustMaterial trust, ProxyRoutes routes, ConnectionMonitor monitor,
			ClientInterceptorsConfigurer interceptors) {
		super(List.of(), interceptors);
		this.config = config;
		this.trust = trust;
		this.routes = routes;
		this.monitor = monitor;
	}

	/**
	 * Return the endpoint as a URL.
	 * @throws InvalidFlyteConfigurationException if it has no host, as one of another
	 * name resolver of gRPC
	 */
	static URI url(PlatformConfig config) {
		Endpoint endpoint = config.endpoint();
		if (endpoint.host() == null) {
			throw new InvalidFlyteConfigurationException(config.origins().property("platform.url"),
					config.origins().origin("platform.url"),
					"The Connect protocol needs a host and a port, and " + endpoint
							+ " is for a name resolver of gRPC.",
					"Name a host and a port, or set " + config.origins().property("platform.protocol") + " to grpc.",
					null);
		}
		return URI.create((config.tls().insecure() ? "http://" : "https://") + endpoint.host() + ":" + endpoint.port());
	}

	@Override
	protected ConnectBuilder newChannelBuilder(String target, ChannelCredentials credentials) {
		return new ConnectBuilder(this::connect);
	}

	private ManagedChannel connect() {
		ChannelSettings settings = this.config.channel();
		ConnectChannelBuilder builder = ConnectChannel.builder(url(this.config))
			.sslContext(this.trust.httpSslContext())
			.proxyRoutes(this.routes)
			.transportFilter(this.monitor.transportFilter())
			.userAgent(UserAgent.of(settings.userAgent()))
			.maxInboundMessageSize(Math.toIntExact(settings.maxMessageSize().toBytes()))
			.maxInboundMetadataSize(Math.toIntExact(settings.maxMetadataSize().toBytes()))
			// As Flyte's own SDK does it: inputs and outputs are text for the most part.
			.gzip(true);
		Duration idle = settings.idleTimeout();
		if (!idle.isZero() && idle.compareTo(SHORTER_THAN_BALANCERS) < 0) {
			builder.idleTimeout(idle);
		}
		return builder.build();
	}

}
