package io.flyteconnect.integration.connection.execution;

import java.util.concurrent.atomic.AtomicInteger;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;

/**
 * Loses answers on their way, as a connection does that breaks after the server has done
 * its work.
 */
class LostAnswers implements ClientInterceptor {

	private final AtomicInteger left = new AtomicInteger();

	/**
	 * Lose the answers of the next calls that succeed in creating something.
	 * @param times how many
	 */
	void loseNext(int times) {
		this.left.set(times);
	}

	@Override
	public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
		ClientCall<Q, R> call = next.newCall(method, options);
		if (!String.valueOf(method.getBareMethodName()).matches("(Create|Relaunch)Execution")) {
			return call;
		}
		return new SimpleForwardingClientCall<>(call) {

			@Override
			public void start(Listener<R> listener, Metadata headers) {
				super.start(new Lossy<>(listener), headers);
			}

		};
	}

	private final class Lossy<R> extends SimpleForwardingClientCallListener<R> {

		private boolean lost;

		private Lossy(ClientCall.Listener<R> listener) {
			super(listener);
		}

		@Override
		public void onMessage(R message) {
			this.lost = LostAnswers.this.left.getAndUpdate((left) -> Math.max(0, left - 1)) > 0;
			if (!this.lost) {
				super.onMessage(message);
			}
		}

		@Override
		public void onClose(Status status, Metadata trailers) {
			super.onClose(this.lost ? Status.UNAVAILABLE.withDescription("connection reset") : status, trailers);
		}

	}

}
