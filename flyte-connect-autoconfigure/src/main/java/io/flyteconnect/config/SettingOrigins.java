package io.flyteconnect.config;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.config.origin.PropertyLookup;

/**
 * Where the settings of a connection come from, for messages about one that may be wrong:
 * they name the property, and the line, variable or other place that it is set at.
 * <p>
 * Where a setting comes from makes it no other one, so that all instances are equal.
 *
 * @since 0.1.0
 */
public interface SettingOrigins {

	/** Of settings that were made by code. */
	SettingOrigins NONE = PropertyLookup.none();

	/**
	 * Return the full name of a property.
	 * @param name the name below the connection's prefix, for example
	 * {@code credentials.scopes}
	 * @return for example {@code flyte.credentials.scopes}
	 */
	String property(String name);

	/**
	 * Return where a property is set.
	 * @param name the name below the connection's prefix
	 * @return file, line and column, or the variable, or {@code null} if it is not set,
	 * or was set by code
	 */
	@Nullable String origin(String name);

	/**
	 * Return whether a property is set in a place that is known.
	 * @param name the name below the connection's prefix
	 * @return whether it is
	 */
	default boolean isSet(String name) {
		return origin(name) != null;
	}

	/**
	 * Name a property and where it is set.
	 * @param name the name below the connection's prefix
	 * @return for example {@code flyte.credentials.scopes (/etc/flyte/config.yaml:7:11)}
	 */
	default String describe(String name) {
		String origin = origin(name);
		return property(name) + ((origin != null) ? " (" + origin + ")" : "");
	}

}
