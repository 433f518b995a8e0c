package io.flyteconnect.test.context;

import java.util.List;
import java.util.Map;

import io.flyteconnect.autoconfigure.FlyteConnectionDetails;
import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.ConnectionProperties;
import io.flyteconnect.config.CredentialsProperties;
import io.flyteconnect.config.PlatformProperties;
import io.flyteconnect.test.FlyteTestServer;

/**
 * Puts the test server in place of whatever the application is configured for. Properties
 * alone would not do: a secret file that the application names wins over a secret.
 *
 * @author Flyte Connect
 */
class FlyteTestConnectionDetails implements FlyteConnectionDetails {

	private final Map<String, String> server;

	FlyteTestConnectionDetails(FlyteTestServer server) {
		this.server = Map.copyOf(server.properties());
	}

	@Override
	public void applyTo(ConnectionProperties properties) {
		properties.setApiKey(null);
		properties.setConfigFile("none");
		PlatformProperties platform = properties.getPlatform();
		platform.setUrl(this.server.get("flyte.platform.url"));
		platform.setInsecure(Boolean.valueOf(this.server.get("flyte.platform.insecure")));
		platform.setInsecureSkipVerify(false);
		platform.setCaCertFilePath(this.server.get("flyte.platform.ca-cert-file-path"));
		platform.setSslBundle(null);
		platform.setHttpProxyUrl(null);
		CredentialsProperties credentials = properties.getCredentials();
		credentials.setAuthMode(
				this.server.containsKey("flyte.credentials.client-id") ? AuthMode.CLIENT_CREDENTIALS : AuthMode.NONE);
		credentials.setClientId(this.server.get("flyte.credentials.client-id"));
		credentials.setClientSecret(this.server.get("flyte.credentials.client-secret"));
		credentials.setClientSecretLocation(null);
		credentials.setClientSecretEnvVar(null);
		credentials.setCommand(List.of());
		credentials.setProxyCommand(List.of());
		credentials.setScopes(List.of());
		credentials.setAudience(null);
		credentials.setTokenUrl(null);
		credentials.setAuthorizationHeader(null);
	}

}
