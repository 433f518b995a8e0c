package io.flyteconnect.internal.call;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.Status.Code;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.listener.CallListener;
import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.internal.token.AccessToken;
import io.flyteconnect.internal.token.RejectedBy;
import io.flyteconnect.internal.token.TokenManager;
import io.flyteconnect.internal.token.TokenWait;
import io.flyteconnect.login.LoginException;

/**
 * Puts the connection's tokens on each call, unless the caller brings credentials of its
 * own. A refused token is dropped; a unary call is then repeated once.
 */
public final class CallAuthorization {

	/**
	 * Set on a call that must not make a person log in, such as one of a page that a
	 * machine looks at. Where the mode asks a person, the call goes with the token that
	 * is there, or with none; it neither renews nor drops one. In other modes it changes
	 * nothing.
	 */
	public static final CallOptions.Key<Boolean> WITHOUT_PERSON = CallOptions.Key
		.createWithDefault("io.flyteconnect.without-person", false);

	/**
	 * Set on the calls that ask how to log in.
	 */
	public static final CallOptions.Key<Boolean> ANONYMOUS = CallOptions.Key
		.createWithDefault("io.flyteconnect.anonymous", false);

	/**
	 * How a call ends that the server has let in: with these it has looked at its
	 * content.
	 */
	private static final Set<Code> ACCEPTING = EnumSet.of(Code.OK, Code.NOT_FOUND, Code.ALREADY_EXISTS,
			Code.INVALID_ARGUMENT, Code.FAILED_PRECONDITION);

	/** As {@code io.grpc.internal.ClientCallImpl} says it. */
	private static final Pattern DEADLINE_OF_GRPC = Pattern.compile("[\\s:;(]*\\b(?:CallOptions|Context) deadline .*",
			Pattern.DOTALL);

	private final @Nullable TokenManager supply;

	private final @Nullable TokenManager proxy;

	private final UnaryOperator<CallOptions> relay;

	private final String login;

	private final RejectionAdvice advice;

	private final TokenHeaders headers;

	private final CallListener listener;

	private final FirstAnswer first;

	/**
	 * Create the authorization of a connection's calls.
	 * @param supply gives tokens, {@code null} if none is ever sent
	 * @param proxy gives tokens for a proxy in front of Flyte, {@code null} if there is
	 * none
	 * @param relay finds the caller's own token
	 * @param login what is logged in where, for messages
	 * @param advice what to do about rejections
	 * @param headers keeps the headers of the tokens
	 * @param first says that Flyte has answered
	 */
	public CallAuthorization(@Nullable TokenManager supply, @Nullable TokenManager proxy,
			UnaryOperator<CallOptions> relay, String login, RejectionAdvice advice, TokenHeaders headers,
			FirstAnswer first) {
		this(supply, proxy, relay, login, advice, headers, first, CallListener.NONE);
	}

	/**
	 * Create the authorization of a connection's calls, which somebody listens to.
	 * @param supply gives tokens, {@code null} if none is ever sent
	 * @param proxy gives tokens for a proxy in front of Flyte, {@code null} if there is
	 * none
	 * @param relay finds the caller's own token
	 * @param login what is logged in where, for messages
	 * @param advice what to do about rejections
	 * @param headers keeps the headers of the tokens
	 * @param first says that Flyte has answered
	 * @param listener is told of the calls
	 */
	public CallAuthorization(@Nullable TokenManager supply, @Nullable TokenManager proxy,
			UnaryOperator<CallOptions> relay, String login, RejectionAdvice advice, TokenHeaders headers,
			FirstAnswer first, CallListener listener) {
		this.supply = supply;
		this.proxy = proxy;
		this.relay = relay;
		this.login = login;
		this.advice = advice;
		this.headers = headers;
		this.listener = listener;
		this.first = first;
	}

	/**
	 * Return what gives the token of a call, {@code null} if it takes none.
	 */
	@Nullable TokenManager supply(CallOptions options) {
		return (options.getCredentials() != null || options.getOption(ANONYMOUS)) ? null : this.supply;
	}

	@Nullable TokenManager proxy() {
		return this.proxy;
	}

	String login() {
		return this.login;
	}

	CallListener listener() {
		return this.listener;
	}

