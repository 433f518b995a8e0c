package io.flyteconnect.oauth2;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;

/**
 * Puts the connection's token on each call, unless the caller brings credentials of its
 * own. A refused token is dropped; a unary call is then repeated once.
 */
class AuthorizationInterceptor implements ClientInterceptor {

	/**
	 * Set on the calls that ask how to log in.
	 */
	static final CallOptions.Key<Boolean> ANONYMOUS = CallOptions.Key
		.createWithDefault("io.flyteconnect.oauth2.anonymous", false);

	private final TokenSupply supply;

	private final String login;

	AuthorizationInterceptor(TokenSupply supply, String login) {
		this.supply = supply;
		this.login = login;
	}

	@Override
	public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
		if (options.getOption(ANONYMOUS) || options.getCredentials() != null) {
			return next.newCall(method, options);
		}
		if (method.getType() == MethodType.UNARY) {
			return new AuthorizedUnaryCall<>(this, method, options, next);
		}
		CallToken token = newToken();
		return new SimpleForwardingClientCall<>(next.newCall(method, options.withCallCredentials(token))) {

			@Override
			public void start(Listener<R> listener, Metadata headers) {
				super.start(new SimpleForwardingClientCallListener<>(listener) {

					@Override
					public void onClose(Status status, Metadata trailers) {
						isRefused(status, token);
						super.onClose(explain(status, token, false), trailers);
					}

				}, headers);
			}

		};
	}

	CallToken newToken() {
		return new CallToken(this.supply, this.login);
	}

	/**
	 * Learn from the end of an attempt whether the server accepts the token.
	 * @return whether the token was refused and another one is worth a try
	 */
	boolean isRefused(Status status, CallToken token) {
		AccessToken used = token.used();
		if (used == null) {
			return false;
		}
		if (status.getCode() == Status.Code.UNAUTHENTICATED) {
			return this.supply.refused(used);
		}
		if (status.isOk()) {
			this.supply.accepted(used);
		}
		return false;
	}

	/**
	 * Say in a refusal what was refused. Failures of the login itself say so already.
	 */
	Status explain(Status status, CallToken token, boolean repeated) {
		AccessToken used = token.used();
		if (status.getCode() != Status.Code.UNAUTHENTICATED || used == null) {
			return status;
		}
		LoginException refusal = LoginException.refused(status, used.isAnonymous(), repeated);
		return refusal.toStatus(this.login);
	}

}
