package io.flyteconnect.internal.config.origin;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;

/**
 * A source of {@code flyte.*} as a named connection sees it that inherits: what it does
 * not set itself. A value keeps the name that it has, and its origin.
 */
final class InheritedSource implements ConfigurationPropertySource {

	private static final ConfigurationPropertyName FLYTE = ConfigurationPropertyName.of("flyte");

	private static final Set<String> SECTIONS = Set.of("api-key", "platform", "credentials", "channel", "runs",
			"execution");

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
	 * @param placeholders resolves placeholders
	 * @return the sources, then once more as they are inherited
	 */
	static List<ConfigurationPropertySource> behind(Iterable<ConfigurationPropertySource> sources,
			ConfigurationPropertyName prefix, PlaceholdersResolver placeholders) {
		Set<ConfigurationPropertyName> left = new OwnSettings(sources, prefix, placeholders).notInherited();
		List<ConfigurationPropertySource> all = new ArrayList<>();
		sources.forEach(all::add);
		sources.forEach((source) -> all.add(new InheritedSource(source, prefix, left)));
		return all;
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
				&& this.left.stream().noneMatch((own) -> own.equals(inherited) || own.isAncestorOf(inherited));
		return taken ? inherited : null;
	}

	@Override
	public @Nullable Object getUnderlyingSource() {
		return this.source.getUnderlyingSource();
	}

}
