package io.flyteconnect.samples.cli.command;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.PropertyPlaceholderHelper;
import org.springframework.util.SystemPropertyUtils;

/**
 * The placeholders of settings: those that lead to a secret stay as they are written,
 * which says where it comes from.
 *
 * @param environment what resolves the others
 */
record SecretPlaceholders(ConfigurableEnvironment environment) {

	private static final Pattern SECRET = Pattern.compile(
			"flyte-secret[.\\[].*|(?i)_FSEC_.*|FLYTE_SECRET_.*|.*(?:api[-_]?key|client[-_]?secret|store[-_]?key|command|proxy[-_]?url)");

	/** Stand for the beginning of a placeholder, so that nobody takes it for one. */
	private static final char HIDDEN = '\ufdd0';

	private static final PropertyPlaceholderHelper HELPER = new PropertyPlaceholderHelper(
			SystemPropertyUtils.PLACEHOLDER_PREFIX, SystemPropertyUtils.PLACEHOLDER_SUFFIX,
			SystemPropertyUtils.VALUE_SEPARATOR, SystemPropertyUtils.ESCAPE_CHARACTER, true);

	String resolveOthers(String value) {
		return HELPER.replacePlaceholders(value, this::resolve)
			.replace(String.valueOf(HIDDEN), SystemPropertyUtils.PLACEHOLDER_PREFIX);
	}

	private @Nullable String resolve(String name) {
		String prefix = this.environment.getProperty("flyte.secrets.env-prefix", "");
		String variable = this.environment.getProperty("flyte.credentials.client-secret-env-var", "");
		boolean secret = SECRET.matcher(name).matches() || !prefix.isEmpty() && name.startsWith(prefix)
				|| !variable.isEmpty() && (name + ":").startsWith(variable + ":");
		if (secret) {
			return HIDDEN + name + SystemPropertyUtils.PLACEHOLDER_SUFFIX;
		}
		return this.environment.getPropertySources()
			.stream()
			.map((source) -> source.getProperty(name))
			.filter((found) -> found != null)
			.map(String::valueOf)
			.findFirst()
			.orElse(null);
	}

}
