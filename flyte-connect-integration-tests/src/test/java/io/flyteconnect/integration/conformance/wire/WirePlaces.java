package io.flyteconnect.integration.conformance.wire;

import java.util.Map;

/**
 * Where a server is: what the placeholders of the files of a case stand for.
 *
 * @param grpc host and port of Flyte Admin
 * @param http the address of the authorization server
 * @param callbackPort where a browser comes back to
 */
public record WirePlaces(String grpc, String http, int callbackPort) {

	/** Where nothing is: for what is only worked out. */
	public static final WirePlaces NOWHERE = new WirePlaces("localhost:30080", "http://http.invalid:80", 53593);

	public Map<String, String> placeholders() {
		return Map.of("${GRPC}", this.grpc, "${HTTP}", this.http, "${CALLBACK_PORT}", String.valueOf(this.callbackPort),
				"${PYTHON}", "python3");
	}

	public String hide(String text) {
		return text.replace(":" + this.callbackPort + "/", ":${CALLBACK_PORT}/").replace(this.http, "${HTTP}");
	}

}
