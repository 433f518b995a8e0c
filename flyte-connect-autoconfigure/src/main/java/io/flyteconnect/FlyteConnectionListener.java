package io.flyteconnect;

import java.time.Duration;
import java.time.Instant;

import io.grpc.MethodDescriptor;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.login.FlyteLoginEvent;
import io.flyteconnect.login.LoginException;

/**
 * Is told what happens on connections, for metrics and traces. All beans of this type are
 * told of all connections that the auto-configured factory makes. The methods are called
 * by the threads of calls and logins, which wait for them: they have to return at once,
 * and what they throw is logged and dropped. An application that wants to know of a login
 * listens to {@link FlyteLoginEvent} instead.
 *
 * @since 0.1.0
 * @see FlyteConnectionFactoryBuilder#listeners
 */
public interface FlyteConnectionListener {

	/**
	 * A connection has been made. Nothing is connected yet.
	 * @param connection the connection
	 */
	default void opened(FlyteConnection connection) {
	}

	/**
	 * A connection has been closed.
	 * @param connection the connection
	 */
	default void closed(FlyteConnection connection) {
	}

	/**
	 * A call starts, on the current thread.
	 * @param connection the connection
	 */
	default void callStarted(FlyteConnection connection) {
	}

	/**
	 * Return what the current thread is at work for, such as its span. Asked as a call
	 * starts, after {@link #callStarted}, and as something else wants a token.
	 * @return what is handed to {@link #tokenRequested} if a token has to be requested
	 * for it, or {@code null}
	 */
	default @Nullable Object currentContext() {
		return null;
	}

	/**
	 * A call is sent once more.
	 * @param connection the connection
	 * @param method what is called
	 * @param reason why
	 */
	default void callResent(FlyteConnection connection, MethodDescriptor<?, ?> method, ResendReason reason) {
	}

	/**
	 * A token is about to be requested, by the current thread, which also tells the end.
	 * @param connection the connection
	 * @param proxy whether it is the token for a proxy in front of Flyte
	 * @param renewal whether the token before is still good, so that nobody waits
	 * @param context what {@link #currentContext} has returned for who waits, or
	 * {@code null}
	 * @return takes the end of the request
	 */
	default TokenRequest tokenRequested(FlyteConnection connection, boolean proxy, boolean renewal,
			@Nullable Object context) {
		return new TokenRequest() {
		};
	}

	/**
	 * Only a person can get the token that is wanted.
	 * @param connection the connection
	 */
	default void personNeeded(FlyteConnection connection) {
	}

	/**
	 * A token was refused. Called once for each token.
	 * @param connection the connection
	 * @param proxy whether it was the token for a proxy in front of Flyte
	 */
	default void tokenRejected(FlyteConnection connection, boolean proxy) {
	}

	/**
	 * A caller had to wait for a token.
	 * @param connection the connection
	 * @param proxy whether for the token for a proxy in front of Flyte
	 * @param time how long
	 * @param end how that ended
	 */
	default void tokenAwaited(FlyteConnection connection, boolean proxy, Duration time, WaitEnd end) {
	}

	/**
	 * The client secret was looked for.
	 * @param connection the connection
	 * @param source where: {@code variable}, {@code file} or {@code property}
	 * @param end how that ended
	 */
	default void clientSecretRead(FlyteConnection connection, String source, SecretRead end) {
	}

	/**
	 * Takes the end of a token request.
	 */
	interface TokenRequest {

		/**
		 * There is a token.
		 * @param expiresAt when it ends, or {@code null} if it counts until it is refused
		 */
		default void succeeded(@Nullable Instant expiresAt) {
		}

		/**
		 * The server asks for no token.
		 */
		default void unneeded() {
		}

		/**
		 * There is no token.
		 * @param failure which step failed and why
		 */
		default void failed(LoginException failure) {
		}

	}

	/**
	 * Why a call is sent once more.
	 */
	enum ResendReason {

		/** gRPC's retry policy: Flyte was not available. */
		RETRY,

		/** gRPC's transparent retry: the call never reached Flyte. */
		TRANSPARENT_RETRY,

		/**
		 * An attempt got no answer within {@code flyte.channel.per-retry-timeout}.
		 */
		NO_ANSWER,

		/** Flyte, or a proxy in front of it, refused the token. */
		TOKEN_REJECTED

	}

	/**
	 * How the wait for a token ended.
	 */
	enum WaitEnd {

		/** There was a token. */
		OBTAINED,

		/** The login failed. */
		FAILED,

		/** The call ended before, by its deadline or since it was cancelled. */
		ABANDONED

	}

	/**
	 * How a look at the client secret ended.
	 */
	enum SecretRead {

		/** It was there. */
		FOUND,

		/** There is no such file, or the variable is not set. */
		MISSING,

		/** What is there cannot be used: it cannot be read, is empty or too large. */
		FAILED

	}

}
