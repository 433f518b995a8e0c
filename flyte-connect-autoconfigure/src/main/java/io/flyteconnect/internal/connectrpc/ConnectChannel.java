package io.flyteconnect.internal.connectrpc;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;

import io.flyteconnect.internal.connectrpc.http.HttpConnections;

/**
 * A channel for gRPC's stubs whose calls are those of the Connect protocol: POST over
 * HTTP/1.1 or HTTP/2, which passes where gRPC's trailers do not
 * (<a href="https://connectrpc.com/docs/protocol">Connect protocol</a>). Unary calls and
 * streams of the server; a call that streams its requests ends by UNIMPLEMENTED.
 * <p>
 * Connects with its first call. Name resolvers, load balancing, service configs and their
 * retries are gRPC's own transport's and do not apply: a request is sent again only where
 * the server is known not to have seen it. Redirects are never followed.
 *
 * @since 0.1.0
 */
public final class ConnectChannel extends ManagedChannel {

	static final String ENDED = "The channel has been shut down";

	private final ConnectSettings settings;

	private final HttpConnections connections;

	private final Executor executor;

	private final Runnable atEnd;

	private final Set<ConnectCall<?, ?>> calls = ConcurrentHashMap.newKeySet();

	private final CountDownLatch terminated = new CountDownLatch(1);

	private volatile boolean shutdown;

	private boolean closing;

	ConnectChannel(ConnectSettings settings, HttpConnections connections, Executor executor, Runnable atEnd) {
		this.settings = settings;
		this.connections = connections;
		this.executor = executor;
		this.atEnd = atEnd;
	}

	/**
	 * Begin to build a channel.
	 * @param baseUrl the URL of the server ({@code http} or {@code https}), with a path
	 * where its services are below one
	 * @return the builder
	 * @throws IllegalArgumentException if the URL has another scheme or no host
	 */
	public static ConnectChannelBuilder builder(URI baseUrl) {
		return new ConnectChannelBuilder(baseUrl);
	}

	ConnectSettings settings() {
		return this.settings;
	}

	HttpConnections connections() {
		return this.connections;
	}

	Executor executor() {
		return this.executor;
	}

	@Override
	public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
		return new ConnectCall<>(this, method, options);
	}

	/**
	 * Take note of a call that starts.
	 * @return {@code false} if the channel takes no more
	 */
	boolean begin(ConnectCall<?, ?> call) {
		this.calls.add(call);
		return !this.shutdown;
	}

	void end(ConnectCall<?, ?> call) {
		this.calls.remove(call);
		closeIfDone();
	}

	@Override
	public String authority() {
		return this.settings.authority();
	}

	@Override
	public ManagedChannel shutdown() {
		this.shutdown = true;
		this.connections.shutdown();
		closeIfDone();
		return this;
	}

	@Override
	public ManagedChannel shutdownNow() {
		shutdown();
		List.copyOf(this.calls).forEach((call) -> call.end(Status.UNAVAILABLE.withDescription(ENDED)));
		return this;
	}

	private void closeIfDone() {
		if (!this.shutdown || !this.calls.isEmpty()) {
			return;
		}
		synchronized (this) {
			if (this.closing) {
				return;
			}
			this.closing = true;
		}
		this.connections.close().addListener((ended) -> {
			this.atEnd.run();
			this.terminated.countDown();
		});
	}

	@Override
	public boolean isShutdown() {
		return this.shutdown;
	}

	@Override
	public boolean isTerminated() {
		return this.terminated.getCount() == 0;
	}

	@Override
	public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
		return this.terminated.await(timeout, unit);
	}

	@Override
	public ConnectivityState getState(boolean requestConnection) {
		return this.connections.state(requestConnection);
	}

	@Override
	public void notifyWhenStateChanged(ConnectivityState source, Runnable callback) {
		this.connections.onChange(source, callback);
	}

	/**
	 * Have later calls go over new connections. Calls under way finish on theirs.
	 */
	@Override
	public void enterIdle() {
		this.connections.renew();
	}

	@Override
	public String toString() {
		return (this.settings.encrypted() ? "https://" : "http://") + this.settings.authority() + this.settings.path();
	}

}
