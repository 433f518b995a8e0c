package io.flyteconnect.internal.token;

import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.listener.TokenListener;
import io.flyteconnect.internal.token.holdoff.FailureHold;
import io.flyteconnect.login.LoginException;
import io.flyteconnect.login.LoginFailure;
import io.flyteconnect.login.LoginStep;

/**
 * The life of a token: fetched once whatever the number of callers, renewed ahead in the
 * background, dropped when refused. Spring Security does not coalesce token requests, so
 * this guard stands around its manager.
 * <p>
 * A call pays one volatile read while there is a token. Everything else happens on the
 * login thread, or before it in a few compare-and-set steps; nothing here blocks.
 */
public class TokenManager {

	private final TokenGrant grant;

	private final Clock clock;

	private final TokenListener listener;

	private final AtomicReference<@Nullable AccessToken> current = new AtomicReference<>();

	private final FailureHold failure;

	private final TokenRequests requests;

	private final RejectionStreak rejections = new RejectionStreak();

	public TokenManager(String name, TokenGrant grant, Executor executor, Clock clock) {
		this(name, grant, executor, clock, false, TokenListener.NONE);
	}

	/**
	 * Create a manager.
	 * @param name what is logged in where, for messages
	 * @param grant fetches a token, blocking
	 * @param executor where that is done
	 * @param clock tells the time
	 * @param repeatable whether the grant may be used while an earlier use of it is still
	 * without an answer
	 * @param listener is told what becomes of the tokens
	 */
	public TokenManager(String name, TokenGrant grant, Executor executor, Clock clock, boolean repeatable,
			TokenListener listener) {
		this.failure = new FailureHold(name);
		this.grant = grant;
		this.clock = clock;
		this.listener = listener;
		this.requests = new TokenRequests(grant, executor, clock, repeatable, listener, this.current, this.failure);
	}

	/**
	 * Return the token for a call that leaves now.
	 * @return the token, or {@code null} if {@link #obtain() one must be obtained}
	 */
	public @Nullable AccessToken current() {
		AccessToken token = this.current.get();
		if (token == null) {
			return null;
		}
		long now = this.clock.millis();
		if (!token.isUsable(now)) {
			return null;
		}
		if (token.isToBeRenewed(now) && this.requests.underWay() == null && this.failure.at(now) == null) {
			// Nobody waits for it, so it is about nobody.
			this.requests.start(null, null);
		}
		return token;
	}

	/**
	 * Return the token that is there, without renewing it or asking for one.
	 * @return the token, or {@code null} if there is none that is good
	 */
	public @Nullable AccessToken held() {
		AccessToken token = this.current.get();
		return (token != null && token.isUsable(this.clock.millis())) ? token : null;
	}

	/**
	 * Obtain a token: from the request under way, the current one, or the failure that is
	 * being held off.
	 * @return a future that ends with a token or a {@link LoginException}
	 */
	public CompletableFuture<AccessToken> obtain() {
		return obtain(null);
	}

	/**
	 * Obtain a token for somebody else than the current thread.
	 * @param context what the token is wanted for, {@code null} for what the current
	 * thread is about
	 * @return a future that ends with a token or a {@link LoginException}
	 */
	public CompletableFuture<AccessToken> obtain(@Nullable Object context) {
		CompletableFuture<AccessToken> underWay = this.requests.underWay();
		if (underWay != null) {
			return underWay;
		}
		AccessToken token = this.current.get();
		long now = this.clock.millis();
		if (token != null && token.isUsable(now)) {
			return CompletableFuture.completedFuture(token);
		}
		LoginException recent = this.failure.at(now);
		return (recent != null && !this.grant.isChangePossible()) ? CompletableFuture.failedFuture(recent)
				: this.requests.start(recent, (context != null) ? context : this.listener.context());
	}

	TokenListener listener() {
		return this.listener;
	}

	/**
	 * Say what those wait for who wait for a token, and how the last attempt ended.
	 * @return the end of a sentence
	 */
	String progress() {
		SingleFlightRequest underWay = this.requests.underWay();
		LoginException last = this.failure.last();
		return ((underWay != null)
				? "step: " + this.grant.step() + ", under way for " + TokenWait.seconds(underWay.age())
				: "no attempt was under way")
				+ ((last != null) ? "; the last attempt ended with: " + last.getMessage()
						: "; no attempt has ended with an answer yet");
	}

	/**
	 * Take note that the server accepted a token.
	 */
	public void accepted(AccessToken token) {
		if (!token.isAccepted()) {
			token.accept();
		}
	}

	/**
	 * Drop a token that the server refused: exactly that one, and only once.
	 * @param token the refused token
	 * @return whether a call with another token is worth it: not right after a token was
	 * refused that nothing was ever called with, nor after several in a row, since a
	 * server may accept a token for one method and refuse it for another
	 */
	public boolean rejected(AccessToken token) {
		if (!token.isAnonymous() && token.reject()) {
			this.listener.rejected();
		}
		if (this.current.get() != token) {
			return true;
		}
		long now = this.clock.millis();
		if (this.rejections.isTooLong(token, now)) {
			return false;
		}
		// Before anybody can ask for another one.
		this.grant.rejected(token);
		if (this.current.compareAndSet(token, null)) {
			this.rejections.add(now);
		}
		return true;
	}

	/**
	 * Drop the token, whatever the server thinks of it.
	 * @param next the one to use instead, {@code null} for none
	 */
	public void replace(@Nullable AccessToken next) {
		this.current.set(next);
	}

	/**
	 * Drop the token, and the failure that is being held off, so that the next call gets
	 * another one.
	 */
	public void drop() {
		replace(null);
		this.failure.end();
	}

	/**
	 * Return what is being done to get a token.
	 * @return the step, or {@code null} if no token is being got
	 */
	public @Nullable LoginStep underWay() {
		return (this.requests.underWay() != null) ? this.grant.step() : null;
	}

	/**
	 * Return the last attempt that failed, also where there was a success since.
	 * @return the failure, or {@code null} if there was none
	 */
	public @Nullable LoginFailure lastFailure() {
		return this.failure.latest();
	}

	/**
	 * Let those who wait for a token wait no longer.
	 */
	public void close() {
		this.requests.close();
	}

}
