package io.flyteconnect.internal.call;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

import io.grpc.CallCredentials;
import io.grpc.CompositeCallCredentials;
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

	private final CallAuthorization authorization;

	private final boolean anonymous;

	private final boolean besideCallers;

	private volatile @Nullable AccessToken used;

	private volatile @Nullable AccessToken usedProxy;

	// Only where the call waits for a token.
	private volatile @Nullable Waiting waiting;

	/**
	 * Create the credentials of a call.
	 * @param authorization gives the tokens
	 * @param anonymous whether the call takes none but the one for a proxy
	 * @param besideCallers whether the caller brings credentials of its own
	 * @param asked how many times the call has waited for a token before
	 */
	CallToken(CallAuthorization authorization, boolean anonymous, boolean besideCallers, int asked) {
		this.authorization = authorization;
		this.anonymous = anonymous;
		this.besideCallers = besideCallers;
		if (asked > 0) {
			this.waiting = new Waiting(asked);
		}
	}

	/**
	 * Put a call's token beside the caller's own credentials.
	 */
	static @Nullable CallCredentials beside(@Nullable CallCredentials own, @Nullable CallToken token) {
		return (own != null && token != null) ? new CompositeCallCredentials(own, token) : (own != null) ? own : token;
	}

	private @Nullable TokenManager supply() {
		return this.anonymous ? null : this.authorization.supply();
	}

	@Override
	public void applyRequestMetadata(RequestInfo request, Executor executor, MetadataApplier applier) {
		TokenManager proxy = this.authorization.proxy();
		AccessToken token = current(supply());
		AccessToken proxyToken = current(proxy);
		if (token != null && proxyToken != null) {
			apply(token, proxyToken, applier);
			return;
		}
		Waiting waiting = waiting();
		waiting.wait = wait((token != null) ? proxy : supply());
		// One after the other: logging in may well renew the proxy's token on its way.
		obtain(token, supply(), waiting)
			.thenCompose((obtained) -> obtain(current(proxy), proxy, waiting)
				.thenAccept((obtainedProxy) -> apply(obtained, obtainedProxy, applier)))
			.exceptionally((ex) -> {
				applier.fail(status(ex, waiting));
				return null;
			});
	}

	private Waiting waiting() {
		Waiting waiting = this.waiting;
		if (waiting == null) {
			waiting = new Waiting(0);
			this.waiting = waiting;
		}
		return waiting;
	}

	private static @Nullable AccessToken current(@Nullable TokenManager supply) {
		return (supply != null) ? supply.current() : NOTHING;
	}

	private CompletableFuture<AccessToken> obtain(@Nullable AccessToken current, @Nullable TokenManager supply,
			Waiting waiting) {
		if (current != null || supply == null) {
			return CompletableFuture.completedFuture((current != null) ? current : NOTHING);
		}
		return supply.obtain().whenComplete((token, ex) -> waiting.count(token, ex, supply == supply()));
	}

	private static @Nullable TokenWait wait(@Nullable TokenManager supply) {
		return (supply != null) ? TokenWait.begin(supply) : null;
	}

	private void apply(AccessToken token, AccessToken proxyToken, MetadataApplier applier) {
		Waiting waiting = this.waiting;
		if (waiting != null) {
			waiting.wait = null;
		}
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

	private Status status(Throwable ex, Waiting waiting) {
		Throwable cause = (ex instanceof CompletionException && ex.getCause() != null) ? ex.getCause() : ex;
		if (!(cause instanceof LoginException met)) {
			return Status.UNAVAILABLE.withDescription(this.authorization.login() + " failed").withCause(cause);
		}
		return met.toAttemptStatus(this.authorization.login(), waiting.asked < MOST_ASKED);
	}

	/**
	 * How many times this call has waited for a token, which it does twice at most.
	 */
	int asked() {
		Waiting waiting = this.waiting;
		return (waiting != null) ? waiting.asked : 0;
	}

	/**
	 * Whether this call may ask for another token: it has its token endpoint asked twice
	 * at most.
	 */
	boolean mayAskAgain() {
		Waiting waiting = this.waiting;
		return waiting == null || waiting.requests < MOST_ASKED;
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
		Waiting waiting = this.waiting;
		return (waiting != null) ? waiting.wait : null;
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

	/**
	 * Take the tokens out of the headers of the call, where a transport has put them that
	 * sends no copy.
	 */
	void removeFrom(Metadata headers) {
		remove(this.used, headers);
		remove(this.usedProxy, headers);
	}

	private static void remove(@Nullable AccessToken token, Metadata headers) {
		if (token != null) {
			for (String name : token.headers().keys()) {
				Metadata.Key<String> key = Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
				headers.remove(key, token.headers().get(key));
			}
		}
	}

	/**
	 * What a call has seen that waited for tokens. The attempts of a call come one after
	 * the other.
	 */
	private static final class Waiting {

		private volatile int asked;

		private volatile int requests;

		private volatile @Nullable Throwable failure;

		private volatile @Nullable TokenWait wait;

		private Waiting(int asked) {
			this.asked = asked;
		}

		private synchronized void count(@Nullable AccessToken token, @Nullable Throwable ex, boolean ofFlyte) {
			if (token == null) {
				// A failure that is being held off was met before: nobody was asked
				// again.
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
