package io.flyteconnect.internal.channel;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;

/**
 * A channel with interceptors in front of it, which gRPC's own builders put there.
 */
final class InterceptedChannel extends ManagedChannel {

	private final ManagedChannel channel;

	private final Channel intercepted;

	InterceptedChannel(ManagedChannel channel, List<ClientInterceptor> interceptors) {
		this.channel = channel;
		this.intercepted = ClientInterceptors.intercept(channel, interceptors);
	}

	@Override
	public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
		return this.intercepted.newCall(method, options);
	}

	@Override
	public String authority() {
		return this.channel.authority();
	}

	@Override
	public ManagedChannel shutdown() {
		this.channel.shutdown();
		return this;
	}

	@Override
	public ManagedChannel shutdownNow() {
		this.channel.shutdownNow();
		return this;
	}

	@Override
	public boolean isShutdown() {
		return this.channel.isShutdown();
	}

	@Override
	public boolean isTerminated() {
		return this.channel.isTerminated();
	}

	@Override
	public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
		return this.channel.awaitTermination(timeout, unit);
	}

	@Override
	public ConnectivityState getState(boolean requestConnection) {
		return this.channel.getState(requestConnection);
	}

	@Override
	public void notifyWhenStateChanged(ConnectivityState source, Runnable callback) {
		this.channel.notifyWhenStateChanged(source, callback);
	}

	@Override
	public void resetConnectBackoff() {
		this.channel.resetConnectBackoff();
	}

	@Override
	public void enterIdle() {
		this.channel.enterIdle();
	}

	@Override
	public String toString() {
		return this.channel.toString();
	}

}
