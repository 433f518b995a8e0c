package io.flyteconnect.autoconfigure.secret;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.util.PlaceholderResolutionException;
import org.springframework.util.PropertyPlaceholderHelper;
import org.springframework.util.PropertyPlaceholderHelper.PlaceholderResolver;
import org.springframework.util.SystemPropertyUtils;

import io.flyteconnect.secret.InvalidSecretNameException;
import io.flyteconnect.secret.SecretException;
import io.flyteconnect.secret.SecretNotFoundException;

/**
 * Knows the secrets in a value as it is written: whether it names one, a variable or a
 * setting that holds one, or another property that does; and whether they are there.
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
		AtomicBoolean found = new AtomicBoolean();
		resolve(written, (name) -> {
			if (SecretPropertyName.matches(name)) {
				found.set(true);
				return "";
			}
			if (SecretSettingNames.matches(name) || this.variables.isSecret(name)) {
				found.set(true);
			}
			return written(name);
		});
		return found.get();
	}

	/**
	 * Require that each placeholder of a secret has a value or a default.
	 * @param written the value as it is written
	 * @throws SecretException if one has none, or names no secret
	 */
	void requireFound(@Nullable Object written) {
		Set<String> missing = new LinkedHashSet<>();
		String resolved = resolve(written, (name) -> {
			String value = written(name);
			if (value == null && SecretPropertyName.matches(name)) {
				SecretPropertyName.parse(name);
				missing.add(name);
			}
			return value;
		});
		for (String name : missing) {
			if (resolved.contains("${" + name + "}")) {
				SecretNotFoundException failure = missing(this.environment, name);
				if (failure != null) {
					throw failure;
				}
			}
		}
	}

	/**
	 * Explain why a placeholder has no value.
	 * @param environment the environment
	 * @param name the name in the placeholder
	 * @return which secret is missing and where it would be, or {@code null} where it is
	 * there, the environment has no secrets or the name is none of a secret's
	 * @throws InvalidSecretNameException if the name begins as one and is none
	 */
	static @Nullable SecretNotFoundException missing(Environment environment, String name) {
		if (!SecretPropertyName.matches(name) || !(environment instanceof ConfigurableEnvironment configurable)
				|| !(configurable.getPropertySources()
					.get(FlyteSecretPropertySource.NAME) instanceof FlyteSecretPropertySource secrets)) {
			return null;
		}
		SecretPropertyName property = SecretPropertyName.parse(name);
		return secrets.containsProperty(name) ? null : secrets.missing(property.secret());
	}

	private String resolve(@Nullable Object written, PlaceholderResolver resolver) {
		if (!(written instanceof CharSequence) || !written.toString().contains("${")) {
			return "";
		}
		try {
			return this.helper.replacePlaceholders(written.toString(), resolver);
		}
		catch (PlaceholderResolutionException ex) {
			// A circle of placeholders: nothing comes of it, but perhaps of what was
			// seen.
			return "";
		}
	}

	/**
	 * Return a property as it is written.
	 * @param name the name of the property
	 * @return its text with its placeholders, or {@code null} if it is not set
	 */
	@Nullable String written(String name) {
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
