package io.flyteconnect.autoconfigure.environment;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.configfile.FlyteFileKey;
import io.flyteconnect.internal.text.NearName;

/**
 * Maps the names that others use to our properties: those of a Flyte file
 * ({@code admin.endpoint}), of {@link io.flyteconnect.config.PlatformConfigBuilder}, of
 * Spring Boot and of OAuth2.
 */
final class OtherNames {

	private static final Map<String, String> BY_NAME = new LinkedHashMap<>();

	static {
		for (FlyteFileKey key : FlyteFileKey.ALL) {
			String property = key.property();
			if (key.yaml() != null) {
				add(key.yaml(), property);
				if (isAlone(last(key.yaml()))) {
					add(last(key.yaml()), property);
				}
				add(property.substring(0, property.lastIndexOf('.') + 1) + last(key.yaml()), property);
			}
		}
		add("platform.ca-cert-file", "platform.ca-cert-file-path");
		add("ca-cert-file", "platform.ca-cert-file-path");
		add("platform.console", "platform.console-endpoint");
		add("platform.host", "platform.url");
		add("host", "platform.url");
		add("channel.timeout", "channel.deadline");
		add("timeout", "channel.deadline");
		add("credentials.timeout", "credentials.request-timeout");
		add("credentials.token-endpoint", "credentials.token-url");
		add("token-endpoint", "credentials.token-url");
	}

	private OtherNames() {
	}

	// The name "endpoint" means that of Flyte, not that of its console.
	private static void add(String name, String property) {
		BY_NAME.putIfAbsent(NearName.normalize(name), property);
	}

	// These names are ambiguous: each kind of login has a timeout and a refresh time.
	private static boolean isAlone(String last) {
		return !last.equals("timeout") && !last.equals("refreshTime");
	}

	private static String last(String name) {
		return name.substring(name.lastIndexOf('.') + 1);
	}

	/**
	 * Find a property by a name that others use. Ignores case, dashes and dots.
	 * @param name the name, below the prefix of a connection
	 * @return the property below that prefix, or {@code null} if none is called so
	 */
	static @Nullable String of(String name) {
		return BY_NAME.get(NearName.normalize(name));
	}

}
