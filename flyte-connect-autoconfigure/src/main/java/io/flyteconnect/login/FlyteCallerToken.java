package io.flyteconnect.login;

import io.grpc.Context;

/**
 * Where a caller leaves a token of its own for {@code flyte.credentials.relay=true}:
 * {@code Context.current().withValue(FlyteCallerToken.KEY, token).run(...)}.
 *
 * @since 0.1.0
 */
public final class FlyteCallerToken {

	/**
	 * The key of the token in gRPC's context: the token itself, without {@code Bearer}.
	 */
	public static final Context.Key<String> KEY = Context.key("flyte-caller-token");

	private FlyteCallerToken() {
	}

}
