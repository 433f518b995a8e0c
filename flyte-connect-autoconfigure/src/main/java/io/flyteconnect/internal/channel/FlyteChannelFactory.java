package io.flyteconnect.internal.channel;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.grpc.client.ChannelBuilderOptions;
import org.springframework.grpc.client.ClientInterceptorsConfigurer;
import org.springframework.grpc.client.DefaultGrpcChannelFactory;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;
import org.springframework.grpc.client.GrpcChannelFactory;

import io.flyteconnect.config.ChannelSettings;
import io.flyteconnect.config.FlyteApi;
import io.flyteconnect.config.FlyteProtocol;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.call.AttemptLimit;
import io.flyteconnect.internal.call.CallInterceptors;
import io.flyteconnect.internal.call.CallsUnderWay;
import io.flyteconnect.internal.call.authorization.CallAuthorization;
import io.flyteconnect.internal.channel.diagnosis.FailedCallDiagnosis;
import io.flyteconnect.internal.channel.diagnosis.ProxyRefusalInterceptor;
import io.flyteconnect.internal.channel.reconnect.ConnectionMonitor;
import io.flyteconnect.internal.libraries.Libraries;
import io.flyteconnect.internal.proxy.ProxyRoutes;
import io.flyteconnect.internal.tls.TrustMaterial;

/**
 * Makes the gRPC channel of a connection. Every channel comes from a channel factory of
 * its own that no other part of the application sees, so that neither the application's
 * {@code spring.grpc.client.channel.*} properties nor its credentials reach Flyte, and
 * ours reach nobody else.
 * <p>
 * A call passes the application's global interceptors, then {@link CallInterceptors},
 * then gRPC's retry and Netty.
 * <p>
 * The application's {@link GrpcChannelBuilderCustomizer} beans see the target
 * {@code flyte:<connection>}, for example {@code flyte:default}, and run after the
 * settings of the connection: what they set wins. Those of Spring Boot itself, which
 * carry {@code spring.grpc.client.channel.*}, are left out.
 *
 * @since 0.1.0
 */
public final class FlyteChannelFactory {

	private static final String TARGET_PREFIX = "flyte:";

	/**
	 * An ingress may tell by it that a call is none for the pages behind the same name
	 * ({@code flytekit/clients/grpc_utils/default_metadata_interceptor.py}).
	 */
	private static final Metadata ACCEPT = accept();

	/** What gRPC takes for certain. */
	private static final Pattern DNS_TARGET = Pattern
		.compile("(?:dns:///)?(?:[\\w&&[^_]]+(?:[.-][\\w&&[^_]]+)*|(?:\\[|%5B)[\\da-fA-F:]+(?:]|%5D))(?::\\d+)?");

	private final ApplicationCustomizers customizers;

	private final ClientInterceptorsConfigurer interceptors;

	private final @Nullable GrpcChannelFactory transport;

	/**
	 * Create a factory for use outside of an application context: without global
	 * interceptors and customizers.
	 */
	public FlyteChannelFactory() {
		// Without initialization the configurer asks the context for nothing.
		this(List.of(), new ClientInterceptorsConfigurer(new StaticApplicationContext()), null);
	}

	/**
	 * Create a factory for an application.
	 * @param customizers the application's customizers, in their order
	 * @param interceptors knows the application's global interceptors
	 * @param transport the factory that every channel has to come from, as under Spring
	 * Boot's test transport; {@code null} for real connections
	 */
	public FlyteChannelFactory(List<? extends GrpcChannelBuilderCustomizer<?>> customizers,
			ClientInterceptorsConfigurer interceptors, @Nullable GrpcChannelFactory transport) {
		this.customizers = new ApplicationCustomizers(customizers);
		this.interceptors = interceptors;
		this.transport = transport;
	}

