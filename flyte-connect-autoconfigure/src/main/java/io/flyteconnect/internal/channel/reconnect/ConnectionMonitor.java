package io.flyteconnect.internal.channel.reconnect;

import java.util.function.Consumer;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientTransportFilter;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;

/**
 * Watches the connections of one channel. When a call or an attempt ends by time without
 * a byte from the peer since it was sent, later calls go over a new connection; calls
 * under way finish on the old one.
 * <p>
 * gRPC itself notices a network that drops packets without a word by its keepalive only
 * (gRFC A8), and servers of Go end connections that are pinged more often than every five
 * minutes ({@code keepalive.EnforcementPolicy.MinTime} of grpc-go).
 *
 * @since 0.1.0
 */
public final class ConnectionMonitor {

	private final Reconnector reconnector;

	private final Consumer<Metadata> headers;

	/**
	 * Create a monitor, to be given to the channel's builder and to the channel.
	 * @param endpoint what the channel connects to, for the log
	 * @param headers may change the headers of each attempt before they are sent
	 */
	public ConnectionMonitor(String endpoint, Consumer<Metadata> headers) {
		this.reconnector = new Reconnector(endpoint);
		this.headers = headers;
	}

	Reconnector reconnector() {
		return this.reconnector;
	}

	Consumer<Metadata> headers() {
		return this.headers;
	}

	/**
	 * Return the filter that sees each new connection.
	 * @return the filter, for the channel's builder
	 */
	public ClientTransportFilter transportFilter() {
		return new ClientTransportFilter() {

			@Override
			public Attributes transportReady(Attributes attributes) {
				return attributes.toBuilder()
					.set(MonitoredConnection.KEY, ConnectionMonitor.this.reconnector.newConnection())
					.build();
			}

		};
	}

	/**
	 * Return the interceptor that sees each call. It belongs below everything that sends
	 * a call again. A call that is cancelled because of a
	 * {@link java.util.concurrent.TimeoutException} has ended by time. Where the deadline
	 * of a call ends after an attempt that failed, that failure is the cause of its
	 * status, a {@link io.grpc.StatusException} with the trailers that the server sent.
	 * @return the interceptor
	 */
	public ClientInterceptor interceptor() {
		return new ClientInterceptor() {

			@Override
			public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options,
					Channel next) {
				ConnectionMonitor.this.reconnector.calling(System.nanoTime());
				AttemptTracking attempts = new AttemptTracking(ConnectionMonitor.this);
				return new MonitoredCall<>(next.newCall(method, options.withStreamTracerFactory(attempts)), attempts);
			}

		};
	}

	/**
	 * Start to replace the connections of a channel.
	 * @param channel the channel that filter and interceptor belong to
	 */
	public void watch(ManagedChannel channel) {
		this.reconnector.start(channel);
	}

}
