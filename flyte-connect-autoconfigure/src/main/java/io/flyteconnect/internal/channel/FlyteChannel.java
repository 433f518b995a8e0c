package io.flyteconnect.internal.channel;

import java.time.Duration;
import java.util.function.BiConsumer;

import io.grpc.Channel;
import io.grpc.ManagedChannel;

import io.flyteconnect.internal.call.CallsUnderWay;

/**
 * The gRPC channel of one connection and its end. Connects with the first call.
 *
 * @since 0.1.0
 * @see FlyteChannelFactory
 */
public final class FlyteChannel implements AutoCloseable {

	private final String target;

	private final ManagedChannel channel;

	private final CallsUnderWay calls;

	private final Duration grace;

	private final BiConsumer<Duration, Runnable> shutdown;

	FlyteChannel(String target, ManagedChannel channel, CallsUnderWay calls, Duration grace,
			BiConsumer<Duration, Runnable> shutdown) {
		this.target = target;
		this.channel = channel;
		this.calls = calls;
		this.grace = grace;
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
	 * Connect anew: calls under way finish on the old connection. Pauses between attempts
	 * to connect end.
	 */
	public void reconnect() {
		this.channel.resetConnectBackoff();
		this.channel.enterIdle();
		this.channel.getState(true);
	}

	/**
	 * Refuse new calls, let those in flight finish within
	 * {@code flyte.channel.shutdown-grace-period}, then cancel the rest. Returns when the
	 * channel has ended; further calls of this method do nothing.
	 */
	@Override
	public void close() {
		close(this.grace, () -> {
		});
	}

	/**
	 * Close the channel, which does not end while credentials are awaited.
	 * @param limit how long calls in flight may go on, if that is less
	 * @param credentials ends the wait for credentials once no call is under way, or the
	 * rest is cancelled
	 */
	public void close(Duration limit, Runnable credentials) {
		this.shutdown.accept(shorter(limit), credentials);
	}

	/**
	 * Have calls that were made of this channel, but start from now on, go to another.
	 * @param successor where they go
	 */
	public void redirect(Channel successor) {
		this.calls.redirect(successor);
	}

	/**
	 * Close the channel after another has taken its place: calls in flight finish on this
	 * one within their deadlines, those without one within
	 * {@code flyte.channel.shutdown-grace-period}, and one that was made of it but starts
	 * late goes to the other. Returns when the channel has ended.
	 * @param successor where late calls go
	 * @param credentials ends the wait for credentials
	 */
	public void retire(Channel successor, Runnable credentials) {
		boolean none = this.calls.retire(successor, this.grace);
		this.shutdown.accept(none ? this.grace : Duration.ZERO, credentials);
	}

	/**
	 * Let calls of a channel that another has taken the place of go on no longer,
	 * whatever their deadlines say.
	 * @param limit how long they may, if that is less than
	 * {@code flyte.channel.shutdown-grace-period}
	 */
	public void endWithin(Duration limit) {
		this.calls.endWithin(shorter(limit));
	}

	private Duration shorter(Duration limit) {
		return (limit.compareTo(this.grace) < 0) ? limit : this.grace;
	}

	@Override
	public String toString() {
		return this.target;
	}

}
