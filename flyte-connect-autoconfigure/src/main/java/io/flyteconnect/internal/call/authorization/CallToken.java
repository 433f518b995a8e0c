package io.flyteconnect.internal.call.authorization;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.listener.TokenListener.WaitEnd;
import io.flyteconnect.internal.token.AccessToken;
import io.flyteconnect.internal.token.TokenManager;
import io.flyteconnect.internal.token.TokenWait;

/**
 * The credentials of one call of gRPC, which remember what they put on it. gRPC asks
 * again for each attempt, and goes on with its own work while there is no token yet.
 */
public abstract class CallToken extends CallCredentials {

	private static final AccessToken NOTHING = AccessToken.none(Instant.ofEpochMilli(Long.MAX_VALUE));

	private volatile @Nullable AccessToken used;

	// Only where the call needs more than a token that is there.
	private volatile @Nullable Rest rest;

	/**
	 * Return what puts tokens on the call.
	 * @return the authorization of the connection's calls
	 */
	protected abstract CallAuthorization authorization();

	/**
	 * Return the options of the call.
	 * @return the caller's options
	 */
	protected abstract CallOptions options();

	/**
	 * Go on where the credentials of another call of gRPC stopped, which this one
	 * replaces.
	 */
	protected final void continueFrom(CallToken other) {
		this.rest = other.rest;
	}

	/**
	 * Take over what the call has been through with tokens that were rejected.
	 * @param rejected the credentials that they went out with
	 */
	public final void repeats(CallToken rejected) {
		Rest before = rejected.rest;
		if (before != null) {
			startedIn(before.context);
			if (before.requests.asked() > 0) {
				rest().requests.askedBefore(before.requests.asked());
			}
		}
	}

	/**
	 * Take note of what a token request belongs to that the call starts.
	 * @param context what the listener of calls knows it by, or {@code null}
	 */
	public final void startedIn(@Nullable Object context) {
		if (context != null) {
			rest().context = context;
		}
	}

	/**
	 * The call is over: it waits for no token any more.
	 */
	protected final void endWait() {
		TokenWait wait = unfinishedWait();
		if (wait != null) {
			wait.end(WaitEnd.ABANDONED);
		}
	}

	/**
	 * Let the login's headers be the only ones of their names.
	 */
	final void keepOneValue() {
		rest().keepOneValue = true;
	}

	/**
	 * Leave one value of each header that the login writes, if there may be two.
	 * @param headers the headers of an attempt, about to be sent
	 */
	protected final void keepOwnHeaders(Metadata headers) {
		Rest rest = this.rest;
		if (rest != null && rest.keepOneValue) {
			authorization().keepOwnHeaders(headers);
		}
	}

	private Rest rest() {
		Rest rest = this.rest;
		if (rest == null) {
			rest = new Rest();
			this.rest = rest;
		}
		return rest;
	}

	@Override
	public final void applyRequestMetadata(RequestInfo request, Executor executor, MetadataApplier applier) {
		CallAuthorization authorization = authorization();
		TokenManager supply = authorization.supply(options());
		TokenManager proxy = authorization.proxy();
		AccessToken token = current(supply);
		AccessToken proxyToken = current(proxy);
		if (token != null && proxyToken != null) {
			apply(token, proxyToken, applier);
			return;
		}
		Rest rest = rest();
		TokenManager awaited = (token != null) ? proxy : supply;
		TokenWait wait = (awaited != null) ? TokenWait.begin(awaited) : null;
		rest.wait = wait;
		// One after the other: logging in may well renew the proxy's token on its way.
		CompletableFuture<Tokens> tokens = obtain(token, supply, true, rest)
			.thenCompose((obtained) -> obtain(current(proxy), proxy, false, rest)
				.thenApply((obtainedProxy) -> new Tokens(obtained, obtainedProxy)));
		if (wait != null && tokens.isDone()) {
			// What is there, or is being held off, has not been waited for.
			wait.skip();
		}
		tokens.thenAccept((obtained) -> {
			end(wait, WaitEnd.OBTAINED);
			apply(obtained.token(), obtained.proxyToken(), applier);
		}).exceptionally((ex) -> {
			end(wait, WaitEnd.FAILED);
			applier.fail(authorization.failures().withoutToken(ex, rest.requests.mayGoOn()));
			return null;
		});
	}

	private static void end(@Nullable TokenWait wait, WaitEnd end) {
		if (wait != null) {
			wait.end(end);
		}
	}

	private static @Nullable AccessToken current(@Nullable TokenManager supply) {
		return (supply != null) ? supply.current() : NOTHING;
	}

	private static CompletableFuture<AccessToken> obtain(@Nullable AccessToken current, @Nullable TokenManager supply,
			boolean ofFlyte, Rest rest) {
		if (current != null || supply == null) {
			return CompletableFuture.completedFuture((current != null) ? current : NOTHING);
		}
		return supply.obtain(rest.context).whenComplete((token, ex) -> rest.requests.count(token, ex, ofFlyte));
	}

	private void apply(AccessToken token, AccessToken proxyToken, MetadataApplier applier) {
		Rest rest = this.rest;
		if (rest != null) {
			rest.wait = null;
		}
		this.used = (token != NOTHING) ? token : null;
		if (proxyToken == NOTHING) {
			applier.apply(token.headers());
			return;
		}
		rest().usedProxy = proxyToken;
		Metadata both = new Metadata();
		both.merge(token.headers());
		both.merge(proxyToken.headers());
		applier.apply(both);
	}

	/**
	 * Whether this call may ask for another token.
	 */
	final boolean mayAskAgain() {
		Rest rest = this.rest;
		return rest == null || rest.requests.mayAskAgain();
	}

	/**
	 * Whether the last attempt got no token, or not in time: {@code null} if it did.
	 */
	final @Nullable TokenWait unfinishedWait() {
		Rest rest = this.rest;
		return (rest != null) ? rest.wait : null;
	}

	/**
	 * The token that went out with the last attempt, {@code null} if none got that far.
	 */
	final @Nullable AccessToken used() {
		return this.used;
	}

	/**
	 * The proxy's token that went out with the last attempt, {@code null} if none did.
	 */
	final @Nullable AccessToken usedProxy() {
		Rest rest = this.rest;
		return (rest != null) ? rest.usedProxy : null;
	}

	/**
	 * Return whether the last attempt went out with a token.
	 * @return {@code false} also where a call was made without one, as none was wanted
	 * before
	 */
	public final boolean hasSentToken() {
		AccessToken used = this.used;
		return used != null && !used.isAnonymous() || usedProxy() != null;
	}

	/**
	 * Take the tokens out of the headers of the call, where a transport has put them that
	 * sends no copy.
	 * @param headers the headers of the call
	 */
	public final void removeFrom(Metadata headers) {
		AccessToken used = this.used;
		if (used != null) {
			used.removeFrom(headers);
		}
		AccessToken usedProxy = usedProxy();
		if (usedProxy != null) {
			usedProxy.removeFrom(headers);
		}
	}

	private record Tokens(AccessToken token, AccessToken proxyToken) {

	}

	/**
	 * What only some calls need. The attempts of a call come one after the other.
	 */
	private static final class Rest {

		private final TokenRequestCount requests = new TokenRequestCount();

		private volatile boolean keepOneValue;

		private volatile @Nullable AccessToken usedProxy;

		private volatile @Nullable TokenWait wait;

		private volatile @Nullable Object context;

	}

}
