package io.flyteconnect.integration.connection.matrix;

import java.util.ArrayList;
import java.util.List;

/**
 * What one way to log in costs, to the last request.
 *
 * @param loginMetadata how often Flyte Admin is asked how to log in
 * @param anonymous how many calls carry no token, those for the metadata apart
 * @param refused how many calls are refused
 * @param authorizationRequests where the person's browser is sent
 * @param requests what the application asks the identity provider for
 * @param tokensAsked how often the application asks for a token from elsewhere
 */
record Traffic(int loginMetadata, int anonymous, int refused, List<String> authorizationRequests, List<String> requests,
		int tokensAsked) {

	static final Traffic NO_LOGIN = new Traffic(0, 2, 0, List.of(), List.of(), 0);

	static final Traffic RELAY = new Traffic(0, 0, 0, List.of(), List.of(), 0);

	/** A service logs in by itself, before its first call. */
	static Traffic service(String request) {
		return new Traffic(1, 0, 0, List.of(), List.of(request), 0);
	}

	/** A person is asked to log in, after a call without a token was refused. */
	static Traffic person(List<String> authorizationRequests, String... requests) {
		return new Traffic(1, 1, 1, authorizationRequests, List.of(requests), 0);
	}

	/** The token comes from elsewhere. */
	static Traffic elsewhere() {
		return new Traffic(1, 0, 0, List.of(), List.of(), 1);
	}

	/** A token was refused, and the application asks for another one. */
	static Traffic renewal(String request) {
		return new Traffic(0, 0, 1, List.of(), List.of(request), 0);
	}

	/** A token was refused, and another one comes from elsewhere. */
	static Traffic renewalElsewhere() {
		return new Traffic(0, 0, 1, List.of(), List.of(), 1);
	}

	/**
	 * Return all calls that Flyte Admin gets.
	 * @param methods the methods that the application calls, the first of which is the
	 * one that may be refused
	 */
	List<String> calls(List<String> methods) {
		List<String> calls = new ArrayList<>(methods);
		for (int i = 0; i < this.refused; i++) {
			calls.add(methods.get(0));
		}
		for (int i = 0; i < this.loginMetadata; i++) {
			calls.addAll(List.of("GetOAuth2Metadata", "GetPublicClientConfig"));
		}
		return calls;
	}

	int callsWithoutToken() {
		return this.anonymous + 2 * this.loginMetadata;
	}

}
