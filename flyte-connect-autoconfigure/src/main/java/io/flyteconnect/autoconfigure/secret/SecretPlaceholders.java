package io.flyteconnect.autoconfigure.secret;

import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.util.PlaceholderResolutionException;
import org.springframework.util.PropertyPlaceholderHelper;
import org.springframework.util.SystemPropertyUtils;

/**
 * Tells whether a value, as it is written, has a secret in it: names one, a variable or a
 * setting that holds one, or another property that does.
 */
class SecretPlaceholders {

	private final PropertyPlaceholderHelper helper = new PropertyPlaceholderHelper(
			SystemPropertyUtils.PLACEHOLDER_PREFIX, SystemPropertyUtils.PLACEHOLDER_SUFFIX,
			SystemPropertyUtils.VALUE_SEPARATOR, SystemPropertyUtils.ESCAPE_CHARACTER, true);

	private final Environment environment;

	private final SecretVariables variables;

	SecretPlaceholders(Environment environment) {
		this.environment = environment;
		this.variables = new SecretVariables(environment);
	}

	boolean isIn(@Nullable Object written) {
		if (!(written instanceof CharSequence) || !written.toString().contains("${")) {
			return false;
		}
		AtomicBoolean found = new AtomicBoolean();
		try {
			this.helper.replacePlaceholders(written.toString(), (name) -> resolve(name, found));
		}
		catch (PlaceholderResolutionException ex) {
			// A circle of placeholders: nothing comes of it, but perhaps of what was
			// seen.
		}
		return found.get();
	}

	private @Nullable String resolve(String name, AtomicBoolean found) {
		if (SecretPropertyName.matches(name)) {
			found.set(true);
			return "";
		}
		if (SecretSettingNames.matches(name) || this.variables.isSecret(name)) {
			found.set(true);
		}
		if (this.environment instanceof ConfigurableEnvironment configurable) {
			for (PropertySource<?> source : configurable.getPropertySources()) {
				Object value = source.getProperty(name);
				if (value != null) {
					return value.toString();
				}
			}
		}
		return null;
	}

}
