package io.flyteconnect.internal.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.internal.text.NearName;
import io.flyteconnect.internal.text.SafeText;

/**
 * The names of the settings of a connection.
 *
 * @since 0.1.0
 */
public final class ConnectionPropertyNames {

	private static final String OWN = "io.flyteconnect.";

	private ConnectionPropertyNames() {
	}

	/**
	 * Create the exception for a name that no setting of a connection has.
	 * @param name the name as it is written
	 * @param full the name that a similar one is searched for
	 * @param prefix the prefix of the connection, for example {@code flyte}
	 * @return the exception with the most similar name
	 */
	static InvalidFlyteConfigurationException unknown(String name, String full, String prefix) {
		String hint = NearName.hint(full, all(prefix));
		return new InvalidFlyteConfigurationException(SafeText.of(name), null,
				"No setting of a connection has this name" + (hint.isEmpty() ? "." : hint),
				"Correct the name: README.md lists the properties of a connection.", null);
	}

	/**
	 * Return the names.
	 * @param prefix the prefix of the connection, for example {@code flyte}
	 * @return the full names
	 */
	public static List<String> all(String prefix) {
		List<String> names = new ArrayList<>();
		add(names, prefix, ConnectionProperties.class);
		return names;
	}

	// Reads the parameters of the constructor, since the binding uses it as well and a
	// native image therefore knows it.
	private static void add(List<String> names, String prefix, Class<?> section) {
		Constructor<?> binding = Arrays.stream(section.getDeclaredConstructors())
			.max(Comparator.comparingInt(Constructor::getParameterCount))
			.orElseThrow();
		for (Parameter parameter : binding.getParameters()) {
			String name = prefix + "." + DataObjectPropertyName.toDashedForm(parameter.getName());
			if (parameter.getType().isRecord() && parameter.getType().getName().startsWith(OWN)) {
				add(names, name, parameter.getType());
			}
			else {
				names.add(name);
			}
		}
	}

}