	FirstAnswer first() {
		return this.first;
	}

	CallOptions relay(CallOptions options) {
		return this.relay.apply(options);
	}

	/**
	 * Look at what the application's interceptors wrote.
	 */
	void prepare(CallOptions options, CallToken token, Metadata headers) {
		if (options.getOption(ANONYMOUS)) {
			this.headers.removeFromAnonymous(headers);
		}
		if (options.getCredentials() != null || this.headers.isAnyIn(headers)) {
			token.keepOneValue();
		}
	}

	/**
	 * Leave one value of each header that the login writes, its own.
	 * @param headers the headers of an attempt, about to be sent
	 */
	void keepOwnHeaders(Metadata headers) {
		this.headers.keepOneValue(headers);
	}

	/**
	 * Learn from the end of an attempt whether the server accepts the tokens.
	 * @return whether one was refused and another one is worth a try
	 */
	boolean isRejected(Status status, CallToken token) {
		if (status.getCause() instanceof LoginException) {
			return false;
		}
		AccessToken used = token.used();
		AccessToken usedProxy = token.usedProxy();
		if (ACCEPTING.contains(status.getCode())) {
			accepted(this.supply, used);
			accepted(this.proxy, usedProxy);
			if (status.isOk() && !token.call().options().getOption(ANONYMOUS)) {
				this.first.succeeded();
			}
			return false;
		}
		RejectedBy rejectedBy = RejectedBy.of(status, usedProxy != null,
				token.call().options().getCredentials() != null);
		boolean another = false;
		if (rejectedBy.isProxyPossible() && this.proxy != null && usedProxy != null) {
			another = this.proxy.rejected(usedProxy);
		}
		if (rejectedBy.isFlytePossible() && this.supply != null && used != null) {
			another |= this.supply.rejected(used);
			another &= token.mayAskAgain() || this.supply.held() != null;
		}
		return another;
	}

	private static void accepted(@Nullable TokenManager supply, @Nullable AccessToken token) {
		if (supply != null && token != null) {
			supply.accepted(token);
		}
	}

	/**
	 * Say in a refusal what was refused, and of a login that failed what a caller should
	 * know.
	 */
	Status explain(Status status, CallToken token, boolean repeated) {
		if (status.isOk()) {
			return status;
		}
		CallOptions options = token.call().options();
		if (this.proxy == null && supply(options) == null) {
			String missing = (options.getCredentials() == null) ? this.advice.onMissing() : null;
			return (missing != null && status.getCode() == Code.UNAUTHENTICATED) ? said(status, missing) : status;
		}
		if (status.getCause() instanceof LoginException failure) {
			return failure.toStatus(this.login);
		}
		TokenWait wait = token.unfinishedWait();
		if (status.getCode() == Status.Code.DEADLINE_EXCEEDED && wait != null) {
			return status.withDescription(this.login + ": " + wait.describe() + connection(status));
		}
		AccessToken used = token.used();
		if (used == null || used.isAnonymous() && status.getCode() != Code.UNAUTHENTICATED) {
			return status;
		}
		if (status.getCode() == Code.PERMISSION_DENIED && !used.isAccepted() && !RejectedBy.isPlainHttp(status)) {
			// A token that no call has got through with yet may be the wrong one.
			return said(status, "No call has got through with this token yet. " + this.advice.onToken());
		}
		if (status.getCode() != Code.UNAUTHENTICATED) {
			return status;
		}
		LoginException refusal = LoginException.refused(status, used.isAnonymous(), repeated);
		return (used.isAnonymous() ? this.advice.onNoMetadata(refusal) : this.advice.on(refusal)).toStatus(this.login);
	}

	// What is known of the connection, without what gRPC says of its own parts.
	private static String connection(Status status) {
		String description = String.valueOf(status.getDescription());
		String known = SafeText.message(DEADLINE_OF_GRPC.matcher(description).replaceFirst(""));
		return known.isEmpty() ? "" : "; " + known;
	}

	/**
	 * The same status with a sentence more.
	 */
	public static Status said(Status status, String sentence) {
		String description = status.getDescription();
		return status
			.withDescription((description != null) ? SafeText.message(description) + ". " + sentence : sentence);
	}

}
