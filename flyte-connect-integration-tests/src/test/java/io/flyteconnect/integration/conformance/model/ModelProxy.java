package io.flyteconnect.integration.conformance.model;

import java.util.Map;
import java.util.TreeMap;

import io.grpc.Status.Code;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.integration.conformance.wire.WireRule;

/**
 * The way to the server of a model, with the second token where a proxy stands there.
 * flytekit has one for calls and another one for HTTP requests.
 */
final class ModelProxy {

	private static final String HEADER = "proxy-authorization";

	private final ModelWorld world;

	private @Nullable String callToken;

	private @Nullable String httpToken;

	ModelProxy(ModelWorld world) {
		this.world = world;
	}

	Code call(String method, Map<String, String> metadata) {
		Map<String, String> all = new TreeMap<>(metadata);
		all.put("accept", "application/grpc");
		if (this.world.settings().proxyCommand().isEmpty()) {
			return ending(method, all);
		}
		if (this.world.is(WireRule.FIRST_CALL) && this.callToken == null) {
			this.callToken = this.world.run(this.world.settings().proxyCommand());
		}
		Code code = ending(method, authorized(all));
		boolean refused = code == Code.UNAUTHENTICATED || code == Code.UNKNOWN;
		if (refused && !this.world.is(WireRule.FIRST_CALL)) {
			this.callToken = this.world.run(this.world.settings().proxyCommand());
			code = ending(method, authorized(all));
		}
		return code;
	}

	private Map<String, String> authorized(Map<String, String> metadata) {
		Map<String, String> all = new TreeMap<>(metadata);
		if (this.callToken != null) {
			all.put(HEADER, "Bearer " + this.callToken);
		}
		return all;
	}

	private Code ending(String method, Map<String, String> metadata) {
		if (metadata.keySet().stream().anyMatch((key) -> key.endsWith("-bin"))) {
			// gRPC of Python takes bytes there, and nothing is sent.
			throw ModelFailure.permanent("CREDENTIALS");
		}
		if (!metadata.keySet().stream().allMatch(ModelProxy::isName)
				|| !metadata.values().stream().allMatch(ModelProxy::isLegal)) {
			return Code.INTERNAL;
		}
		Code code = this.world.server().call(method, metadata).code();
		return (code != null) ? code : Code.OK;
	}

	static boolean isName(String key) {
		return key.matches("[0-9a-z_.-]+");
	}

	// gRPC sends nothing else in a header ("Invalid metadata").
	private static boolean isLegal(String value) {
		return value.chars().allMatch((each) -> each >= ' ' && each <= '~');
	}

	/** Drop the token: the server, or the proxy before it, has refused a call. */
	void refused() {
		this.callToken = null;
	}

	void authorize(Map<String, String> headers) {
		if (!this.world.settings().proxyCommand().isEmpty()) {
			headers.put(HEADER, "Bearer " + httpToken());
		}
	}

	private String httpToken() {
		String token = this.world.is(WireRule.FIRST_CALL) ? this.callToken : this.httpToken;
		if (token == null) {
			token = this.world.run(this.world.settings().proxyCommand());
			this.httpToken = token;
		}
		return token;
	}

}
