package io.flyteconnect.internal.config.origin;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * Puts a property of one connection below the prefix of another.
 *
 * @since 0.1.0
 */
public final class PropertyPrefix {

	private PropertyPrefix() {
	}

	/**
	 * Replace a prefix, one element after the other: Spring Boot's own {@code append}
	 * fails for a {@code subName} of a name that was appended to itself.
	 * @param name the name
	 * @param length how many elements its prefix has
	 * @param prefix the prefix in its place
	 * @return the name below the other prefix
	 */
	public static ConfigurationPropertyName replace(ConfigurationPropertyName name, int length,
			ConfigurationPropertyName prefix) {
		ConfigurationPropertyName result = prefix;
		for (int i = length; i < name.getNumberOfElements(); i++) {
			result = name.isNumericIndex(i) ? result.append("[" + name.getElement(i, Form.ORIGINAL) + "]")
					: result.append(name.getElement(i, Form.DASHED));
		}
		return result;
	}

}
