package io.flyteconnect.internal.call;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;

/**
 * Keeps tokens that the application's interceptors write off the calls that go without a
 * token.
 *
 * @param headers the headers of tokens
 */
public record AnonymousCallInterceptor(TokenHeaders headers) implements ClientInterceptor {

	@Override
	public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
		ClientCall<Q, R> call = next.newCall(method, options);
		if (!options.getOption(AuthorizationInterceptor.ANONYMOUS)) {
			return call;
		}
		return new SimpleForwardingClientCall<>(call) {

			@Override
			public void start(Listener<R> listener, Metadata metadata) {
				AnonymousCallInterceptor.this.headers.removeFromAnonymous(metadata);
				super.start(listener, metadata);
			}

		};
	}

}
