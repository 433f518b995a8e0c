package io.flyteconnect.internal.connectrpc.http;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.grpc.ConnectivityState;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.connectrpc.http.HttpCallException.Failure;

/**
 * The connections to one server. All of it belongs to one event loop, so that nothing
 * here needs a lock. A request takes a connection that has room, else one is opened; of
 * HTTP/1.1 up to the limit, of HTTP/2 another where the streams of the first are used up.
 */
public final class HttpConnections {

	/** A pause before connecting again, for the requests that wait however long. */
	private static final long PAUSE_MILLIS = 1000;

	private final HttpSettings settings;

	private final ConnectionLoop loop;

	private final ChannelStates states;

	private final ConnectionPool open;

	private final WaitingCalls waiting = new WaitingCalls();

	private int opening;

	/** Known from the first connection on. */
	private @Nullable Boolean http2;

	private volatile boolean closed;

	/**
	 * Create the connections. None is opened.
	 * @param settings where they go
	 * @param executor runs what waits for a change of the state
	 */
	public HttpConnections(HttpSettings settings, Executor executor) {
		this.settings = settings;
		this.loop = new ConnectionLoop(settings);
		this.open = new ConnectionPool(settings, this.loop.eventLoop());
		this.states = new ChannelStates(executor);
		this.http2 = (settings.tls() == null) ? settings.http2() : null;
	}

	/**
	 * Return the event loop of the connections, for timers.
	 * @return the event loop
	 */
	public EventLoop eventLoop() {
		return this.loop.eventLoop();
	}

	/**
	 * Prepare a request.
	 * @param listener creates the request, and takes the response
	 * @param patient whether the request waits while no connection can be opened
	 * @return the call, to be sent
	 */
	public HttpCall newCall(ResponseListener listener, boolean patient) {
		return new HttpCall(this, listener, patient);
	}

	void send(HttpCall call) {
		if (!execute(() -> dispatch(call))) {
			call.fail(ended());
		}
	}

	boolean execute(Runnable task) {
		return this.loop.execute(task);
	}

	private static HttpCallException ended() {
		return new HttpCallException(Failure.CLOSED, "closed", null);
	}

	boolean isClosed() {
		return this.closed;
	}

	void dispatch(HttpCall call) {
		if (call.isDone()) {
			return;
		}
		if (this.closed) {
			call.fail(ended());
			return;
		}
		PooledConnection connection = this.open.withRoom();
		if (connection != null) {
			send(call, connection);
			return;
		}
		this.waiting.add(call);
		openMore();
	}

	private static void send(HttpCall call, PooledConnection connection) {
		FullHttpRequest request;
		try {
			request = call.listener().request(connection.attributes());
		}
		catch (RuntimeException ex) {
			call.fail(new HttpCallException(Failure.REQUEST, "the request cannot be sent as it is: " + ex.getMessage(),
					ex));
			return;
		}
		connection.use();
		connection.connection().send(call, request);
	}

	void forget(HttpCall call) {
		this.waiting.remove(call);
	}

	private void openMore() {
		// While it is not known whether one is enough, one is opened.
		int wanted = Boolean.FALSE.equals(this.http2) ? this.waiting.size() : Math.min(1, this.waiting.size());
		while (this.opening < wanted && this.open.size() + this.opening < this.settings.maxConnections()) {
			open();
		}
	}

	private void open() {
		this.opening++;
		if (this.open.isEmpty()) {
			this.states.set(ConnectivityState.CONNECTING);
		}
		new Opening(this.settings, this).start(this.loop.connector());
	}

	void opening(Channel channel) {
		execute(() -> {
			if (this.closed) {
				channel.close();
			}
			else {
				this.open.track(channel);
			}
		});
	}

	void opened(HttpConnection connection, boolean http2) {
		this.opening--;
		this.http2 = http2;
		if (this.closed) {
			connection.close();
			return;
		}
		this.open.add(connection);
		this.states.set(ConnectivityState.READY);
		released(connection);
		openMore();
	}

	/**
	 * A connection cannot be opened: what waited for it fails.
	 */
	void unopened(Throwable cause) {
		this.opening--;
		if (this.open.isEmpty()) {
			this.states.set((this.opening > 0) ? ConnectivityState.CONNECTING : ConnectivityState.TRANSIENT_FAILURE);
		}
		boolean others = this.opening > 0 || !this.open.isEmpty();
		this.waiting.fail(new HttpCallException(Failure.CONNECT, "not connected", cause), others);
		if (!this.waiting.isEmpty() && !this.closed) {
			this.loop.eventLoop().schedule(this::openMore, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	/**
	 * A connection has room again.
	 */
	void released(HttpConnection connection) {
		while (!this.waiting.isEmpty() && connection.hasRoom()) {
			dispatch(this.waiting.next());
		}
		if (!this.closed) {
			this.open.closeWhenIdle(connection);
		}
	}

	void closed(HttpConnection connection) {
		this.open.remove(connection);
		if (this.open.isEmpty()) {
			this.states.set((this.opening > 0) ? ConnectivityState.CONNECTING : ConnectivityState.IDLE);
		}
		if (!this.closed) {
			openMore();
		}
	}

	/**
	 * Return the state of the connections.
	 * @param connect whether to open one where there is none
	 * @return the state
	 */
	public ConnectivityState state(boolean connect) {
		if (connect && !this.closed) {
			execute(() -> {
				if (this.open.isEmpty() && this.opening == 0 && !this.closed) {
					open();
				}
			});
		}
		return this.states.get();
	}

	/**
	 * Have the next change of the state told.
	 * @param source the state that is known
	 * @param callback runs once the state is another
	 */
	public void onChange(ConnectivityState source, Runnable callback) {
		this.states.onChange(source, callback);
	}

	/**
	 * Have later requests go over new connections. Those under way finish on theirs.
	 */
	public void renew() {
		execute(this.open::retireAll);
	}

	/**
	 * Tell that no requests are taken any more, while those under way go on.
	 */
	public void shutdown() {
		this.states.set(ConnectivityState.SHUTDOWN);
	}

	/**
	 * Close all connections and end the event loop.
	 * @return is done when the thread has ended
	 */
	public Future<?> close() {
		this.states.set(ConnectivityState.SHUTDOWN);
		execute(() -> {
			this.closed = true;
			this.open.closeAll();
			this.waiting.failAll(ended());
		});
		return this.loop.end();
	}

}
