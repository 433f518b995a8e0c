package io.flyteconnect.actuate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfig.SettingOrigins;
import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.internal.configfile.FlyteFiles;
import io.flyteconnect.internal.configfile.ProcessEnvironment;
import io.flyteconnect.login.LoginFailure;
import io.flyteconnect.login.TokenState;

/**
 * What the endpoint shows of one connection.
 *
 * @param environment where the settings come from
 * @param connection the connection
 * @param executions what launches executions over it, where the starter does
 */
record ConnectionPage(Environment environment, FlyteConnection connection, @Nullable FlyteExecutions executions) {

	/**
	 * Describe the connection.
	 * @param sanitizer makes of the name of a property and its value what may be shown
	 * @return the description
	 */
	Map<String, Object> describe(BiFunction<String, @Nullable Object, @Nullable Object> sanitizer) {
		Map<String, Object> page = new LinkedHashMap<>();
		page.put("channel", Map.of("state", this.connection.channelState().name()));
		page.put("token", token(this.connection.tokenState()));
		page.put("flyteFile", file(this.connection.config()));
		page.put("settings", settings(this.connection.config(), sanitizer));
		return page;
	}

	private Map<String, Object> settings(PlatformConfig config,
			BiFunction<String, @Nullable Object, @Nullable Object> sanitizer) {
		SettingOrigins origins = config.origins();
		Map<String, Object> settings = new LinkedHashMap<>();
		EffectiveSettings.of(config, (this.executions != null) ? this.executions.settings() : null)
			.forEach((name, value) -> {
				String origin = origin(origins, name);
				if ((value != null || origin != null) && isOf(config, name)) {
					String property = property(config, name);
					Map<String, Object> setting = new LinkedHashMap<>();
					put(setting, "value", sanitizer.apply(property, value));
					setting.put("origin", (origin != null) ? origin : "default, or decided by other settings");
					settings.put(property, setting);
				}
			});
		return settings;
	}

	private static @Nullable String origin(SettingOrigins origins, String name) {
		if (origins.isGivenByCode(name)) {
			return "given at run time, by a bean or FlyteConnection.reload";
		}
		String origin = origins.origin(name);
		return (origin == null && name.equals("credentials.client-secret")) ? ofSecret(origins) : origin;
	}

	// It may be in a place that another setting names, in the order in which they win.
	private static @Nullable String ofSecret(SettingOrigins origins) {
		return Stream.of("credentials.client-secret-env-var", "credentials.client-secret-location", "api-key")
			.filter(origins::isSet)
			.findFirst()
			.map((place) -> "as " + origins.describe(place) + " says")
			.orElse(null);
	}

	// Those of secrets are the application's, and so of no connection with a name.
	private static boolean isOf(PlatformConfig config, String name) {
		return PlatformConfig.DEFAULT_NAME.equals(config.name()) || !name.startsWith("secrets.");
	}

	// Code names all properties as those of the unnamed connection.
	private static String property(PlatformConfig config, String name) {
		String property = config.origins().property(name);
		boolean code = config.origins().property("").equals("flyte.");
		return (code && !PlatformConfig.DEFAULT_NAME.equals(config.name()))
				? "flyte.connections." + config.name() + "." + name : property;
	}

	private Map<String, Object> file(PlatformConfig config) {
		Map<String, Object> file = new LinkedHashMap<>();
		put(file, "read", config.configSource());
		file.put("lookedFor", lookedFor(config));
		return file;
	}

	// One with a name looks for none but its own, and for that of the unnamed one where
	// it
	// inherits what is in there.
	private List<String> lookedFor(PlatformConfig config) {
		SettingOrigins origins = config.origins();
		FlyteFiles files = new FlyteFiles((this.environment instanceof ConfigurableEnvironment configurable)
				? ProcessEnvironment.of(configurable) : ProcessEnvironment.current());
		List<String> places = new ArrayList<>();
		boolean named = !PlatformConfig.DEFAULT_NAME.equals(config.name());
		if (named && origins.isSet("config-file")) {
			places.addAll(files.places(this.environment.getProperty(origins.property("config-file"))));
		}
		if (!named || this.environment.getProperty(origins.property("inherit"), Boolean.class, false)) {
			places.addAll(files.places(this.environment.getProperty("flyte.config-file")));
		}
		return places;
	}

	private static Map<String, Object> token(TokenState state) {
		Map<String, Object> token = new LinkedHashMap<>();
		token.put("mode", state.mode().words().get(0));
		token.put("state", state.presence().name());
		put(token, "issuer", state.issuer());
		put(token, "scopes", state.scopes().isEmpty() ? null : state.scopes());
		put(token, "obtainedAt", state.obtainedAt());
		put(token, "endsAt", state.endsAt());
		put(token, "underWay", state.underWay());
		LoginFailure failure = state.lastFailure();
		if (failure != null) {
			token.put("lastFailure", Map.of("step", failure.step().toString(), "time", failure.time().toString(),
					"message", failure.message()));
		}
		return token;
	}

	private static void put(Map<String, Object> map, String name, @Nullable Object value) {
		if (value != null) {
			boolean plain = value instanceof List<?> || value instanceof Number || value instanceof Boolean;
			map.put(name, plain ? value : value.toString());
		}
	}

}
