package io.flyteconnect.internal.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/**
 * What the settings of a connection are called.
 */
final class ConnectionPropertyNames {

	private static final String OWN = "io.flyteconnect.";

	private ConnectionPropertyNames() {
	}

	/**
	 * Return the names.
	 * @param prefix the prefix of the connection, for example {@code flyte}
	 * @return the full names
	 */
	static List<String> all(String prefix) {
		List<String> names = new ArrayList<>();
		add(names, prefix, ConnectionProperties.class);
		return names;
	}

	// By the constructor, which the binding uses as well: a native image knows it, too.
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
