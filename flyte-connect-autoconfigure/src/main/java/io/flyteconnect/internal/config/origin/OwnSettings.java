package io.flyteconnect.internal.config.origin;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.util.StringUtils;

import io.flyteconnect.config.AuthMode;

/**
 * What a named connection sets itself, and what it therefore does not inherit.
 *
 * @param sources where settings are
 * @param prefix the prefix of the connection
 * @param placeholders resolves placeholders
 */
record OwnSettings(Iterable<ConfigurationPropertySource> sources, ConfigurationPropertyName prefix,
		PlaceholdersResolver placeholders) {

	private static final ConfigurationPropertyName FLYTE = ConfigurationPropertyName.of("flyte");

	/** The file of a login is that of one connection. */
	private static final String STORE_FILE = "credentials.store-file";

	private static final String AUTH_MODE = "credentials.auth-mode";

	private static final Set<String> SECRETS = Set.of("credentials.client-secret", "credentials.client-secret-location",
			"credentials.client-secret-env-var");

	/** A client that has a secret is another one than a person logs in with. */
	private static final Set<String> CLIENT = Set.of("credentials.client-id",
			"credentials.client-authentication-method");

	private static final Set<String> COMMAND = Set.of("credentials.command", "credentials.command-ttl");

	/** Who sets one of these does not want the others: they say the same thing. */
	private static final List<Set<String>> ALTERNATIVES = List.of(SECRETS,
			Set.of("platform.ca-cert-file-path", "platform.ssl-bundle"));

	/** A key is one thing: endpoint, client and mode come from it. */
	private static final String API_KEY = "api-key";

	private static final Set<String> BESIDE_API_KEY = Set.of("platform.url", "platform.insecure",
			"platform.insecure-skip-verify", AUTH_MODE, "credentials.client-id", "credentials.client-secret",
			"credentials.client-secret-location", "credentials.client-secret-env-var", "credentials.token-url",
			"credentials.allow-insecure-token-url");

	/**
	 * Find what is not inherited.
	 * @return the names that it has for the unnamed connection
	 */
	Set<ConfigurationPropertyName> notInherited() {
		Set<String> names = new HashSet<>(Set.of(STORE_FILE));
		ALTERNATIVES.stream().filter(this::isAnySet).forEach(names::addAll);
		if (isAnySet(Set.of(API_KEY))) {
			names.addAll(BESIDE_API_KEY);
		}
		else if (isAnySet(BESIDE_API_KEY)) {
			names.add(API_KEY);
		}
		addOfOtherModes(names);
		return names.stream().map(FLYTE::append).collect(Collectors.toUnmodifiableSet());
	}

	// A mode and what it logs in with are one thing.
	private void addOfOtherModes(Set<String> names) {
		AuthMode own = mode(this.prefix.append(AUTH_MODE));
		if (own == null) {
			if (isAnySet(SECRETS)) {
				names.add(AUTH_MODE);
			}
			return;
		}
		if (own != AuthMode.CLIENT_CREDENTIALS) {
			if (SECRETS.stream().anyMatch((name) -> isSet(FLYTE.append(name)))) {
				names.addAll(CLIENT);
			}
			names.addAll(SECRETS);
		}
		if (own != AuthMode.EXTERNAL_COMMAND) {
			names.addAll(COMMAND);
		}
	}

	private @Nullable AuthMode mode(ConfigurationPropertyName name) {
		ConfigurationProperty property = find(name);
		Object text = (property != null) ? this.placeholders.resolvePlaceholders(property.getValue()) : null;
		try {
			return (text != null && StringUtils.hasText(text.toString())) ? AuthMode.of(text.toString()) : null;
		}
		catch (IllegalArgumentException ex) {
			// Explained where it is bound.
			return null;
		}
	}

	private boolean isAnySet(Set<String> names) {
		return names.stream().anyMatch((name) -> isSet(this.prefix.append(name)));
	}

	private boolean isSet(ConfigurationPropertyName name) {
		ConfigurationProperty property = find(name);
		return property != null && StringUtils.hasText(String.valueOf(property.getValue()));
	}

	private @Nullable ConfigurationProperty find(ConfigurationPropertyName name) {
		for (ConfigurationPropertySource source : this.sources) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property != null) {
				return property;
			}
		}
		return null;
	}

}
