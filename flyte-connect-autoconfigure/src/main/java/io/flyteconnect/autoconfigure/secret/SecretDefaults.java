package io.flyteconnect.autoconfigure.secret;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.util.SystemPropertyUtils;

/**
 * Tells whether the placeholders of a secret have a default that is a placeholder itself:
 * such a default does not come along with the name that is asked for. No secret is read
 * for that.
 */
class SecretDefaults {

	private final ConfigurableEnvironment environment;

	SecretDefaults(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	/**
	 * Return whether a secret may be missing.
	 * @param name the name that is asked for
	 * @return whether the properties name it, and nowhere without a default
	 */
	boolean areEverywhere(String name) {
		boolean written = false;
		for (PropertySource<?> source : this.environment.getPropertySources()) {
			if (source instanceof EnumerablePropertySource<?> enumerable) {
				for (String property : enumerable.getPropertyNames()) {
					if (enumerable.getProperty(property) instanceof CharSequence value) {
						Found found = in(value.toString(), name);
						if (found == Found.WITHOUT_DEFAULT) {
							return false;
						}
						written |= found == Found.WITH_DEFAULT;
					}
				}
			}
		}
		return written;
	}

	private Found in(String text, String name) {
		Found found = Found.NOT;
		int start = text.indexOf(SystemPropertyUtils.PLACEHOLDER_PREFIX);
		while (start >= 0 && found != Found.WITHOUT_DEFAULT) {
			int begin = start + SystemPropertyUtils.PLACEHOLDER_PREFIX.length();
			int end = endOfName(text, begin);
			if (end < text.length() && names(text.substring(begin, end), name)) {
				found = (text.charAt(end) == ':') ? Found.WITH_DEFAULT : Found.WITHOUT_DEFAULT;
			}
			start = text.indexOf(SystemPropertyUtils.PLACEHOLDER_PREFIX, begin);
		}
		return found;
	}

	// A part of the name may be a placeholder.
	private boolean names(String written, String name) {
		return written.equals(name) || (SecretPropertyName.matches(written) && written.contains("${")
				&& this.environment.resolvePlaceholders(written).equals(name));
	}

	private static int endOfName(String text, int begin) {
		int depth = 0;
		for (int i = begin; i < text.length(); i++) {
			char character = text.charAt(i);
			if (text.startsWith(SystemPropertyUtils.PLACEHOLDER_PREFIX, i)) {
				depth++;
			}
			else if (depth == 0 && (character == '}' || (character == ':' && text.charAt(i - 1) != '\\'))) {
				return i;
			}
			else if (character == '}') {
				depth--;
			}
		}
		return text.length();
	}

	private enum Found {

		NOT, WITH_DEFAULT, WITHOUT_DEFAULT

	}

}
