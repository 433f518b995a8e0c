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
 * Finds the secrets that an unresolved value refers to, directly, by a variable or a
 * setting that contains one, or by another property, and checks whether they exist.
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
	 * @param written the value with its placeholders
	 * @throws SecretException if one has neither, or its name is invalid
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
	 * @return the exception for the missing secret, or {@code null} if the secret exists,
	 * the environment has no secrets or the name is not that of a secret
	 * @throws InvalidSecretNameException if the name starts like that of a secret, but is
	 * invalid
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
			// Circular placeholders cannot be resolved, but the names seen so far still
			// count.
			return "";
		}
	}

	/**
	 * Return a property without resolving its placeholders.
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
