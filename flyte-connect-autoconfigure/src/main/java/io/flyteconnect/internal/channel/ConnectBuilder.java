package io.flyteconnect.internal.channel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.grpc.ClientInterceptor;
import io.grpc.CompressorRegistry;
import io.grpc.DecompressorRegistry;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.NameResolver;

/**
 * What Spring's channel factories want of a channel over the Connect protocol: a builder
 * that takes interceptors. All else is set where such a channel is made.
 */
final class ConnectBuilder extends ManagedChannelBuilder<ConnectBuilder> {

	private final Supplier<ManagedChannel> maker;

	private final List<ClientInterceptor> interceptors = new ArrayList<>();

	/**
	 * Create the builder.
	 * @param maker makes the channel that the interceptors stand in front of
	 */
	ConnectBuilder(Supplier<ManagedChannel> maker) {
		this.maker = maker;
	}

	@Override
	public ConnectBuilder intercept(List<ClientInterceptor> interceptors) {
		this.interceptors.addAll(interceptors);
		return this;
	}

	@Override
	public ConnectBuilder intercept(ClientInterceptor... interceptors) {
		return intercept(Arrays.asList(interceptors));
	}

	@Override
	public ManagedChannel build() {
		return new InterceptedChannel(this.maker.get(), this.interceptors);
	}

	@Override
	public ConnectBuilder directExecutor() {
		throw new UnsupportedOperationException("executor");
	}

	@Override
	public ConnectBuilder executor(Executor executor) {
		throw new UnsupportedOperationException("executor");
	}

	@Override
	public ConnectBuilder userAgent(String userAgent) {
		throw new UnsupportedOperationException("user agent");
	}

	@Override
	public ConnectBuilder overrideAuthority(String authority) {
		throw new UnsupportedOperationException("authority");
	}

	@Override
	@Deprecated
	public ConnectBuilder nameResolverFactory(NameResolver.Factory resolverFactory) {
		throw new UnsupportedOperationException("name resolver");
	}

	@Override
	public ConnectBuilder decompressorRegistry(DecompressorRegistry registry) {
		throw new UnsupportedOperationException("compression");
	}

	@Override
	public ConnectBuilder compressorRegistry(CompressorRegistry registry) {
		throw new UnsupportedOperationException("compression");
	}

	@Override
	public ConnectBuilder idleTimeout(long value, TimeUnit unit) {
		throw new UnsupportedOperationException("idle timeout");
	}

}
