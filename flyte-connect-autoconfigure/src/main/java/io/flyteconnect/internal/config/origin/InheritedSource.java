package io.flyteconnect.internal.config.origin;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.util.StringUtils;

/**
 * A source of {@code flyte.*} as a named connection sees it that inherits: what it does
 * not set itself. A value keeps the name that it has, and its origin.
 */
final class InheritedSource implements ConfigurationPropertySource {

	private static final ConfigurationPropertyName FLYTE = ConfigurationPropertyName.of("flyte");

	private static final Set<String> SECTIONS = Set.of("api-key", "platform", "credentials", "channel", "execution");

	/** The file of a login is that of one connection. */
	private static final String OWN = "credentials.store-file";

	/** Who sets one of these does not want the others: they say the same thing. */
	private static final List<Set<String>> ALTERNATIVES = List.of(Set.of("credentials.client-secret",
			"credentials.client-secret-location", "credentials.client-secret-env-var"),
			Set.of("platform.ca-cert-file-path", "platform.ssl-bundle"));

	/** A key is one thing: endpoint, client and mode come from it. */
	private static final String API_KEY = "api-key";

	private static final Set<String> BESIDE_API_KEY = Set.of("platform.url", "platform.insecure",
			"platform.insecure-skip-verify", "credentials.auth-mode", "credentials.client-id",
			"credentials.client-secret", "credentials.client-secret-location", "credentials.client-secret-env-var",
			"credentials.token-url", "credentials.allow-insecure-token-url");

	private final ConfigurationPropertySource source;

	private final ConfigurationPropertyName prefix;

	private final Set<ConfigurationPropertyName> left;

	private InheritedSource(ConfigurationPropertySource source, ConfigurationPropertyName prefix,
			Set<ConfigurationPropertyName> left) {
		this.source = source;
		this.prefix = prefix;
		this.left = left;
	}

	/**
	 * Put what is inherited behind what a connection sets itself.
	 * @param sources the sources
	 * @param prefix the prefix of the connection
	 * @return the sources, then once more as they are inherited
	 */
	static List<ConfigurationPropertySource> behind(Iterable<ConfigurationPropertySource> sources,
			ConfigurationPropertyName prefix) {
		Set<ConfigurationPropertyName> left = left(sources, prefix);
		List<ConfigurationPropertySource> all = new ArrayList<>();
		sources.forEach(all::add);
		sources.forEach((source) -> all.add(new InheritedSource(source, prefix, left)));
		return all;
	}

	private static Set<ConfigurationPropertyName> left(Iterable<ConfigurationPropertySource> sources,
			ConfigurationPropertyName prefix) {
		Set<String> left = new HashSet<>(Set.of(OWN));
		for (Set<String> alternatives : ALTERNATIVES) {
			if (alternatives.stream().anyMatch((name) -> isSet(sources, prefix.append(name)))) {
				left.addAll(alternatives);
			}
		}
		if (isSet(sources, prefix.append(API_KEY))) {
			left.addAll(BESIDE_API_KEY);
		}
		else if (BESIDE_API_KEY.stream().anyMatch((name) -> isSet(sources, prefix.append(name)))) {
			left.add(API_KEY);
		}
		Set<ConfigurationPropertyName> names = new HashSet<>();
		left.forEach((name) -> names.add(FLYTE.append(name)));
		return names;
	}

	private static boolean isSet(Iterable<ConfigurationPropertySource> sources, ConfigurationPropertyName name) {
		for (ConfigurationPropertySource source : sources) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property != null) {
				return StringUtils.hasText(String.valueOf(property.getValue()));
			}
		}
		return false;
	}

	@Override
	public @Nullable ConfigurationProperty getConfigurationProperty(@Nullable ConfigurationPropertyName name) {
		ConfigurationPropertyName inherited = inherited(name);
		return (inherited != null) ? this.source.getConfigurationProperty(inherited) : null;
	}

	@Override
	public ConfigurationPropertyState containsDescendantOf(ConfigurationPropertyName name) {
		ConfigurationPropertyName inherited = inherited(name);
		if (inherited != null) {
			return this.source.containsDescendantOf(inherited);
		}
		return (name.equals(this.prefix) || name.isAncestorOf(this.prefix)) ? ConfigurationPropertyState.UNKNOWN
				: ConfigurationPropertyState.ABSENT;
	}

	private @Nullable ConfigurationPropertyName inherited(@Nullable ConfigurationPropertyName name) {
		if (name == null || !this.prefix.isAncestorOf(name)) {
			return null;
		}
		ConfigurationPropertyName inherited = PropertyPrefix.replace(name, this.prefix.getNumberOfElements(), FLYTE);
		boolean taken = SECTIONS.contains(inherited.getElement(1, ConfigurationPropertyName.Form.DASHED))
				&& !this.left.contains(inherited);
		return taken ? inherited : null;
	}

	@Override
	public @Nullable Object getUnderlyingSource() {
		return this.source.getUnderlyingSource();
	}

}
