package io.flyteconnect.internal.connectrpc.http;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.connectrpc.http.HttpCallException.Failure;

/**
 * A request that waits for a connection, or is under way. Belongs to the event loop; what
 * others may call goes there.
 */
public final class HttpCall {

	/** How often a request is sent that the server is known not to have seen. */
	private static final int MAX_ATTEMPTS = 5;

	private final HttpConnections connections;

	private final ResponseListener listener;

	private final boolean patient;

	private @Nullable ExchangeHandler exchange;

	private boolean done;

	private int attempts;

	HttpCall(HttpConnections connections, ResponseListener listener, boolean patient) {
		this.connections = connections;
		this.listener = listener;
		this.patient = patient;
	}

	/**
	 * Send the request, over a connection that is there or is opened.
	 */
	public void send() {
		this.connections.send(this);
	}

	/**
	 * Give the request up: its connection is closed, or its stream reset. The listener
	 * hears no more.
	 */
	public void cancel() {
		this.connections.execute(() -> {
			if (!this.done) {
				this.done = true;
				this.connections.forget(this);
				if (this.exchange != null) {
					this.exchange.abandon();
				}
			}
		});
	}

	/**
	 * Read on, since the listener wants more.
	 */
	public void readMore() {
		this.connections.execute(() -> {
			if (!this.done && this.exchange != null) {
				this.exchange.readMore();
			}
		});
	}

	boolean isDone() {
		return this.done;
	}

	/**
	 * Return whether the request waits for a connection however often none is there.
	 */
	boolean isPatient() {
		return this.patient;
	}

	ResponseListener listener() {
		return this.listener;
	}

	void started(ExchangeHandler exchange) {
		this.exchange = exchange;
		this.attempts++;
	}

	void complete() {
		if (!this.done) {
			this.done = true;
			this.listener.end();
		}
	}

	void fail(HttpCallException failure) {
		if (!this.done) {
			this.done = true;
			this.listener.failed(failure);
		}
	}

	/**
	 * The server has not seen the request, so that it may be sent once more.
	 */
	void unsent(Throwable cause) {
		this.exchange = null;
		if (this.done) {
			return;
		}
		if (this.attempts < MAX_ATTEMPTS) {
			this.connections.dispatch(this);
		}
		else {
			fail(new HttpCallException(Failure.CUT, "the server ends each connection before it takes the request",
					cause));
		}
	}

}
