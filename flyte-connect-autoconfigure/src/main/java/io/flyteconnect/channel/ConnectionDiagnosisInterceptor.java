package io.flyteconnect.channel;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;

import io.flyteconnect.config.Endpoint;

/**
 * Says in plain words why a call did not reach Flyte Admin. Code, cause and trailers stay
 * as gRPC gave them.
 *
 * @param endpoint where Flyte Admin should be
 * @param plaintext whether the endpoint is called in plaintext
 * @author Flyte Connect
 */
record ConnectionDiagnosisInterceptor(Endpoint endpoint, boolean plaintext) implements ClientInterceptor {

	@Override
	public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
		return new SimpleForwardingClientCall<>(next.newCall(method, options)) {

			@Override
			public void start(Listener<R> listener, Metadata headers) {
				super.start(new DiagnosisListener<>(listener), headers);
			}

		};
	}

	private Status explain(Status status) {
		return ConnectionDiagnosis.explain(status, this.endpoint, this.plaintext);
	}

	private final class DiagnosisListener<R> extends SimpleForwardingClientCallListener<R> {

		DiagnosisListener(ClientCall.Listener<R> delegate) {
			super(delegate);
		}

		@Override
		public void onClose(Status status, Metadata trailers) {
			super.onClose(explain(status), trailers);
		}

	}

}
