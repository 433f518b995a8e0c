package io.flyteconnect.samples.cli.command;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.PlatformConfig;

/**
 * The settings in force: where there is an API key, endpoint and login come from it.
 *
 * @param config the settings that the connection has
 * @param settings the settings that somebody has made
 */
record ApiKeySettings(PlatformConfig config, Settings settings) {

	private static final String API_KEY = "flyte.api-key";

	Settings.@Nullable Setting find(String name) {
		Settings.Setting apiKey = this.settings.find(API_KEY);
		String value = (apiKey != null && !apiKey.value().isBlank()) ? ofApiKey(name) : null;
		return (apiKey != null && value != null) ? new Settings.Setting(value, API_KEY + " (" + apiKey.origin() + ")")
				: this.settings.find(name);
	}

	private @Nullable String ofApiKey(String name) {
		return switch (name) {
			case "flyte.platform.url" -> this.config.endpoint().text();
			case "flyte.credentials.auth-mode" -> this.config.credentials().authMode().words().get(0);
			case "flyte.credentials.client-id" -> this.config.credentials().clientId();
			case "flyte.credentials.client-secret" -> Settings.MASK;
			default -> null;
		};
	}

}
