package io.flyteconnect.internal.config.origin;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig.SettingOrigins;

/**
 * Looks up the properties of one connection and their origins in property sources.
 *
 * @since 0.1.0
 */
public final class PropertyLookup implements SettingOrigins {

	private final Iterable<ConfigurationPropertySource> sources;

	private final ConfigurationPropertyName prefix;

	/** The prefix as it was written, such as {@code flyte.connections.researchEu}. */
	private final String text;

	private final PlaceholdersResolver placeholders;

	private final boolean code;

	public PropertyLookup(Iterable<ConfigurationPropertySource> sources, String prefix,
			PlaceholdersResolver placeholders) {
		this(sources, prefix, placeholders, false);
	}

	private PropertyLookup(Iterable<ConfigurationPropertySource> sources, String prefix,
			PlaceholdersResolver placeholders, boolean code) {
		this.sources = sources;
		this.code = code;
		this.prefix = ConfigurationPropertyName.adapt(prefix, '.');
		this.text = prefix;
		this.placeholders = placeholders;
	}

	/**
	 * Return a lookup without sources, for settings that were made by code.
	 * @return a lookup that finds nothing
	 */
	public static PropertyLookup none() {
		return new PropertyLookup(List.of(), "flyte", PlaceholdersResolver.NONE);
	}

	/**
	 * Return a lookup for settings that were made by code. These have values, but no
	 * origins.
	 * @param source the settings
	 * @param prefix the prefix of their names
	 * @return a lookup that finds no origin
	 */
	public static PropertyLookup ofCode(ConfigurationPropertySource source, String prefix) {
		return new PropertyLookup(List.of(source), prefix, PlaceholdersResolver.NONE, true);
	}

	/**
	 * Return a lookup for the properties of an environment.
	 * @param environment the environment that the settings were bound from
	 * @param prefix the prefix that they were bound at, for example {@code flyte}
	 * @return the lookup
	 */
	public static PropertyLookup of(Environment environment, String prefix) {
		return new PropertyLookup(ConfigurationPropertySources.get(environment), prefix,
				new EnvironmentPlaceholders(environment));
	}

	/**
	 * Look for the settings of a named connection in an environment.
	 * @param environment the environment that the settings were bound from
	 * @param prefix the prefix of the connection as it is written
	 * @param inherit whether what the connection does not set itself is that of
	 * {@code flyte.*}
	 * @return the lookup
	 */
	public static PropertyLookup ofNamed(Environment environment, String prefix, boolean inherit) {
		PropertyLookup own = of(environment, prefix);
		return inherit ? new PropertyLookup(InheritedSource.behind(own.sources, own.prefix, own.placeholders), prefix,
				own.placeholders, false) : own;
	}

	/**
	 * Return whether a property of an environment has a value. Placeholders are not
	 * resolved.
	 * @param environment the environment
	 * @param property the full name of the property
	 * @return whether the value in the source of the highest precedence is not blank
	 */
	public static boolean isWritten(Environment environment, String property) {
		ConfigurationProperty found = of(environment, "flyte").find(ConfigurationPropertyName.of(property));
		return found != null && StringUtils.hasText(String.valueOf(found.getValue()));
	}

	@Override
	public String property(String name) {
		ConfigurationProperty inherited = inherited(name);
		if (inherited == null) {
			return this.text + "." + name;
		}
		ConfigurationPropertyName full = inherited.getName();
		return (full.isLastElementIndexed() ? full.getParent() : full).toString();
	}

	/**
	 * Return whether a property is set, and not only inherited.
	 * @param name the name below the prefix
	 * @return whether it is
	 */
	public boolean isOwn(String name) {
		return find(this.prefix.append(name)) != null && inherited(name) == null;
	}

	private @Nullable ConfigurationProperty inherited(String name) {
		ConfigurationProperty found = this.code ? null : find(this.prefix.append(name));
		return (found != null && !this.prefix.isAncestorOf(found.getName())) ? found : null;
	}

