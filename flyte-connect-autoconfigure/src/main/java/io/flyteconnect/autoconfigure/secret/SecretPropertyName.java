package io.flyteconnect.autoconfigure.secret;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.secret.InvalidSecretNameException;
import io.flyteconnect.secret.Secret;

/**
 * The name of a property that refers to a secret: {@code flyte-secret.<group>.<key>} or
 * {@code flyte-secret.<group>.<version>.<key>}. A part with a dot or a colon has to be in
 * brackets: {@code flyte-secret.[my.group].key}. The case is kept, and handled by the
 * search for the secret.
 *
 * @param secret the name of the secret
 * @param fallback the default of the placeholder, or {@code null}
 * @param hasColon whether there is a colon in brackets, at which Spring cuts the name off
 */
record SecretPropertyName(Secret secret, @Nullable String fallback, boolean hasColon) {

	private static final String PREFIX = "flyte-secret";

	/**
	 * Return whether a property refers to a secret.
	 * @param name the name of the property, with or without the fallback of a placeholder
	 * @return whether it begins as such a property does
	 */
	static boolean matches(String name) {
		return name.startsWith(PREFIX + ".") || name.startsWith(PREFIX + "[");
	}

	/**
	 * Return whether Spring has cut a name at a colon in brackets, so that it would use
	 * the rest as the fallback.
	 * @param name the name of the property
	 * @return whether a bracket is open
	 */
	static boolean isCutOff(String name) {
		return name.lastIndexOf('[') > name.lastIndexOf(']');
	}

	/**
	 * Parse the name of a property that refers to a secret.
	 * @param name the name of the property, with or without the fallback of a placeholder
	 * @return which secret it is
	 * @throws InvalidSecretNameException if it names none
	 */
	static SecretPropertyName parse(String name) {
		List<String> parts = new ArrayList<>();
		int position = PREFIX.length();
		while (position < name.length() && name.charAt(position) != ':') {
			boolean dot = name.charAt(position) == '.';
			position += dot ? 1 : 0;
			boolean bracket = position < name.length() && name.charAt(position) == '[';
			if (!dot && !bracket) {
				throw invalid(name);
			}
			int end = bracket ? name.indexOf(']', position) : end(name, position);
			if (end < 0) {
				throw invalid(name);
			}
			parts.add(name.substring(bracket ? position + 1 : position, end).replace("\\:", ":"));
			position = bracket ? end + 1 : end;
		}
		if (parts.size() < 2 || parts.size() > 3 || parts.stream().anyMatch(String::isBlank)) {
			throw invalid(name);
		}
		String group = parts.get(0);
		String key = parts.get(parts.size() - 1);
		return new SecretPropertyName((parts.size() == 2) ? Secret.of(group, key) : Secret.of(group, parts.get(1), key),
				(position < name.length()) ? name.substring(position + 1) : null,
				name.substring(0, position).replace("\\:", "").contains(":"));
	}

	private static int end(String name, int start) {
		int end = start;
		while (end < name.length() && ".[:".indexOf(name.charAt(end)) < 0) {
			end++;
		}
		return end;
	}

	private static InvalidSecretNameException invalid(String name) {
		return new InvalidSecretNameException(name, "write " + PREFIX + ".<group>.<key> or " + PREFIX
				+ ".<group>.<version>.<key>, and in brackets what has a dot: " + PREFIX + ".<group>.[tls.crt].");
	}

}
