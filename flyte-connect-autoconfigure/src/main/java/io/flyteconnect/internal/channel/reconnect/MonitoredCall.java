package io.flyteconnect.internal.channel.reconnect;

import java.util.concurrent.TimeoutException;

import io.grpc.ClientCall;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * A call that tells when it ended by time, before its caller hears of it: the caller's
 * next call already takes the new connection.
 *
 * @param <Q> the type of the request
 * @param <R> the type of the response
 */
final class MonitoredCall<Q, R> extends SimpleForwardingClientCall<Q, R> {

	private final AttemptTracking attempts;

	MonitoredCall(ClientCall<Q, R> delegate, AttemptTracking attempts) {
		super(delegate);
		this.attempts = attempts;
	}

	@Override
	public void start(Listener<R> listener, Metadata headers) {
		super.start(new SimpleForwardingClientCallListener<>(listener) {

			@Override
			public void onClose(Status status, Metadata trailers) {
				if (status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
					MonitoredCall.this.attempts.timedOut();
				}
				super.onClose(MonitoredCall.this.attempts.caused(status), trailers);
			}

		}, headers);
	}

	@Override
	public void cancel(@Nullable String message, @Nullable Throwable cause) {
		if (cause instanceof TimeoutException) {
			this.attempts.timedOut();
		}
		super.cancel(message, cause);
	}

}
