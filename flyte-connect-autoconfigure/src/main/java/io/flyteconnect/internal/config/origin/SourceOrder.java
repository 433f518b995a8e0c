package io.flyteconnect.internal.config.origin;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.env.RandomValuePropertySource;

import io.flyteconnect.internal.configfile.FlyteFilePropertySource;

/**
 * Which of several sources a property is taken from, and which of two is the stronger
 * one.
 */
final class SourceOrder {

	private SourceOrder() {
	}

	/**
	 * Find a property. Only the source of the highest precedence counts: lists are never
	 * merged.
	 */
	static @Nullable ConfigurationProperty find(Iterable<ConfigurationPropertySource> sources,
			ConfigurationPropertyName name) {
		ConfigurationPropertyName first = name.append("[0]");
		for (ConfigurationPropertySource source : sources) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			property = (property != null) ? property : source.getConfigurationProperty(first);
			if (property != null) {
				return property;
			}
		}
		return null;
	}

	static boolean isAtLeastAsStrong(Iterable<ConfigurationPropertySource> sources,
			@Nullable ConfigurationPropertySource one, @Nullable ConfigurationPropertySource other) {
		for (ConfigurationPropertySource source : sources) {
			if (isSame(source, one)) {
				return true;
			}
			if (isSame(source, other)) {
				return false;
			}
		}
		return true;
	}

	static boolean isSame(ConfigurationPropertySource source, @Nullable ConfigurationPropertySource other) {
		return other != null && source.getUnderlyingSource() == other.getUnderlyingSource();
	}

	/**
	 * Return whether a property may contain a text, without binding any.
	 * @param root the root of the properties that count
	 * @return {@code false} only if none contains it as it is written
	 */
	static boolean mayContain(Iterable<ConfigurationPropertySource> sources, ConfigurationPropertyName root,
			String text) {
		for (ConfigurationPropertySource source : sources) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				for (ConfigurationPropertyName name : iterable) {
					if (root.isAncestorOf(name) && contains(iterable.getConfigurationProperty(name), text)) {
						return true;
					}
				}
			}
			else if (!(source.getUnderlyingSource() instanceof RandomValuePropertySource
					|| source.getUnderlyingSource() instanceof WithoutSettings)) {
				return true;
			}
		}
		return false;
	}

	private static boolean contains(@Nullable ConfigurationProperty property, String text) {
		return property != null && property.getValue() instanceof CharSequence value && value.toString().contains(text);
	}

	/**
	 * Find the Flyte file of a connection.
	 * @param prefix the prefix of the connection as it is written
	 */
	static @Nullable String flyteFile(Iterable<ConfigurationPropertySource> sources, String prefix) {
		for (ConfigurationPropertySource source : sources) {
			if (source.getUnderlyingSource() instanceof FlyteFilePropertySource file
					&& (source instanceof InheritedSource || file.isOf(prefix))) {
				return file.getFile().toString();
			}
		}
		return null;
	}

}
