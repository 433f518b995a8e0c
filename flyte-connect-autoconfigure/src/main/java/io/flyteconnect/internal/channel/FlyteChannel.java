package io.flyteconnect.internal.channel;

import io.grpc.ManagedChannel;

/**
 * The gRPC channel of one connection and its end. Connects with the first call.
 *
 * @since 0.1.0
 * @see FlyteChannelFactory
 */
public final class FlyteChannel implements AutoCloseable {

	private final String target;

	private final ManagedChannel channel;

	private final Runnable shutdown;

	FlyteChannel(String target, ManagedChannel channel, Runnable shutdown) {
		this.target = target;
		this.channel = channel;
		this.shutdown = shutdown;
	}

	/**
	 * Return the channel to make stubs of.
	 * @return the channel, which connects with its first call
	 */
	public ManagedChannel managed() {
		return this.channel;
	}

	/**
	 * Refuse new calls, let those in flight finish within
	 * {@code flyte.channel.shutdown-grace-period}, then cancel the rest. Returns when the
	 * channel has ended; further calls of this method do nothing.
	 */
	@Override
	public void close() {
		this.shutdown.run();
	}

	@Override
	public String toString() {
		return this.target;
	}

}
