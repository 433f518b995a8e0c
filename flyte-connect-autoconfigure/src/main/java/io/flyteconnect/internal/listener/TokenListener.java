package io.flyteconnect.internal.listener;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.login.LoginException;

/**
 * Is told what becomes of the tokens of one login. Called by the threads of calls and of
 * the login, which wait for it: an implementation returns at once and throws nothing.
 */
public interface TokenListener {

	/** Listens to nothing, at no cost. */
	TokenListener NONE = new TokenListener() {
	};

	/**
	 * Return what the current thread is about, to be handed to the request that it
	 * starts.
	 * @return anything, or {@code null}
	 */
	default @Nullable Object context() {
		return null;
	}

	/**
	 * A token is about to be requested. Called by the thread that requests it, which also
	 * ends it.
	 * @param renewal whether there is a token that is still good
	 * @param context what the thread was about that wanted a token, {@code null} for none
	 * or nobody
	 * @return takes the end of the request
	 */
	default Request requested(boolean renewal, @Nullable Object context) {
		return Request.UNHEARD;
	}

	/**
	 * The server refused a token. Called once for each.
	 */
	default void rejected() {
	}

	/**
	 * A caller had to wait for a token.
	 * @param time how long it did
	 * @param end how that ended
	 */
	default void awaited(Duration time, WaitEnd end) {
	}

	/**
	 * Takes the end of a request.
	 */
	interface Request {

		/** Does not care. */
		Request UNHEARD = new Request() {
		};

		/**
		 * There is a token.
		 * @param endsAt when it ends, {@code null} if it counts until it is refused
		 */
		default void succeeded(@Nullable Instant endsAt) {
		}

		/**
		 * The server asks for no token.
		 */
		default void unneeded() {
		}

		/**
		 * There is no token.
		 * @param failure why
		 */
		default void failed(LoginException failure) {
		}

	}

	/**
	 * How a wait ended.
	 */
	enum WaitEnd {

		/** There is a token. */
		OBTAINED,

		/** The login failed. */
		FAILED,

		/** The call ended before: by its deadline, or cancelled. */
		ABANDONED

	}

}
