package io.flyteconnect.internal.call;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.token.AccessToken;
import io.flyteconnect.internal.token.TokenManager;
import io.flyteconnect.internal.token.TokenWait;
import io.flyteconnect.login.LoginException;
import io.flyteconnect.login.LoginStep;

/**
 * The credentials of one call, which remember what they put on it. gRPC asks again for
 * each attempt, and goes on with its own work while there is no token yet.
 */
final class CallToken extends CallCredentials {

	private static final AccessToken NOTHING = AccessToken.none(Instant.ofEpochMilli(Long.MAX_VALUE));

	private static final int MOST_ASKED = 2;

	private final @Nullable TokenManager supply;

	private final @Nullable TokenManager proxy;

	private final boolean besideCallers;

	private final String login;

	private volatile @Nullable AccessToken used;

	private volatile @Nullable AccessToken usedProxy;

	/** The attempts of a call come one after the other. */
	private volatile int asked;

	private volatile int requests;

	private volatile @Nullable Throwable failure;

	private volatile @Nullable TokenWait wait;

	/**
	 * Create the credentials of a call.
	 * @param supply gives the token, {@code null} for a call that takes none
	 * @param proxy gives the token for a proxy in front of Flyte, {@code null} if there
	 * is none
	 * @param besideCallers whether the caller brings credentials of its own
	 * @param login what is logged in where, for messages
	 * @param asked how many times the call has waited for a token before
	 */
	CallToken(@Nullable TokenManager supply, @Nullable TokenManager proxy, boolean besideCallers, String login,
			int asked) {
		this.supply = supply;
		this.proxy = proxy;
		this.besideCallers = besideCallers;
		this.login = login;
		this.asked = asked;
	}

	@Override
	public void applyRequestMetadata(RequestInfo request, Executor executor, MetadataApplier applier) {
		AccessToken token = current(this.supply);
		AccessToken proxyToken = current(this.proxy);
		if (token != null && proxyToken != null) {
			apply(token, proxyToken, applier);
			return;
		}
		this.wait = wait((token != null) ? this.proxy : this.supply);
		// One after the other: logging in may well renew the proxy's token on its way.
		obtain(token, this.supply)
			.thenCompose((obtained) -> obtain(current(this.proxy), this.proxy)
				.thenAccept((obtainedProxy) -> apply(obtained, obtainedProxy, applier)))
			.exceptionally((ex) -> {
				applier.fail(status(ex));
				return null;
			});
	}

	private static @Nullable AccessToken current(@Nullable TokenManager supply) {
		return (supply != null) ? supply.current() : NOTHING;
	}

	private CompletableFuture<AccessToken> obtain(@Nullable AccessToken current, @Nullable TokenManager supply) {
		if (current != null || supply == null) {
			return CompletableFuture.completedFuture((current != null) ? current : NOTHING);
		}
		return supply.obtain().whenComplete((token, ex) -> count(supply, token, ex));
	}

	private void count(TokenManager supply, @Nullable AccessToken token, @Nullable Throwable ex) {
		if (token == null) {
			// A failure that is being held off was met before: nobody was asked again.
			if (ex == this.failure) {
				return;
			}
			this.failure = ex;
		}
		this.asked++;
		if (supply == this.supply) {
			this.requests += (token != null) ? token.requests() : requests(ex);
		}
	}

	private static int requests(@Nullable Throwable ex) {
		return (ex instanceof LoginException failure && failure.getStep() == LoginStep.TOKEN_REQUEST) ? 1 : 0;
	}

	private static @Nullable TokenWait wait(@Nullable TokenManager supply) {
		return (supply != null) ? TokenWait.begin(supply) : null;
	}

	private void apply(AccessToken token, AccessToken proxyToken, MetadataApplier applier) {
		this.wait = null;
		this.used = (token != NOTHING) ? token : null;
		if (proxyToken == NOTHING) {
			applier.apply(token.headers());
			return;
		}
		this.usedProxy = proxyToken;
		Metadata both = new Metadata();
		both.merge(token.headers());
		both.merge(proxyToken.headers());
		applier.apply(both);
	}

	private Status status(Throwable ex) {
		Throwable cause = (ex instanceof CompletionException && ex.getCause() != null) ? ex.getCause() : ex;
		if (!(cause instanceof LoginException met)) {
			return Status.UNAVAILABLE.withDescription(this.login + " failed").withCause(cause);
		}
		return met.toAttemptStatus(this.login, this.asked < MOST_ASKED);
	}

	/**
	 * How many times this call has waited for a token, which it does twice at most.
	 */
	int asked() {
		return this.asked;
	}

	/**
	 * Whether this call may ask for another token: it has its token endpoint asked twice
	 * at most.
	 */
	boolean mayAskAgain() {
		return this.requests < MOST_ASKED;
	}

	/**
	 * Whether the caller's own credentials went out, too.
	 */
	boolean isBesideCallers() {
		return this.besideCallers;
	}

	/**
	 * Whether the last attempt got no token, or not in time: {@code null} if it did.
	 */
	@Nullable TokenWait unfinishedWait() {
		return this.wait;
	}

	/**
	 * The token that went out with the last attempt, {@code null} if none got that far.
	 */
	@Nullable AccessToken used() {
		return this.used;
	}

	/**
	 * The proxy's token that went out with the last attempt, {@code null} if none did.
	 */
	@Nullable AccessToken usedProxy() {
		return this.usedProxy;
	}

}
