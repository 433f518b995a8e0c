package io.flyteconnect.internal.text;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names the settings in a message as a connection has them: messages are written for the
 * unnamed connection, and a named one has another prefix.
 *
 * @param prefix the prefix of the connection's settings, for example {@code flyte}
 * @since 0.1.0
 */
public record SettingNames(String prefix) {

	private static final String UNNAMED = "flyte";

	private static final Pattern SETTING = Pattern
		.compile("(?<![\\w./-])flyte\\.(?=(?:platform|credentials|channel|execution)\\.|(?:api-key|config-file)\\b)");

	/**
	 * Create the names of a connection.
	 * @param property gives the full name of a setting, for example
	 * {@code flyte.connections.staging.inherit} of {@code inherit}
	 * @return the names
	 */
	public static SettingNames of(UnaryOperator<String> property) {
		String name = property.apply("inherit");
		return new SettingNames(name.substring(0, name.lastIndexOf('.')));
	}

	/**
	 * Return whether the settings are those of the unnamed connection.
	 * @return whether messages are right as they are
	 */
	public boolean areUnnamed() {
		return UNNAMED.equals(this.prefix);
	}

	/**
	 * Name the settings in a text.
	 * @param text the text
	 * @return the text with the names that the settings have
	 */
	public String in(String text) {
		return areUnnamed() ? text : SETTING.matcher(text).replaceAll(Matcher.quoteReplacement(this.prefix + "."));
	}

}
