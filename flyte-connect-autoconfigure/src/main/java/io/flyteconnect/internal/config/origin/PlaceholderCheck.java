package io.flyteconnect.internal.config.origin;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.env.ConfigTreePropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.SystemPropertyUtils;

/**
 * Rejects a setting with a placeholder that cannot be resolved. Spring leaves it in the
 * text, so it would be sent to a server. Settings that are made by code or come from a
 * Flyte file have no placeholders.
 *
 * @since 0.1.0
 */
public final class PlaceholderCheck {

	private static final Pattern SECRET = Pattern.compile(".*\\.(?:api-key|client-secret|store-key)");

	private static final Pattern COMMAND = Pattern.compile(".*\\.(?:proxy-)?command(?:\\[.*)?");

	private static final Pattern BLANK = Pattern.compile("\\s");

	private final PropertyLookup lookup;

	/**
	 * Create a check.
	 * @param lookup the lookup of the settings
	 */
	public PlaceholderCheck(PropertyLookup lookup) {
		this.lookup = lookup;
	}

	/**
	 * Check a setting and all below it.
	 * @param name the full name, for example {@code flyte.channel}
	 * @param type the type that it is bound to without errors
	 * @throws UnresolvedPlaceholderException if a placeholder cannot be resolved
	 */
	public void check(String name, Class<?> type) {
		check(ConfigurationPropertyName.of(name), type);
	}

	/**
	 * Check a setting and all below it.
	 * @param name the full name
	 * @param type what it is bound to, which must be possible
	 * @throws UnresolvedPlaceholderException if one has a placeholder that is left
	 */
	public void check(ConfigurationPropertyName name, Class<?> type) {
		if (!(this.lookup.placeholders() instanceof EnvironmentPlaceholders)
				|| !this.lookup.mayContain(SystemPropertyUtils.PLACEHOLDER_PREFIX)) {
			return;
		}
		try {
			this.lookup.binder(BindHandler.DEFAULT).bind(name, Bindable.of(type), handler());
		}
		catch (BindException ex) {
			throw (ex.getCause() instanceof UnresolvedPlaceholderException unresolved) ? unresolved : ex;
		}
	}

	/**
	 * Return a handler that checks each property that is bound.
	 * @return a handler that stops the binding with an
	 * {@link UnresolvedPlaceholderException}
	 */
	public BindHandler handler() {
		return new AbstractBindHandler() {

			@Override
			public Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
					Object result) {
				ConfigurationProperty property = context.getConfigurationProperty();
				if (property != null) {
					check(property);
				}
				return result;
			}

		};
	}

	private void check(ConfigurationProperty property) {
		String left = (this.lookup.placeholders() instanceof EnvironmentPlaceholders placeholders)
				? unresolved(property, placeholders) : null;
		if (left != null) {
			throw new UnresolvedPlaceholderException(property.getName().toString(),
					PropertyOrigin.describe(property.getOrigin()), left);
		}
	}

	private static @Nullable String unresolved(ConfigurationProperty property, EnvironmentPlaceholders placeholders) {
		String value = (property.getValue() instanceof CharSequence text) ? text.toString() : "";
		return (isOpaqueSecret(property) || isScript(property, value)) ? placeholders.unresolvedWhole(value)
				: placeholders.unresolved(value);
	}

	// Whether the value is a secret that a tool has set, not a person.
	private static boolean isOpaqueSecret(ConfigurationProperty property) {
		ConfigurationPropertySource source = property.getSource();
		Object underlying = (source != null) ? source.getUnderlyingSource() : null;
		return SECRET.matcher(property.getName().toString()).matches()
				&& (underlying instanceof SystemEnvironmentPropertySource
						|| underlying instanceof ConfigTreePropertySource);
	}

	// Shell scripts use ${...}, too.
	private static boolean isScript(ConfigurationProperty property, String value) {
		return COMMAND.matcher(property.getName().toString()).matches() && BLANK.matcher(value).find()
				&& (property.getName().isLastElementIndexed() || value.contains(" -c "));
	}

}
