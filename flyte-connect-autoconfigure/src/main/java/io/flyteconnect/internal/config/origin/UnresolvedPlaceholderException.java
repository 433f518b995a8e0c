package io.flyteconnect.internal.config.origin;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.internal.configfile.Excerpt;

/**
 * Thrown when a setting has a placeholder that cannot be resolved. Contains no other part
 * of the value.
 */
public final class UnresolvedPlaceholderException extends InvalidFlyteConfigurationException {

	/** What to do if the property is not a text. */
	public static final String ACTION = "Set what the placeholder names, give it a default after a colon, or write the"
			+ " value out.";

	UnresolvedPlaceholderException(String property, @Nullable String origin, String placeholder) {
		super(property, origin, reason("'" + Excerpt.of(placeholder) + "'"),
				ACTION + " Where '${' is a part of the text, write a backslash before it.", null);
	}

	/**
	 * Describe what is wrong with a value.
	 * @param value the value, as it can be shown
	 * @return a sentence
	 */
	public static String reason(String value) {
		return "Nothing resolves the placeholder in " + value + ".";
	}

}
