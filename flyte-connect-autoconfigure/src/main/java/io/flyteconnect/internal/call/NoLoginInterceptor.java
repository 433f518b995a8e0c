package io.flyteconnect.internal.call;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.Status.Code;

/**
 * Puts nothing on a call: mode {@code none}. A caller whom the server refuses for that
 * learns which setting it was.
 */
public class NoLoginInterceptor implements ClientInterceptor {

	private final String advice;

	/**
	 * Create an interceptor.
	 * @param mode the mode, and where it is set
	 */
	public NoLoginInterceptor(String mode) {
		this.advice = "No token was sent, and the server wants one. Check the " + mode;
	}

	@Override
	public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
		ClientCall<Q, R> call = next.newCall(method, options);
		return (options.getCredentials() != null) ? call : new SimpleForwardingClientCall<>(call) {

			@Override
			public void start(Listener<R> listener, Metadata headers) {
				super.start(new SimpleForwardingClientCallListener<>(listener) {

					@Override
					public void onClose(Status status, Metadata trailers) {
						super.onClose((status.getCode() == Code.UNAUTHENTICATED)
								? AuthorizationInterceptor.said(status, NoLoginInterceptor.this.advice) : status,
								trailers);
					}

				}, headers);
			}

		};
	}

}
