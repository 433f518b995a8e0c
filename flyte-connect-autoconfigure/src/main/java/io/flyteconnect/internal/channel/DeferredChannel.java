package io.flyteconnect.internal.channel;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A channel that is made when the first call needs it, so that an application that only
 * starts does not load Netty and its TLS. A channel that has ended before that is made
 * all the same, for what gRPC says of calls on it.
 */
final class DeferredChannel extends ManagedChannel {

	private final String name;

	private final Supplier<ManagedChannel> maker;

	// No monitor, which would hold on to the thread that carries a virtual one.
	private final Lock lock = new ReentrantLock();

	private volatile @Nullable ManagedChannel made;

	private volatile boolean ended;

	/**
	 * Defer a channel.
	 * @param name what it is called until it is there
	 * @param maker makes it
	 */
	DeferredChannel(String name, Supplier<ManagedChannel> maker) {
		this.name = name;
		this.maker = maker;
	}

	private ManagedChannel made() {
		ManagedChannel made = this.made;
		return (made != null) ? made : make();
	}

	private ManagedChannel make() {
		this.lock.lock();
		try {
			ManagedChannel made = this.made;
			if (made == null) {
				made = this.maker.get();
				if (this.ended) {
					made.shutdownNow();
				}
				this.made = made;
			}
			return made;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * End the channel, whether it is there or is being made.
	 * @return the channel, or {@code null} if there is nothing to end
	 */
	private @Nullable ManagedChannel end() {
		this.lock.lock();
		try {
			this.ended = true;
			return this.made;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
		return made().newCall(method, options);
	}

	@Override
	public String authority() {
		return made().authority();
	}

	@Override
	public ManagedChannel shutdown() {
		ManagedChannel made = end();
		if (made != null) {
			made.shutdown();
		}
		return this;
	}

	@Override
	public ManagedChannel shutdownNow() {
		ManagedChannel made = end();
		if (made != null) {
			made.shutdownNow();
		}
		return this;
	}

	@Override
	public boolean isShutdown() {
		return this.ended;
	}

	@Override
	public boolean isTerminated() {
		ManagedChannel made = this.made;
		return (made != null) ? made.isTerminated() : this.ended;
	}

	@Override
	public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
		ManagedChannel made = this.made;
		return (made == null && this.ended) || made().awaitTermination(timeout, unit);
	}

	@Override
	public ConnectivityState getState(boolean requestConnection) {
		ManagedChannel made = this.made;
		if (made == null && !requestConnection) {
			return this.ended ? ConnectivityState.SHUTDOWN : ConnectivityState.IDLE;
		}
		return made().getState(requestConnection);
	}

	@Override
	public void notifyWhenStateChanged(ConnectivityState source, Runnable callback) {
		made().notifyWhenStateChanged(source, callback);
	}

	@Override
	public void resetConnectBackoff() {
		ManagedChannel made = this.made;
		if (made != null) {
			made.resetConnectBackoff();
		}
	}

	@Override
	public void enterIdle() {
		ManagedChannel made = this.made;
		if (made != null) {
			made.enterIdle();
		}
	}

	@Override
	public String toString() {
		ManagedChannel made = this.made;
		return (made != null) ? made.toString() : this.name;
	}

}
