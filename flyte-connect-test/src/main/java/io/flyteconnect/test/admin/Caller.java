package io.flyteconnect.test.admin;

import io.grpc.Context;

/**
 * Who makes a call, as the token says.
 *
 * @param subject the subject
 * @param clientId the client
 * @since 0.1.0
 */
public record Caller(String subject, String clientId) {

	/**
	 * Where a call keeps its caller.
	 */
	public static final Context.Key<Caller> KEY = Context.key("flyte-test-caller");

	static String name() {
		Caller caller = KEY.get();
		return (caller != null) ? caller.subject() : "";
	}

}
