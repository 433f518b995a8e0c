package io.flyteconnect.autoconfigure.secret;

import java.util.function.Supplier;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

import io.flyteconnect.config.InvalidFlyteConfigurationException;

/**
 * Keeps secrets out of what is said of Flyte's settings that cannot be used: a value is
 * quoted otherwise.
 *
 * @since 0.1.0
 */
public final class SettingFailures {

	private SettingFailures() {
	}

	/**
	 * Make something from settings.
	 * @param environment where the settings are
	 * @param action makes it
	 * @param <T> the type of what is made
	 * @return what was made
	 * @throws InvalidFlyteConfigurationException if a setting cannot be used; without its
	 * value where that is a secret
	 */
	public static <T> T withoutSecrets(Environment environment, Supplier<T> action) {
		try {
			return action.get();
		}
		catch (InvalidFlyteConfigurationException ex) {
			if (!isSecret(environment, ex.getProperty())) {
				throw ex;
			}
			throw new InvalidFlyteConfigurationException(ex.getProperty(), ex.getOrigin(),
					"Its value cannot be used. It is not shown, nor is what is wrong with it, as it is a secret.",
					"Correct the secret that the property names, or the property.", null);
		}
	}

	private static boolean isSecret(Environment environment, String property) {
		if (!ConfigurationPropertyName.isValid(property)) {
			return false;
		}
		SecretPlaceholders placeholders = new SecretPlaceholders(environment);
		ConfigurationPropertyName name = ConfigurationPropertyName.of(property);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			ConfigurationProperty found = source.getConfigurationProperty(name);
			if (found != null) {
				return placeholders.isIn(found.getValue());
			}
		}
		return false;
	}

}
