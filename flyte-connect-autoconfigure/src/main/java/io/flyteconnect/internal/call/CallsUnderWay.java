package io.flyteconnect.internal.call;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;

/**
 * Counts the calls of a channel, so that its end waits for them and for nothing else:
 * gRPC keeps a connection that was replaced for 5 s
 * ({@code SUBCHANNEL_SHUTDOWN_DELAY_SECONDS} of {@code ManagedChannelImpl}), and a
 * channel does not end before its connections do.
 */
public final class CallsUnderWay implements ClientInterceptor {

	/** How long connections without calls have to end by themselves. */
	private static final Duration FAREWELL = Duration.ofMillis(250);

	private int count;

	@Override
	public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
		return new SimpleForwardingClientCall<>(next.newCall(method, options)) {

			@Override
			public void start(Listener<R> listener, Metadata headers) {
				add(1);
				try {
					super.start(new SimpleForwardingClientCallListener<>(listener) {

						@Override
						public void onClose(Status status, Metadata trailers) {
							try {
								super.onClose(status, trailers);
							}
							finally {
								add(-1);
							}
						}

					}, headers);
				}
				catch (RuntimeException | Error ex) {
					add(-1);
					throw ex;
				}
			}

		};
	}

	private synchronized void add(int calls) {
		this.count += calls;
		notifyAll();
	}

	/**
	 * End a channel. A connection does not end while credentials are awaited on it, even
	 * those of calls that have ended ({@code CallCredentialsApplyingTransportFactory} of
	 * gRPC).
	 * @param channel the channel
	 * @param grace how long calls may go on
	 * @param credentials ends the wait for credentials
	 */
	public void end(ManagedChannel channel, Duration grace, Runnable credentials) {
		channel.shutdown();
		try {
			boolean none = awaitNone(grace);
			if (!none) {
				channel.shutdownNow();
			}
			credentials.run();
			if (none && !channel.awaitTermination(shorter(grace, FAREWELL).toNanos(), TimeUnit.NANOSECONDS)) {
				channel.shutdownNow();
			}
		}
		catch (InterruptedException ex) {
			channel.shutdownNow();
			Thread.currentThread().interrupt();
		}
	}

	private synchronized boolean awaitNone(Duration grace) throws InterruptedException {
		long end = System.nanoTime() + grace.toNanos();
		while (this.count > 0) {
			long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
			if (left <= 0) {
				return false;
			}
			wait(left);
		}
		return true;
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

}
