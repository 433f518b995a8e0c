package io.flyteconnect.integration.conformance.model;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.integration.conformance.wire.WireRule;
import io.flyteconnect.integration.conformance.wire.WireScript.HttpStep;

/**
 * The ways of a model to a token: flytekit's authenticators
 * ({@code flytekit/clients/auth/authenticator.py}, {@code token_client.py},
 * {@code auth_client.py}).
 */
final class ModelGrants {

	private final ModelWorld world;

	private final ModelRequests requests;

	private final ModelDevice device;

	/** What the first login of a person with a browser gave: flytekit gives it again. */
	private @Nullable HttpStep firstLogin;

	private boolean otherPlaceTried;

	private @Nullable String refreshToken;

	ModelGrants(ModelWorld world, ModelRequests requests) {
		this.world = world;
		this.requests = requests;
		this.device = new ModelDevice(world, requests);
	}

	/**
	 * Get a token.
	 * @param renewed whether there was one already
	 * @return the token
	 */
	String fetch(boolean renewed) {
		boolean lacking = !this.world.tokenEndpoint().matches("(?i)https?://\\S+");
		if (lacking && this.world.is(WireRule.FIRST_CALL) && !this.world.isMode("EXTERNAL_COMMAND")) {
			throw ModelFailure.permanent("CREDENTIALS");
		}
		if (this.world.is(WireRule.HEADER_KEY)
				&& (!ModelProxy.isName("x" + this.world.header()) || this.world.header().endsWith("-bin"))) {
			throw ModelFailure.permanent("CREDENTIALS");
		}
		return switch (String.valueOf(this.world.settings().mode())) {
			case "CLIENT_CREDENTIALS" -> clientCredentials();
			case "EXTERNAL_COMMAND" -> this.world.run(this.world.settings().command());
			case "DEVICE_FLOW" -> device();
			case "PKCE" -> browser(renewed);
			default -> throw new IllegalStateException("There is no grant of this mode");
		};
	}

	private String clientCredentials() {
		String id = Objects.requireNonNullElse(this.world.settings().clientId(), "");
		String secret = Objects.requireNonNullElse(this.world.settings().secret(), "");
		Map<String, String> form = this.requests.form("client_credentials");
		this.requests.put(form, "scope", this.requests.scope());
		audience(form);
		HttpStep answer = clientCredentials(form, id, secret, isSecretInBody());
		if ("invalid_client".equals(this.requests.error(answer)) && this.world.is(WireRule.SECRET_PLACE)
				&& !this.otherPlaceTried && isOtherPlacePossible()) {
			this.otherPlaceTried = true;
			HttpStep other = clientCredentials(form, id, secret, !isSecretInBody());
			answer = this.requests.isToken(other) ? other : answer;
		}
		return this.requests.read(answer, true);
	}

	private HttpStep clientCredentials(Map<String, String> form, String id, String secret, boolean body) {
		if (!body) {
			return this.requests.token(form, this.requests.basic(id, secret), true);
		}
		Map<String, String> more = new TreeMap<>(form);
		more.put("client_id", id);
		more.put("client_secret", secret);
		return this.requests.token(more, null, true);
	}

	private boolean isOtherPlacePossible() {
		var methods = this.world.server().metadata().getTokenEndpointAuthMethodsSupportedList();
		return methods.isEmpty() || methods.contains("client_secret_post") && methods.contains("client_secret_basic");
	}

	private boolean isSecretInBody() {
		var methods = this.world.server().metadata().getTokenEndpointAuthMethodsSupportedList();
		return this.world.is(WireRule.REQUEST_FIELDS) && methods.contains("client_secret_post")
				&& !methods.contains("client_secret_basic");
	}

	private String device() {
		if (this.refreshToken != null) {
			Map<String, String> form = this.requests.form("refresh_token");
			form.put("refresh_token", this.refreshToken);
			form.put("client_id", this.world.publicClientId());
			if (!this.world.is(WireRule.REQUEST_FIELDS)) {
				form.put("scope", this.requests.scope());
			}
			audience(form);
			HttpStep answer = this.requests.token(form, null, false);
			if (isUsed(answer)) {
				return keep(answer, true);
			}
		}
		return keep(this.device.login(), true);
	}

	private String browser(boolean renewed) {
		if (renewed && this.refreshToken != null) {
			Map<String, String> form = this.requests.form("refresh_token");
			form.put("refresh_token", this.refreshToken);
			form.put("client_id", this.world.publicClientId());
			if (this.world.is(WireRule.EVERYWHERE)) {
				audience(form);
			}
			HttpStep answer = this.requests.browserToken(form);
			if (isUsed(answer)) {
				return keep(answer, false);
			}
		}
		if (this.firstLogin == null || this.world.is(WireRule.RENEWAL)) {
			this.firstLogin = new ModelBrowser(this.world, this.requests).login();
		}
		return keep(this.firstLogin, false);
	}

	/** Whether the answer to a refresh token counts, or a person is to log in anew. */
	private boolean isUsed(HttpStep answer) {
		boolean refused = this.world.is(WireRule.RENEWAL) ? this.requests.isRefusal(answer) : answer.status() >= 300;
		return !refused;
	}

	private String keep(HttpStep answer, boolean lifeNeeded) {
		String token = this.requests.read(answer, lifeNeeded);
		Object refresh = answer.object().get("refresh_token");
		if (refresh != null || !this.world.is(WireRule.RENEWAL)) {
			this.refreshToken = Objects.toString(refresh, null);
		}
		return token;
	}

	private void audience(Map<String, String> form) {
		if (!this.requests.audience().isEmpty()) {
			form.put("audience", this.requests.audience());
		}
	}

}
