package io.flyteconnect.integration.conformance.model;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.flyteconnect.integration.conformance.wire.WireRequests;
import io.flyteconnect.integration.conformance.wire.WireRule;
import io.flyteconnect.integration.conformance.wire.WireScript.HttpStep;

/**
 * The login of a model's person with a browser: authorization code with PKCE.
 */
final class ModelBrowser {

	static final String VERIFIER = "a-verifier-that-is-as-long-as-RFC-7636-wants-it-to-be";

	private final ModelWorld world;

	private final ModelRequests requests;

	ModelBrowser(ModelWorld world, ModelRequests requests) {
		this.world = world;
		this.requests = requests;
	}

	HttpStep login() {
		Map<String, String> query = query();
		Map<String, String> back = this.world.server().authorize(query);
		if (!back.getOrDefault("state", "").equals(query.get("state"))) {
			// Ends the login, or is somebody else's and nobody comes in time.
			throw ModelFailure.permanent("INTERACTION");
		}
		Map<String, String> form = this.requests.form("authorization_code");
		form.put("code", back.getOrDefault("code", ""));
		form.put("code_verifier", VERIFIER);
		form.put("client_id", query.get("client_id"));
		form.put("redirect_uri", query.get("redirect_uri"));
		if (!this.requests.audience().isEmpty()) {
			form.put("audience", this.requests.audience());
		}
		if (!this.world.is(WireRule.REQUEST_FIELDS)) {
			form.putAll(query);
		}
		HttpStep answer = this.requests.browserToken(form);
		try {
			this.requests.read(answer, false);
		}
		catch (ModelFailure ex) {
			// A code counts once, and a person is not asked again for the same call.
			throw ex.once();
		}
		return answer;
	}

	private Map<String, String> query() {
		Map<String, String> query = new TreeMap<>();
		query.put("response_type", "code");
		query.put("client_id", this.world.publicClientId());
		query.put("redirect_uri", this.world.server().client().getRedirectUri());
		query.put("state", "a-state");
		query.put("code_challenge", WireRequests.challenge(VERIFIER));
		query.put("code_challenge_method", "S256");
		this.requests.put(query, "scope", this.requests.scope());
		if (!this.requests.audience().isEmpty()) {
			query.put("audience", this.requests.audience());
		}
		if (this.world.is(WireRule.REQUEST_FIELDS) && List.of(this.requests.scope().split(" ")).contains("openid")) {
			query.put("nonce", "a-nonce");
		}
		return query;
	}

}
