package io.flyteconnect.internal.call;

import io.grpc.CallOptions;

/**
 * Puts the caller's own token on a call in place of the service's.
 */
@FunctionalInterface
public interface TokenRelay {

	/** Nobody brings a token of their own. */
	TokenRelay OFF = (options) -> options;

	/**
	 * Look for a token of the caller. Runs on the caller's thread.
	 * @param options the options of the call
	 * @return the same options, or with the caller's token as its credentials
	 */
	CallOptions apply(CallOptions options);

}
