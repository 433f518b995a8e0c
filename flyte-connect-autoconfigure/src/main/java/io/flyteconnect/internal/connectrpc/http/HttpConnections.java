package io.flyteconnect.internal.connectrpc.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import io.grpc.Attributes;
import io.grpc.ConnectivityState;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.resolver.DefaultNameResolver;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.connectrpc.http.HttpCallException.Failure;
import io.flyteconnect.internal.http.HttpConnector;

/**
 * The connections to one server. All of it belongs to one event loop, so that nothing
 * here needs a lock. A request takes a connection that has room, else one is opened; of
 * HTTP/1.1 up to the limit, of HTTP/2 another where the streams of the first are used up.
 */
public final class HttpConnections {

	/** A pause before connecting again, for the requests that wait however long. */
	private static final long PAUSE_MILLIS = 1000;

	private final HttpSettings settings;

	private final EventLoopGroup group;

	private final EventLoop eventLoop;

	private final HttpConnector connector;

	private final ChannelStates states;

	private final List<Entry> open = new ArrayList<>();

	private final Deque<HttpCall> waiting = new ArrayDeque<>();

	private final Set<Channel> channels = new HashSet<>();

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
		this.group = new MultiThreadIoEventLoopGroup(1, daemons("connect"), NioIoHandler.newFactory());
		this.eventLoop = this.group.next();
		this.connector = new HttpConnector(this.group, new DefaultNameResolver(ImmediateEventExecutor.INSTANCE),
				daemons("dns"), (int) settings.connectTimeout().toMillis(), PooledByteBufAllocator.DEFAULT);
		this.states = new ChannelStates(executor);
		this.http2 = (settings.tls() == null) ? settings.http2() : null;
	}

	private ThreadFactory daemons(String purpose) {
		return (task) -> {
			Thread thread = new FastThreadLocalThread(task,
					"flyte-" + purpose + "-" + this.settings.host() + ":" + this.settings.port());
			thread.setDaemon(true);
			return thread;
		};
	}

	/**
	 * Return the event loop of the connections, for timers.
	 * @return the event loop
	 */
	public EventLoop eventLoop() {
		return this.eventLoop;
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

	/**
	 * Run a task on the event loop.
	 * @param task the task
	 * @return {@code false} if the event loop has ended
	 */
	boolean execute(Runnable task) {
		if (this.eventLoop.inEventLoop()) {
			task.run();
			return true;
		}
		try {
			this.eventLoop.execute(task);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
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
		// The one used last, so that the others may end.
		for (int i = this.open.size() - 1; i >= 0; i--) {
			Entry entry = this.open.get(i);
			if (entry.connection().hasRoom()) {
				send(call, entry);
				return;
			}
		}
		this.waiting.add(call);
		openMore();
	}

	private void send(HttpCall call, Entry entry) {
		FullHttpRequest request;
		try {
			request = call.listener().request(entry.attributes());
		}
		catch (RuntimeException ex) {
			call.fail(new HttpCallException(Failure.REQUEST, "the request cannot be sent as it is: " + ex.getMessage(),
					ex));
			return;
		}
		if (call.isDone()) {
			request.release();
			return;
		}
		entry.use();
		entry.connection().send(call, request);
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
		new Opening(this.settings, this).start(this.connector);
	}

	void opening(Channel channel) {
		execute(() -> {
			if (this.closed) {
				channel.close();
			}
			else {
				this.channels.add(channel);
				channel.closeFuture().addListener((closed) -> this.channels.remove(channel));
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
		Entry entry = new Entry(connection, attributes());
		this.open.add(entry);
		this.states.set(ConnectivityState.READY);
		released(connection);
		openMore();
	}

	private Attributes attributes() {
		return (this.settings.transportFilter() != null)
				? this.settings.transportFilter().transportReady(Attributes.EMPTY) : Attributes.EMPTY;
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
		HttpCallException failure = new HttpCallException(Failure.CONNECT, "not connected", cause);
		List<HttpCall> failed = new ArrayList<>();
		for (Iterator<HttpCall> calls = this.waiting.iterator(); calls.hasNext() && !(others && !failed.isEmpty());) {
			HttpCall call = calls.next();
			if (!call.isPatient()) {
				calls.remove();
				failed.add(call);
			}
		}
		failed.forEach((call) -> call.fail(failure));
		if (!this.waiting.isEmpty() && !this.closed) {
			this.eventLoop.schedule(this::openMore, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	/**
	 * A connection has room again.
	 */
	void released(HttpConnection connection) {
		while (!this.waiting.isEmpty() && connection.hasRoom()) {
			dispatch(this.waiting.remove());
		}
		if (connection.isIdle() && !this.closed) {
			entry(connection).closeWhenIdle();
		}
	}

	private Entry entry(HttpConnection connection) {
		for (Entry entry : this.open) {
			if (entry.connection() == connection) {
				return entry;
			}
		}
		throw new IllegalStateException("Unknown connection");
	}

	void closed(HttpConnection connection) {
		this.open.removeIf((entry) -> {
			boolean ended = entry.connection() == connection;
			if (ended && this.settings.transportFilter() != null) {
				this.settings.transportFilter().transportTerminated(entry.attributes());
			}
			return ended;
		});
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
		execute(() -> List.copyOf(this.open).forEach((entry) -> entry.connection().retire()));
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
			List.copyOf(this.channels).forEach(Channel::close);
			List.copyOf(this.waiting).forEach((call) -> call.fail(ended()));
			this.waiting.clear();
		});
		return this.group.shutdownGracefully(0, 5, TimeUnit.SECONDS);
	}

	/**
	 * A connection, what is known of it, and when it was used.
	 */
	private final class Entry {

		private final HttpConnection connection;

		private final Attributes attributes;

		private long used;

		private boolean timed;

		Entry(HttpConnection connection, Attributes attributes) {
			this.connection = connection;
			this.attributes = attributes;
		}

		HttpConnection connection() {
			return this.connection;
		}

		Attributes attributes() {
			return this.attributes;
		}

		void use() {
			this.used = System.nanoTime();
		}

		/**
		 * One timer for each connection, however many requests it has.
		 */
		void closeWhenIdle() {
			use();
			if (!this.timed) {
				this.timed = true;
				checkAfter(HttpConnections.this.settings.idleTimeout().toNanos());
			}
		}

		private void checkAfter(long nanos) {
			HttpConnections.this.eventLoop.schedule(() -> {
				long left = this.used + HttpConnections.this.settings.idleTimeout().toNanos() - System.nanoTime();
				if (!this.connection.isIdle()) {
					this.timed = false;
				}
				else if (left > 0) {
					checkAfter(left);
				}
				else {
					this.connection.retire();
				}
			}, nanos, TimeUnit.NANOSECONDS);
		}

	}

}
