package io.flyteconnect.internal.client;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigBuilder;
import io.flyteconnect.fuzz.Attempt;
import io.flyteconnect.fuzz.Input;
import io.flyteconnect.internal.config.text.PlaintextUrl;
import io.flyteconnect.internal.discovery.LoginSettings;
import io.flyteconnect.internal.discovery.MetadataLines;
import io.flyteconnect.internal.discovery.ServerMetadata;
import io.flyteconnect.internal.token.AccessToken;
import io.flyteconnect.login.LoginException;

/**
 * What a server publishes of how to log in.
 */
public final class MetadataAnswerFuzz {

	private static final AuthMode[] MODES = { AuthMode.CLIENT_CREDENTIALS, AuthMode.PKCE, AuthMode.DEVICE_FLOW,
			AuthMode.EXTERNAL_COMMAND };

	private static final Map<AuthMode, PlatformConfig> CONFIGS = new EnumMap<>(AuthMode.class);

	static {
		for (AuthMode mode : MODES) {
			PlatformConfigBuilder builder = PlatformConfig.builder()
				.endpoint("flyte.example")
				.clientCredentials("service", Attempt.SECRET)
				.property("flyte.credentials.client-id", (mode == AuthMode.CLIENT_CREDENTIALS) ? "service" : null)
				.property("flyte.credentials.command", "print-token")
				.authMode(mode);
			CONFIGS.put(mode, builder.build());
		}
	}

	private MetadataAnswerFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] data) {
		Input input = Input.of(data);
		ServerMetadata published = MetadataLines.read(input.lines(MetadataLines.COUNT));
		PlatformConfig config = CONFIGS.get(MODES[input.choice() & 3]);
		Attempt attempt = Attempt.on(input.text());
		GrantClient client = attempt.read(() -> new GrantClients("fuzz", config)
			.create(LoginSettings.of(config.credentials(), published), published), LoginException.class);
		if (client != null) {
			check(client);
			attempt.hides(client.toString());
		}
	}

	private static void check(GrantClient client) {
		AccessToken.of("token", null, client.settings().authorizationHeader(), Instant.EPOCH, Duration.ofHours(1),
				Duration.ZERO, 0);
		if (client.settings().authMode() == AuthMode.EXTERNAL_COMMAND) {
			return;
		}
		String endpoint = client.registration().getProviderDetails().getTokenUri();
		Attempt.require(URI.create(endpoint).getHost() != null && PlaintextUrl.isSafe(endpoint),
				"A secret would go to " + endpoint);
		client.registration()
			.getScopes()
			.forEach((scope) -> Attempt.require(scope.indexOf(' ') < 0, "No scope: " + scope));
	}

}
