package io.flyteconnect.internal.config.connection;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

import io.flyteconnect.internal.config.ConnectionPropertyNames;

/**
 * Reads the name of a connection from an environment variable, such as
 * {@code FLYTE_CONNECTIONS_US_EAST_PLATFORM_URL}.
 */
final class ConnectionVariables {

	/** {@code flyte.connections}. */
	private static final int ROOT = 2;

	private static final Set<String> SETTINGS = ConnectionPropertyNames.all("flyte")
		.stream()
		.map((name) -> uniform(name.substring("flyte.".length())))
		.collect(Collectors.toUnmodifiableSet());

	private ConnectionVariables() {
	}

	/**
	 * Return the name of the connection.
	 * @param variable the name that Spring Boot makes of the variable, with a dot for
	 * each underscore
	 * @return the name, or {@code null} if the variable ends in no setting of one
	 */
	static @Nullable String name(ConfigurationPropertyName variable) {
		Integer end = prefixLength(variable);
		return (end != null) ? IntStream.range(ROOT, end)
			.mapToObj((i) -> variable.getElement(i, Form.UNIFORM))
			.collect(Collectors.joining("-")) : null;
	}

	/**
	 * Return where the name of the connection ends.
	 * @param variable the name that Spring Boot makes of the variable
	 * @return how many of its elements are the prefix, or {@code null} if it ends in no
	 * setting of a connection
	 */
	static @Nullable Integer prefixLength(ConfigurationPropertyName variable) {
		for (int end = ROOT + 1; end < variable.getNumberOfElements(); end++) {
			if (isSetting(variable, end)) {
				return end;
			}
		}
		return null;
	}

	private static boolean isSetting(ConfigurationPropertyName variable, int start) {
		String first = variable.getElement(start, Form.UNIFORM);
		int end = variable.getNumberOfElements();
		if (first.equals("execution")) {
			return end > start + 1;
		}
		while (end > start + 1 && variable.isNumericIndex(end - 1)) {
			end--;
		}
		String rest = IntStream.range(start, end)
			.mapToObj((i) -> variable.getElement(i, Form.UNIFORM))
			.collect(Collectors.joining());
		return rest.equals("inherit") || SETTINGS.contains(rest);
	}

	private static String uniform(String name) {
		return name.replace(".", "").replace("-", "");
	}

}
