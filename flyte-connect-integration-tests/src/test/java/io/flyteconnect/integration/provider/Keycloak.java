package io.flyteconnect.integration.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Keycloak with one realm, whose tokens live six seconds and whose refresh tokens are
 * good for one use.
 */
final class Keycloak implements AutoCloseable {

	private static final String REALM = """
			{
			  "realm": "flyte", "enabled": true, "sslRequired": "none",
			  "accessTokenLifespan": 6, "revokeRefreshToken": true, "refreshTokenMaxReuse": 0,
			  "oauth2DevicePollingInterval": 1,
			  "users": [{
			    "username": "ada", "enabled": true, "firstName": "Ada", "lastName": "L", "email": "ada@example.com",
			    "emailVerified": true, "credentials": [{"type": "password", "value": "password"}]
			  }],
			  "clients": [{
			    "clientId": "service", "secret": "of the service", "serviceAccountsEnabled": true,
			    "standardFlowEnabled": false
			  }, {
			    "clientId": "flytectl", "publicClient": true, "consentRequired": true,
			    "redirectUris": ["%s"],
			    "attributes": {"oauth2.device.authorization.grant.enabled": "true", "pkce.code.challenge.method": "S256"}
			  }]
			}
			""";

	private final HttpClient http = HttpClient.newHttpClient();

	private final URI address;

	private final ProviderProcess process;

	Keycloak(String redirectUri) {
		int port = ProviderProcess.freePort();
		this.address = URI.create("http://localhost:" + port);
		Path home = Path.of("target", "providers", "keycloak-" + System.getProperty("keycloak.version"))
			.toAbsolutePath();
		try {
			Files.createDirectories(home.resolve("data/import"));
			Files.writeString(home.resolve("data/import/flyte-realm.json"), REALM.formatted(redirectUri));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.process = ProviderProcess.start("keycloak", home,
				Map.of("KC_BOOTSTRAP_ADMIN_USERNAME", "admin", "KC_BOOTSTRAP_ADMIN_PASSWORD", "admin"),
				List.of("sh", "bin/kc.sh", "start-dev", "--db=dev-mem", "--http-host=localhost", "--http-port=" + port,
						"--http-management-port=" + ProviderProcess.freePort(), "--import-realm"),
				URI.create(issuer() + "/.well-known/openid-configuration"));
	}

	URI issuer() {
		return URI.create(this.address + "/realms/flyte");
	}

	/**
	 * End all sessions, as an administrator does.
	 */
	void endSessions() {
		send("POST", "/admin/realms/flyte/logout-all", "");
	}

	/**
	 * Give the service another secret.
	 * @param secret the new secret
	 */
	void changeSecret(String secret) {
		JsonNode client = JsonMapper.shared()
			.readTree(send("GET", "/admin/realms/flyte/clients?clientId=service", null))
			.get(0);
		String id = client.get("id").asString();
		send("PUT", "/admin/realms/flyte/clients/" + id, "{\"clientId\": \"service\", \"secret\": \"" + secret + "\"}");
	}

	/**
	 * Let the person be asked for consent again.
	 */
	void forgetConsents() {
		String user = JsonMapper.shared()
			.readTree(send("GET", "/admin/realms/flyte/users?username=ada", null))
			.get(0)
			.get("id")
			.asString();
		for (JsonNode consent : JsonMapper.shared()
			.readTree(send("GET", "/admin/realms/flyte/users/" + user + "/consents", null))) {
			send("DELETE", "/admin/realms/flyte/users/" + user + "/consents/" + consent.get("clientId").asString(),
					null);
		}
	}

	private String send(String method, String path, String body) {
		return send(HttpRequest.newBuilder(URI.create(this.address + path))
			.header("Authorization", "Bearer " + administrator())
			.header("Content-Type", "application/json")
			.method(method,
					(body != null) ? HttpRequest.BodyPublishers.ofString(body) : HttpRequest.BodyPublishers.noBody()));
	}

	private String administrator() {
		String answer = send(
				HttpRequest.newBuilder(URI.create(this.address + "/realms/master/protocol/openid-connect/token"))
					.header("Content-Type", "application/x-www-form-urlencoded")
					.POST(HttpRequest.BodyPublishers
						.ofString("grant_type=password&client_id=admin-cli&username=admin&password=admin")));
		return JsonMapper.shared().readTree(answer).get("access_token").asString();
	}

	private String send(HttpRequest.Builder request) {
		try {
			HttpResponse<String> response = this.http.send(request.build(),
					HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
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

	@Override
	public void close() {
		this.process.close();
	}

}