	/**
	 * Create the channel of a connection. Nothing is connected.
	 * @param config the settings of the connection
	 * @param trust whom the connection trusts
	 * @param routes which proxy the connection takes
	 * @param own interceptors that see a call before all that is built in
	 * @param authorization puts tokens on calls
	 * @return the channel
	 * @throws InvalidFlyteConfigurationException if a setting means nothing to gRPC: a
	 * service config, load balancing policy or name resolver that it does not know
	 */
	public FlyteChannel create(PlatformConfig config, TrustMaterial trust, ProxyRoutes routes,
			List<ClientInterceptor> own, CallAuthorization authorization) {
		String target = TARGET_PREFIX + config.name();
		ChannelSettings settings = config.channel();
		AtomicReference<@Nullable ManagedChannel> made = new AtomicReference<>();
		FailedCallDiagnosis diagnosis = new FailedCallDiagnosis(config.endpoint(), trust, routes, config.origins());
		ConnectionMonitor monitor = new ConnectionMonitor(config.endpoint().toString(),
				(headers) -> headers.merge(ACCEPT), settings.maxConnectionAge());
		CallsUnderWay calls = new CallsUnderWay();
		AttemptLimit limit = limit(settings);
		List<ClientInterceptor> interceptors = new CallInterceptors(calls, settings.deadline(), authorization, limit,
				diagnosis, monitor)
			.inOrder(own, (diagnosis.route() != null)
					? List.of(new ProxyRefusalInterceptor(diagnosis::route, () -> enterIdle(made.get()))) : List.of());
		ChannelBuilderOptions options = ChannelBuilderOptions.defaults()
			.withInterceptors(interceptors)
			.withShutdownGracePeriod(settings.shutdownGracePeriod());
		if (this.transport != null) {
			// Without a network there is nothing to tune, and its owner shuts it down.
			ManagedChannel channel = this.transport.createChannel(target, options);
			return new FlyteChannel(target, channel, calls, settings.shutdownGracePeriod(), (grace, credentials) -> {
				channel.shutdown();
				close(limit);
			});
		}
		DefaultGrpcChannelFactory<?> factory = isOverConnect(config) ? connectTransport(config, trust, routes, monitor)
				: grpcTransport(config, trust);
		AtomicReference<Runnable> logAgain = new AtomicReference<>(() -> {
		});
		AtomicBoolean ended = new AtomicBoolean();
		Supplier<ManagedChannel> maker = () -> {
			// The channel has ended before its factory does, which would forget an
			// interrupt while it waits.
			ManagedChannel channel = factory.createChannel(target,
					customized(options.withShutdownGracePeriod(Duration.ZERO), config, routes, monitor, diagnosis));
			made.set(channel);
			monitor.watch(channel);
			logAgain.set(ResolutionLog.leaveOut(channel));
			if (ended.get()) {
				// A call on a channel that has ended has made it, only to be refused.
				logAgain.get().run();
			}
			return channel;
		};
		try {
			ManagedChannel channel = isDeferrable(config) ? new DeferredChannel(target, () -> made(maker, config))
					: maker.get();
			trust.onChange(monitor::renew);
			return new FlyteChannel(target, channel, calls, settings.shutdownGracePeriod(), (grace, credentials) -> {
				calls.end(channel, grace, credentials);
				factory.destroy();
				ended.set(true);
				logAgain.get().run();
				close(limit);
			});
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			close(limit);
			throw UnusableChannel.explain(ex, config);
		}
	}

	private static boolean isOverConnect(PlatformConfig config) {
		return config.api().version() == FlyteApi.V2 && config.api().protocol() == FlyteProtocol.CONNECT;
	}

	private ConnectTransport connectTransport(PlatformConfig config, TrustMaterial trust, ProxyRoutes routes,
			ConnectionMonitor monitor) {
		ConnectTransport.url(config);
		return new ConnectTransport(config, trust, routes, monitor, this.interceptors);
	}

	private ConnectionChannelFactory grpcTransport(PlatformConfig config, TrustMaterial trust) {
		ConnectionChannelFactory factory = new ConnectionChannelFactory(this.interceptors);
		factory.setCredentialsProvider((path) -> trust.channelCredentials());
		factory.setVirtualTargets((path) -> config.endpoint().target());
		return factory;
	}

	// What gRPC's own transport knows, and one of HTTP does not.
	private ChannelBuilderOptions customized(ChannelBuilderOptions options, PlatformConfig config, ProxyRoutes routes,
			ConnectionMonitor monitor, FailedCallDiagnosis diagnosis) {
		if (isOverConnect(config)) {
			return options;
		}
		ChannelSettings settings = config.channel();
		GrpcChannelBuilderCustomizer<NettyChannelBuilder> proxies = (path, builder) -> builder
			.localSocketPicker(new RefusedProxyPicker(diagnosis::route));
		ChannelTuning tuning = new ChannelTuning(settings, routes.proxyDetector(), ServiceConfigs.of(settings),
				monitor.transportFilter());
		return options.withCustomizer(proxies.then(tuning).then(this.customizers));
	}

	private static ManagedChannel made(Supplier<ManagedChannel> maker, PlatformConfig config) {
		try {
			return maker.get();
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			throw UnusableChannel.explain(ex, config);
		}
	}

	// Where gRPC could refuse a setting, or a customizer of the application, the channel
	// is made at once: that stops the startup.
	boolean isDeferrable(PlatformConfig config) {
		ChannelSettings settings = config.channel();
		return this.customizers.isEmpty() && settings.serviceConfig() == null && settings.loadBalancingPolicy() == null
				&& settings.userAgent() == null && config.tls().sslBundle() == null
				&& DNS_TARGET.matcher(config.endpoint().target()).matches() && Libraries.incompatibleVersions() == null;
	}

	private static @Nullable AttemptLimit limit(ChannelSettings settings) {
		return (settings.maxRetries() > 0 && settings.serviceConfig() == null && !settings.perRetryTimeout().isZero())
				? new AttemptLimit(settings.maxRetries() + 1, settings.perRetryTimeout()) : null;
	}

	private static void close(@Nullable AttemptLimit limit) {
		if (limit != null) {
			limit.close();
		}
	}

	private static Metadata accept() {
		Metadata headers = new Metadata();
		headers.put(Metadata.Key.of("accept", Metadata.ASCII_STRING_MARSHALLER), "application/grpc");
		return headers;
	}

	private static void enterIdle(@Nullable ManagedChannel channel) {
		if (channel != null) {
			channel.enterIdle();
		}
	}

}
