package io.flyteconnect.internal.token;

import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.listener.TokenListener;
import io.flyteconnect.internal.token.holdoff.FailureHold;
import io.flyteconnect.login.LoginException;

/**
 * Makes the requests for tokens on the login thread, one at a time whatever the number of
 * callers, and keeps what they end with.
 */
final class TokenRequests {

	private final TokenGrant grant;

	private final Executor executor;

	private final Clock clock;

	private final boolean repeatable;

	private final TokenListener listener;

	private final AtomicReference<@Nullable AccessToken> current;

	private final FailureHold failure;

	private final AtomicReference<@Nullable SingleFlightRequest> underWay = new AtomicReference<>();

	/**
	 * Create it.
	 * @param grant fetches a token, blocking
	 * @param executor where that is done
	 * @param clock tells the time
	 * @param repeatable whether the grant may be used while an earlier use of it is still
	 * without an answer
	 * @param listener is told of each request
	 * @param current takes the token of a request that succeeds
	 * @param failure takes the failure of one that does not
	 */
	TokenRequests(TokenGrant grant, Executor executor, Clock clock, boolean repeatable, TokenListener listener,
			AtomicReference<@Nullable AccessToken> current, FailureHold failure) {
		this.grant = grant;
		this.executor = executor;
		this.clock = clock;
		this.repeatable = repeatable;
		this.listener = listener;
		this.current = current;
		this.failure = failure;
	}

	/**
	 * Return the request that has not ended yet, {@code null} if there is none.
	 */
	@Nullable SingleFlightRequest underWay() {
		return this.underWay.get();
	}

	/**
	 * Start to obtain a token, unless somebody does.
	 * @param held a failure that is being held off, which stands for another one unless
	 * the reason for it has changed
	 * @param context what the token is wanted for
	 */
	CompletableFuture<AccessToken> start(@Nullable LoginException held, @Nullable Object context) {
		SingleFlightRequest own = new SingleFlightRequest(context);
		SingleFlightRequest other = this.underWay.compareAndExchange(null, own);
		if (other != null) {
			return other;
		}
		AccessToken token = this.current.get();
		long now = this.clock.millis();
		if (token != null && token.isUsable(now) && !token.isToBeRenewed(now)) {
			// Another request ended between the caller's look at the token and here.
			finish(own, token, null);
			return own;
		}
		try {
			this.executor.execute(() -> run(own, held));
			if (this.repeatable && token != null && token.isUsable(now)) {
				own.repeatHalfway(token.millisLeft(now), this.executor, () -> run(own, null));
			}
		}
		catch (RejectedExecutionException ex) {
			finish(own, null, closed(ex));
		}
		catch (RuntimeException | Error ex) {
			finish(own, null, LoginException.tokenRequest(
					"no thread could be started for the login: see the limits of threads and memory of this process",
					ex));
		}
		return own;
	}

	/**
	 * End the request that is under way, as far as those are concerned who wait for it.
	 */
	void close() {
		SingleFlightRequest last = this.underWay.get();
		if (last != null && last.succeed()) {
			finish(last, null, closed(null));
		}
	}

	private static LoginException closed(@Nullable Throwable cause) {
		return LoginException.tokenRequest("the connection is closed", cause);
	}

	private void run(SingleFlightRequest own, @Nullable LoginException held) {
		try {
			if (held != null && !this.grant.isChanged()) {
				if (own.succeed()) {
					finish(own, null, held);
				}
				return;
			}
			AccessToken token = request(own);
			if (own.succeed()) {
				this.failure.end();
				this.current.set(token);
				finish(own, token, null);
			}
		}
		catch (LoginException ex) {
			fail(own, ex);
		}
		catch (Throwable ex) {
			fail(own, unexpected(ex));
		}
	}

	private AccessToken request(SingleFlightRequest own) {
		AccessToken old = this.current.get();
		boolean renewal = old != null && old.isUsable(this.clock.millis());
		TokenListener.Request request = this.listener.requested(renewal, own.context());
		try {
			AccessToken token = this.grant.obtain();
			if (token.isAnonymous()) {
				request.unneeded();
			}
			else {
				request.succeeded(token.end());
			}
			return token;
		}
		catch (LoginException ex) {
			request.failed(ex);
			throw ex;
		}
		catch (Throwable ex) {
			LoginException failure = unexpected(ex);
			request.failed(failure);
			throw failure;
		}
	}

	// A value that is refused today is refused tomorrow.
	private static LoginException unexpected(Throwable ex) {
		return LoginException.tokenRequest("unexpected " + ex.getClass().getName(),
				ex instanceof IllegalArgumentException, ex);
	}

	private void fail(SingleFlightRequest own, LoginException ex) {
		if (own.fail()) {
			this.failure.hold(ex, this.clock.millis());
			finish(own, null, ex);
		}
	}

	private void finish(SingleFlightRequest own, @Nullable AccessToken token, @Nullable LoginException ex) {
		// Cleared before anybody is told: who asks again then starts a new request.
		this.underWay.set(null);
		own.end(token, ex);
	}

}
