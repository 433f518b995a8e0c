package io.flyteconnect.internal.connectrpc.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import io.grpc.ConnectivityState;

/**
 * The state of all connections together, and who wants to be told of its next change.
 */
final class ChannelStates {

	private final Executor executor;

	private final List<Runnable> callbacks = new ArrayList<>();

	private ConnectivityState state = ConnectivityState.IDLE;

	ChannelStates(Executor executor) {
		this.executor = executor;
	}

	synchronized ConnectivityState get() {
		return this.state;
	}

	synchronized void set(ConnectivityState state) {
		if (this.state != state && this.state != ConnectivityState.SHUTDOWN) {
			this.state = state;
			this.callbacks.forEach(this.executor::execute);
			this.callbacks.clear();
		}
	}

	synchronized void onChange(ConnectivityState source, Runnable callback) {
		if (this.state != source) {
			this.executor.execute(callback);
		}
		else {
			this.callbacks.add(callback);
		}
	}

}
