package io.flyteconnect.internal.call;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ForwardingClientCall;
import io.grpc.ForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * A unary call that is made once more, with another token, when the server refuses the
 * one it was made with. The second attempt waits for its token inside gRPC, so the
 * deadline and the cancellation of the call hold all the time.
 *
 * @param <Q> the request
 * @param <R> the response
 */
class AuthorizedUnaryCall<Q, R> extends ForwardingClientCall<Q, R> {

	private final AuthorizationInterceptor authorization;

	private final boolean anonymous;

	private final MethodDescriptor<Q, R> method;

	private final CallOptions options;

	private final Channel next;

	private final Object lock = new Object();

	private volatile ClientCall<Q, R> attempt;

	private volatile CallToken token;

	private @Nullable Metadata headers;

	private @Nullable Q message;

	private int requested;

	private boolean cancelled;

	AuthorizedUnaryCall(AuthorizationInterceptor authorization, boolean anonymous, MethodDescriptor<Q, R> method,
			CallOptions options, Channel next) {
		this.authorization = authorization;
		this.anonymous = anonymous;
		this.method = method;
		this.options = options;
		this.next = next;
		this.token = authorization.newToken(anonymous, options, 0);
		this.attempt = next.newCall(method, AuthorizationInterceptor.authorize(options, this.token));
	}

	@Override
	protected ClientCall<Q, R> delegate() {
		return this.attempt;
	}

	@Override
	public void start(Listener<R> listener, Metadata headers) {
		// gRPC writes into the headers of an attempt, so the next one needs its own.
		this.headers = new Metadata();
		this.headers.merge(headers);
		this.attempt.start(new AttemptListener(listener, false), headers);
	}

	@Override
	public void request(int messages) {
		synchronized (this.lock) {
			this.requested += messages;
			this.attempt.request(messages);
		}
	}

	@Override
	public void sendMessage(Q message) {
		this.message = message;
		super.sendMessage(message);
	}

	@Override
	public void cancel(@Nullable String reason, @Nullable Throwable cause) {
		synchronized (this.lock) {
			this.cancelled = true;
			this.attempt.cancel(reason, cause);
		}
	}

	private boolean repeat(Listener<R> listener) {
		synchronized (this.lock) {
			if (this.cancelled || this.message == null || this.headers == null) {
				return false;
			}
			this.token = this.authorization.newToken(this.anonymous, this.options, this.token.asked());
			this.attempt = this.next.newCall(this.method, AuthorizationInterceptor.authorize(this.options, this.token));
			this.attempt.start(new AttemptListener(listener, true), this.headers);
			this.attempt.request(this.requested);
			this.attempt.sendMessage(this.message);
			this.attempt.halfClose();
			return true;
		}
	}

	private final class AttemptListener extends ForwardingClientCallListener<R> {

		private final Listener<R> listener;

		private final boolean repeated;

		private @Nullable Metadata responseHeaders;

		private AttemptListener(Listener<R> listener, boolean repeated) {
			this.listener = listener;
			this.repeated = repeated;
		}

		@Override
		protected Listener<R> delegate() {
			return this.listener;
		}

		/**
		 * Held back until it is certain that this attempt is the one that counts.
		 */
		@Override
		public void onHeaders(Metadata headers) {
			this.responseHeaders = headers;
		}

		@Override
		public void onMessage(R message) {
			passHeaders();
			super.onMessage(message);
		}

		@Override
		public void onClose(Status status, Metadata trailers) {
			CallToken attempted = AuthorizedUnaryCall.this.token;
			boolean another = AuthorizedUnaryCall.this.authorization.isRefused(status, attempted);
			if (another && !this.repeated && repeat(this.listener)) {
				return;
			}
			passHeaders();
			super.onClose(AuthorizedUnaryCall.this.authorization.explain(status, attempted, this.repeated), trailers);
		}

		private void passHeaders() {
			Metadata held = this.responseHeaders;
			if (held != null) {
				this.responseHeaders = null;
				super.onHeaders(held);
			}
		}

	}

}
