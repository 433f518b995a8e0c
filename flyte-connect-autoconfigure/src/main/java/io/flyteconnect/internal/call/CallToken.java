package io.flyteconnect.internal.call;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.listener.TokenListener.WaitEnd;
import io.flyteconnect.internal.token.AccessToken;
import io.flyteconnect.internal.token.TokenManager;
import io.flyteconnect.internal.token.TokenWait;
import io.flyteconnect.login.LoginException;
import io.flyteconnect.login.LoginStep;

/**
 * The credentials of one call of gRPC, which remember what they put on it. gRPC asks
 * again for each attempt, and goes on with its own work while there is no token yet.
 */
abstract class CallToken extends CallCredentials {

	private static final AccessToken NOTHING = AccessToken.none(Instant.ofEpochMilli(Long.MAX_VALUE));

	private static final int MOST_ASKED = 2;

	private volatile @Nullable AccessToken used;

	// Only where the call needs more than a token that is there.
	private volatile @Nullable Rest rest;

	abstract ConnectionCall<?, ?> call();

	/**
	 * Go on where the credentials of another call of gRPC stopped, which this one
	 * replaces.
	 */
	final void continueFrom(CallToken other) {
		this.rest = other.rest;
	}

	/**
	 * Take over how many times the call has waited for a token.
	 */
	final void askedBefore(int asked) {
		if (asked > 0) {
			rest().asked = asked;
		}
	}

	/**
	 * Take note of what a token request belongs to that the call starts.
	 * @param context what the listener of calls knows it by, or {@code null}
	 */
	final void startedIn(@Nullable Object context) {
		if (context != null) {
			rest().context = context;
		}
	}

	final @Nullable Object startContext() {
		Rest rest = this.rest;
		return (rest != null) ? rest.context : null;
	}

	/**
	 * The call is over: it waits for no token any more.
	 */
	final void endWait() {
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

	final boolean isOneValueKept() {
		Rest rest = this.rest;
		return rest != null && rest.keepOneValue;
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
		CallAuthorization authorization = call().parts().authorization();
		TokenManager supply = authorization.supply(call().options());
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
			applier.fail(status(ex, authorization.login(), rest.asked));
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
		return supply.obtain(rest.context).whenComplete((token, ex) -> rest.count(token, ex, ofFlyte));
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

	private static Status status(Throwable ex, String login, int asked) {
		Throwable cause = (ex instanceof CompletionException && ex.getCause() != null) ? ex.getCause() : ex;
		if (!(cause instanceof LoginException met)) {
			return Status.UNAVAILABLE.withDescription(login + " failed").withCause(cause);
		}
		return met.toAttemptStatus(login, asked < MOST_ASKED);
	}

	/**
	 * How many times this call has waited for a token, which it does twice at most.
	 */
	final int asked() {
		Rest rest = this.rest;
		return (rest != null) ? rest.asked : 0;
	}

	/**
	 * Whether this call may ask for another token: it has its token endpoint asked twice
	 * at most.
	 */
	final boolean mayAskAgain() {
		Rest rest = this.rest;
		return rest == null || rest.requests < MOST_ASKED;
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
	 * Take the tokens out of the headers of the call, where a transport has put them that
	 * sends no copy.
	 */
	final void removeFrom(Metadata headers) {
		remove(used(), headers);
		remove(usedProxy(), headers);
	}

	private static void remove(@Nullable AccessToken token, Metadata headers) {
		if (token != null) {
			for (String name : token.headers().keys()) {
				Metadata.Key<String> key = Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
				headers.remove(key, token.headers().get(key));
			}
		}
	}

	private record Tokens(AccessToken token, AccessToken proxyToken) {

	}

	/**
	 * What only some calls need. The attempts of a call come one after the other.
	 */
	private static final class Rest {

		private volatile boolean keepOneValue;

		private volatile @Nullable AccessToken usedProxy;

		private volatile int asked;

		private volatile int requests;

		private volatile @Nullable Throwable failure;

		private volatile @Nullable TokenWait wait;

		private volatile @Nullable Object context;

		private synchronized void count(@Nullable AccessToken token, @Nullable Throwable ex, boolean ofFlyte) {
			if (token == null) {
				// One that is being held off was met before: nobody was asked again.
				if (ex == this.failure) {
					return;
				}
				this.failure = ex;
			}
			this.asked++;
			if (ofFlyte) {
				this.requests += (token != null) ? token.requests() : requests(ex);
			}
		}

		private static int requests(@Nullable Throwable ex) {
			return (ex instanceof LoginException failure && failure.getStep() == LoginStep.TOKEN_REQUEST) ? 1 : 0;
		}

	}

}
