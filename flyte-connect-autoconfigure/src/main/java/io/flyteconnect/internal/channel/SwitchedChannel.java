package io.flyteconnect.internal.channel;

import java.util.concurrent.TimeUnit;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;

/**
 * The one channel that all stubs of a connection have, in front of the one that its
 * settings of the time ask for. A call is of the channel that is there as it is made: one
 * volatile read, and nothing is allocated.
 *
 * @since 0.1.0
 */
public final class SwitchedChannel extends ManagedChannel {

	private volatile ManagedChannel current;

	/**
	 * Create a channel.
	 * @param first where calls go at first
	 */
	public SwitchedChannel(ManagedChannel first) {
		this.current = first;
	}

	/**
	 * Send the calls that are made from now on elsewhere. Calls under way stay where they
	 * are.
	 * @param next where calls go
	 */
	public void use(ManagedChannel next) {
		this.current = next;
	}

	@Override
	public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
		return this.current.newCall(method, options);
	}

	@Override
	public String authority() {
		return this.current.authority();
	}

	@Override
	public ManagedChannel shutdown() {
		this.current.shutdown();
		return this;
	}

	@Override
	public ManagedChannel shutdownNow() {
		this.current.shutdownNow();
		return this;
	}

	@Override
	public boolean isShutdown() {
		return this.current.isShutdown();
	}

	@Override
	public boolean isTerminated() {
		return this.current.isTerminated();
	}

	@Override
	public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
		return this.current.awaitTermination(timeout, unit);
	}

	@Override
	public ConnectivityState getState(boolean requestConnection) {
		return this.current.getState(requestConnection);
	}

	@Override
	public void notifyWhenStateChanged(ConnectivityState source, Runnable callback) {
		this.current.notifyWhenStateChanged(source, callback);
	}

	@Override
	public void resetConnectBackoff() {
		this.current.resetConnectBackoff();
	}

	@Override
	public void enterIdle() {
		this.current.enterIdle();
	}

	@Override
	public String toString() {
		return this.current.toString();
	}

}
