package io.flyteconnect.integration.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an administrator of Ory Hydra does, and its login and consent application.
 */
final class HydraAdministration {

	private final HttpClient http = HttpClient.newHttpClient();

	private final URI address;

	HydraAdministration(URI address) {
		this.address = address;
	}

	/**
	 * Where the application that Flyte is asks about a token (RFC 7662).
	 */
	String introspectionEndpoint() {
		return this.address + "/admin/oauth2/introspect";
	}

	/**
	 * Register a client.
	 * @param id its id
	 * @param secret its secret, empty for a public client
	 * @param authentication how it authenticates at the token endpoint
	 * @param redirectUri where a browser comes back to, empty for a service
	 */
	void register(String id, String secret, String authentication, String redirectUri) {
		boolean service = redirectUri.isEmpty();
		send("POST", "/admin/clients",
				Map.of("client_id", id, "client_secret", secret, "token_endpoint_auth_method", authentication,
						"grant_types",
						service ? List.of("client_credentials") : List.of("authorization_code", "refresh_token"),
						"response_types", service ? List.of() : List.of("code"), "redirect_uris",
						service ? List.of() : List.of(redirectUri), "scope", "all offline"));
	}

	/**
	 * Let it make the keys that sign access tokens, which takes it seconds, off the life
	 * of the first token.
	 * @param issuer the address of its public side
	 */
	void warmUp(URI issuer) {
		send(HttpRequest.newBuilder(URI.create(issuer + "/oauth2/token"))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers
				.ofString("grant_type=client_credentials&scope=all&client_id=poster&client_secret=of%20the%20poster")));
	}

	/**
	 * Give a service another secret.
	 * @param id its id
	 * @param secret the new secret
	 */
	void changeSecret(String id, String secret) {
		send(request("PATCH", "/admin/clients/" + id,
				List.of(Map.of("op", "replace", "path", "/client_secret", "value", secret))));
	}

	/**
	 * End what a person has consented to, and its tokens.
	 * @param subject the person
	 */
	void endConsents(String subject) {
		send(request("DELETE", "/admin/oauth2/auth/sessions/consent?all=true&subject=" + subject, null));
	}

	List<String> requestedScopes(String challenge) {
		JsonNode request = JsonMapper.shared()
			.readTree(send(request("GET", "/admin/oauth2/auth/requests/consent?consent_challenge=" + challenge, null)));
		return request.get("requested_scope").valueStream().map(JsonNode::asString).toList();
	}

	/**
	 * Answer what a person is asked.
	 * @param kind {@code login} or {@code consent}
	 * @param challenge which question it was, as it stands in an address
	 * @param verdict {@code accept} or {@code reject}
	 * @param answer the rest of the answer
	 * @return where the browser goes on
	 */
	URI answer(String kind, String challenge, String verdict, Map<String, ?> answer) {
		String path = "/admin/oauth2/auth/requests/" + kind + "/" + verdict + "?" + kind + "_challenge=" + challenge;
		return URI.create(JsonMapper.shared().readTree(send("PUT", path, answer)).get("redirect_to").asString());
	}

	private String send(String method, String path, Map<String, ?> body) {
		return send(request(method, path, body));
	}

	private HttpRequest.Builder request(String method, String path, Object body) {
		return HttpRequest.newBuilder(URI.create(this.address + path))
			.header("Content-Type", "application/json")
			.method(method,
					(body != null) ? HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body))
							: HttpRequest.BodyPublishers.noBody());
	}

	private String send(HttpRequest.Builder request) {
		try {
			HttpResponse<String> response = this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
			if (response.statusCode() >= 300) {
				throw new IllegalStateException(response + " " + response.body());
			}
			return response.body();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
