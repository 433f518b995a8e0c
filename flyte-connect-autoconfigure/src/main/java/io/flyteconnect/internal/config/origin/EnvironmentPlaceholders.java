package io.flyteconnect.internal.config.origin;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.core.env.Environment;
import org.springframework.util.PropertyPlaceholderHelper;
import org.springframework.util.SystemPropertyUtils;

/**
 * Resolves placeholders as Spring Boot does, which leaves those in the text that cannot
 * be resolved, and finds these.
 */
final class EnvironmentPlaceholders extends PropertySourcesPlaceholdersResolver {

	private static final Pattern WHOLE = Pattern.compile("\\$\\{([\\w.\\-\\[\\]]+)}");

	private static final Pattern NESTED = Pattern.compile("\\$\\{[^}]*\\$\\{");

	private final PropertyPlaceholderHelper helper = new PropertyPlaceholderHelper(
			SystemPropertyUtils.PLACEHOLDER_PREFIX, SystemPropertyUtils.PLACEHOLDER_SUFFIX,
			SystemPropertyUtils.VALUE_SEPARATOR, SystemPropertyUtils.ESCAPE_CHARACTER, true);

	EnvironmentPlaceholders(Environment environment) {
		super(environment);
	}

	/**
	 * Find a placeholder in a text that cannot be resolved. The value of a placeholder
	 * may be a secret with any characters, so it only counts if all of it is a
	 * placeholder.
	 * @param written the text as it is written
	 * @return the placeholder as it is written, or {@code null} if there is none
	 */
	@Nullable String unresolved(String written) {
		Set<String> missing = new LinkedHashSet<>();
		String resolved = this.helper.replacePlaceholders(written, (name) -> {
			String value = resolvePlaceholder(name);
			if (value == null) {
				missing.add("${" + name + "}");
				return null;
			}
			return (unresolvedWhole(value) != null) ? value
					: String.valueOf(resolvePlaceholders(value)).replace("${", "");
		});
		for (String placeholder : missing) {
			if (resolved.contains(placeholder)) {
				// A name that contains placeholders itself may contain a part of a value.
				return (written.contains(placeholder) || !NESTED.matcher(written).find()) ? placeholder : "${...}";
			}
		}
		return null;
	}

	/**
	 * Find a placeholder that cannot be resolved and that is the whole text. No secret
	 * looks like that by chance.
	 * @param written the text as it is written
	 * @return the placeholder, or {@code null} if the text is anything else
	 */
	@Nullable String unresolvedWhole(String written) {
		Set<String> seen = new HashSet<>();
		Matcher placeholder = WHOLE.matcher(written.strip());
		while (placeholder.matches() && seen.add(placeholder.group())) {
			String value = resolvePlaceholder(placeholder.group(1));
			if (value == null) {
				return placeholder.group();
			}
			placeholder = WHOLE.matcher(value.strip());
		}
		return null;
	}

}
