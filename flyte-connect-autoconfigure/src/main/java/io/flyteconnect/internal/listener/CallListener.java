package io.flyteconnect.internal.listener;

import io.grpc.MethodDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Is told of the calls of one connection, by threads that wait for it: an implementation
 * returns at once and throws nothing.
 */
public interface CallListener {

	/** Listens to nothing, at no cost. */
	CallListener NONE = new CallListener() {
	};

	/**
	 * A call starts on the current thread.
	 * @return what the token request belongs to that this call may have to wait for, or
	 * {@code null}
	 */
	default @Nullable Object started() {
		return null;
	}

	/**
	 * A call is sent once more.
	 * @param method what is called
	 * @param reason why
	 */
	default void resent(MethodDescriptor<?, ?> method, Resend reason) {
	}

	/**
	 * Why a call is sent once more.
	 */
	enum Resend {

		/** gRPC's retry policy: the server was not available. */
		RETRY,

		/** gRPC's transparent retry: the call never reached the server. */
		TRANSPARENT_RETRY,

		/** An attempt got no answer in time. */
		NO_ANSWER,

		/** The server refused the token. */
		TOKEN_REJECTED

	}

}