	@Override
	public @Nullable String origin(String name) {
		ConfigurationProperty property = this.code ? null : find(this.prefix.append(name));
		return (property != null) ? PropertyOrigin.describe(property.getOrigin()) : null;
	}

	@Override
	public boolean isGivenByCode(String name) {
		return this.code && find(this.prefix.append(name)) != null;
	}

	/**
	 * Return where a property is set.
	 * @param property the full name of the property
	 * @return file, line and column, or the variable, or {@code null} if it is not set
	 */
	public @Nullable String originOf(String property) {
		ConfigurationProperty found = this.code ? null : find(ConfigurationPropertyName.adapt(property, '.'));
		return (found != null) ? PropertyOrigin.describe(found.getOrigin()) : null;
	}

	/**
	 * Return the text of a property that is not a list.
	 * @param name the name below the prefix
	 * @return the text, or {@code null} if it is not set, or set as a list
	 */
	public @Nullable String text(String name) {
		ConfigurationProperty property = find(this.prefix.append(name));
		if (property == null || property.getName().isLastElementIndexed()) {
			return null;
		}
		Object value = this.placeholders.resolvePlaceholders(property.getValue());
		return (value instanceof CharSequence found) ? found.toString() : null;
	}

	/**
	 * Return whether a property is set in the same source as another one, or in a source
	 * of higher precedence. A property that is set by code has no source and always
	 * qualifies.
	 * @param name the name below the prefix
	 * @param other the name of the other, below the prefix
	 * @return whether the source of the other one has no higher precedence
	 */
	public boolean isAtLeastAsStrong(String name, String other) {
		ConfigurationProperty property = find(this.prefix.append(name));
		ConfigurationProperty than = find(this.prefix.append(other));
		return property == null || than == null
				|| SourceOrder.isAtLeastAsStrong(this.sources, property.getSource(), than.getSource());
	}

	/**
	 * Return whether two properties are set in the same source.
	 * @param name the name below the prefix
	 * @param other the name of the other, below the prefix
	 * @return whether both are set, and in the same source
	 */
	public boolean isInSameSource(String name, String other) {
		ConfigurationProperty property = find(this.prefix.append(name));
		ConfigurationProperty than = find(this.prefix.append(other));
		return property != null && property.getSource() != null && than != null
				&& SourceOrder.isSame(property.getSource(), than.getSource());
	}

	/**
	 * Return the Flyte file among the sources.
	 * @return its path, or {@code null} if there is none
	 */
	public @Nullable String configSource() {
		return SourceOrder.flyteFile(this.sources, this.text);
	}

	public InvalidFlyteConfigurationException invalid(String name, String reason, String action) {
		return new InvalidFlyteConfigurationException(property(name), origin(name), reason, action, null);
	}

	/**
	 * Return the prefix of the settings.
	 * @return for example {@code flyte}
	 */
	public ConfigurationPropertyName prefix() {
		return this.prefix;
	}

	/**
	 * Return a binder of what is found here.
	 * @param handler is told what is bound
	 * @return the binder
	 */
	public Binder binder(BindHandler handler) {
		return new Binder(this.sources, this.placeholders, null, null, handler);
	}

	/**
	 * Say where a property, or the first one below it, comes from.
	 * @param name the name below the prefix, or that of what holds properties
	 * @return file, line and column, or the variable, or {@code null} if none is set
	 */
	public @Nullable String firstBelow(String name) {
		return PropertyOrigin.firstBelow(this.sources, this.prefix.append(name));
	}

	boolean mayContain(String text) {
		return SourceOrder.mayContain(this.sources, this.prefix.chop(1), text);
	}

	PlaceholdersResolver placeholders() {
		return this.placeholders;
	}

	private @Nullable ConfigurationProperty find(ConfigurationPropertyName full) {
		return SourceOrder.find(this.sources, full);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof SettingOrigins;
	}

	@Override
	public int hashCode() {
		return SettingOrigins.class.hashCode();
	}

	@Override
	public String toString() {
		return "SettingOrigins";
	}

}
