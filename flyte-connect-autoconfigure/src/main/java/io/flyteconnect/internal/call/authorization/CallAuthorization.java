package io.flyteconnect.internal.call.authorization;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.Status.Code;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.listener.CallListener;
import io.flyteconnect.internal.token.AccessToken;
import io.flyteconnect.internal.token.RejectedBy;
import io.flyteconnect.internal.token.TokenManager;
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

	private final @Nullable TokenManager supply;

	private final @Nullable TokenManager proxy;

	private final UnaryOperator<CallOptions> relay;

	private final CallFailures failures;

	private final TokenHeaders headers;

	private final CallListener listener;

	private final FirstAnswer first;

	private final boolean permissionIsLogin;

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
	 * @param listener is told of the calls
	 * @param permissionIsLogin whether a call without a token that is not permitted wants
	 * one: the logins that stand in front of Flyte 2 say 403 as well as 401
	 */
	public CallAuthorization(@Nullable TokenManager supply, @Nullable TokenManager proxy,
			UnaryOperator<CallOptions> relay, String login, RejectionAdvice advice, TokenHeaders headers,
			FirstAnswer first, CallListener listener, boolean permissionIsLogin) {
		this.supply = supply;
		this.proxy = proxy;
		this.relay = relay;
		this.failures = new CallFailures(login, advice);
		this.headers = headers;
		this.listener = listener;
		this.first = first;
		this.permissionIsLogin = permissionIsLogin;
	}

	/**
	 * Return what gives the token of a call, {@code null} if it takes none.
	 */
	@Nullable TokenManager supply(CallOptions options) {
		return (options.getCredentials() != null || options.getOption(ANONYMOUS)) ? null : this.supply;
	}

	/**
	 * Return what gives the token of a proxy in front of Flyte.
	 * @return the manager, or {@code null} if there is no such proxy
	 */
	public @Nullable TokenManager proxy() {
		return this.proxy;
	}

	CallFailures failures() {
		return this.failures;
	}

	/**
	 * Return who is told of the calls.
	 * @return the listener
	 */
	public CallListener listener() {
		return this.listener;
	}

	/**
	 * Look at an answer.
	 * @param message the answer
	 */
	public void received(Object message) {
		this.first.received(message);
	}

	/**
	 * Take over the caller's own token.
	 * @param options the caller's options
	 * @return the options that count
	 */
	public CallOptions relay(CallOptions options) {
		return this.relay.apply(options);
	}

	/**
	 * Look at what the application's interceptors wrote.
	 * @param options the options of the call
	 * @param token the credentials of the call
	 * @param headers what they wrote
	 */
	public void prepare(CallOptions options, CallToken token, Metadata headers) {
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
	 * @param status how it ended
	 * @param token the credentials of the call
	 * @return whether one was refused and another one is worth a try
	 */
	public boolean isRejected(Status status, CallToken token) {
		if (status.getCause() instanceof LoginException) {
			return false;
		}
		AccessToken used = token.used();
		AccessToken usedProxy = token.usedProxy();
		if (ACCEPTING.contains(status.getCode())) {
			accepted(this.supply, used);
			accepted(this.proxy, usedProxy);
			if (status.isOk() && !token.options().getOption(ANONYMOUS)) {
				this.first.succeeded();
			}
			return false;
		}
		RejectedBy rejectedBy = RejectedBy.of(wanted(status, used), usedProxy != null,
				token.options().getCredentials() != null);
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

	private Status wanted(Status status, @Nullable AccessToken used) {
		return (this.permissionIsLogin && status.getCode() == Code.PERMISSION_DENIED && used != null
				&& used.isAnonymous()) ? Status.UNAUTHENTICATED.withDescription(status.getDescription()) : status;
	}

	private static void accepted(@Nullable TokenManager supply, @Nullable AccessToken token) {
		if (supply != null && token != null) {
			supply.accepted(token);
		}
	}

	/**
	 * Say in a refusal what was refused, and of a login that failed what a caller should
	 * know.
	 * @param status how the call ended
	 * @param token the credentials of the call
	 * @param repeated whether it was sent again with another token
	 * @return the status for the caller
	 */
	public Status explain(Status status, CallToken token, boolean repeated) {
		if (status.isOk()) {
			return status;
		}
		CallOptions options = token.options();
		if (this.proxy == null && supply(options) == null) {
			return (options.getCredentials() == null) ? this.failures.withoutLogin(status) : status;
		}
		return this.failures.explain(status, token, repeated);
	}

}
