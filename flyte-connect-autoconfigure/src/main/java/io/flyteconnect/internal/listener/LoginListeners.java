package io.flyteconnect.internal.listener;

import java.util.function.BiConsumer;

/**
 * Who is told what happens on one connection.
 *
 * @param tokens is told of the tokens for Flyte
 * @param proxyTokens is told of the tokens for a proxy in front of Flyte
 * @param calls is told of the calls
 * @param secrets is told of each look at the client secret: where, and how it ended
 * @param personNeeded is told that only a person can get the token that is wanted
 */
public record LoginListeners(TokenListener tokens, TokenListener proxyTokens, CallListener calls,
		BiConsumer<String, SecretRead> secrets, Runnable personNeeded) {

	/** Nobody. */
	public static final LoginListeners NONE = new LoginListeners(TokenListener.NONE, TokenListener.NONE,
			CallListener.NONE, (source, found) -> {
			}, () -> {
			});

	/**
	 * How a look at the client secret ended.
	 */
	public enum SecretRead {

		/** It was there. */
		FOUND,

		/** Nothing was there. */
		MISSING,

		/** What was there cannot be used. */
		FAILED

	}

}
