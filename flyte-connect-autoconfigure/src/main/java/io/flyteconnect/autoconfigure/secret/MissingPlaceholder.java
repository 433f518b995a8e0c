package io.flyteconnect.autoconfigure.secret;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;
import org.springframework.util.PlaceholderResolutionException;

import io.flyteconnect.internal.config.origin.PropertyOrigin;

/**
 * Says where a placeholder without a value stands, such as the one behind an
 * {@code @Value}. Shows nothing else of the texts that it is in.
 */
final class MissingPlaceholder {

	private static final Pattern NAME = Pattern.compile("\\$\\{([^:{}]+)");

	private final Environment environment;

	private final Throwable failure;

	private final PlaceholderResolutionException missing;

	MissingPlaceholder(Environment environment, Throwable failure, PlaceholderResolutionException missing) {
		this.environment = environment;
		this.failure = failure;
		this.missing = missing;
	}

	/**
	 * Say where it stands.
	 * @return lines of a description: the placeholder, and property, origin and bean as
	 * far as they are known
	 */
	String describe() {
		StringBuilder text = new StringBuilder();
		String property = property();
		if (property != null) {
			line(text, "Property", property);
			line(text, "Origin", ConfigurationPropertyName.isValid(property)
					? PropertyOrigin.firstBelow(this.environment, property) : null);
		}
		line(text, "Placeholder", "${" + this.missing.getPlaceholder() + "}");
		line(text, "Bean", bean());
		return text.toString();
	}

	private static void line(StringBuilder text, String name, @Nullable String value) {
		if (value != null) {
			text.append("\n    ").append(name).append(": ").append(value);
		}
	}

	// The texts lead from the one with the placeholder to the one that began it.
	private @Nullable String property() {
		SecretPlaceholders placeholders = new SecretPlaceholders(this.environment);
		List<String> texts = this.missing.getValues();
		for (String text : texts) {
			Matcher names = NAME.matcher(text);
			while (names.find()) {
				String name = names.group(1);
				if (!SecretPropertyName.matches(name) && texts.get(0).equals(placeholders.written(name))) {
					return name;
				}
			}
		}
		return null;
	}

	private @Nullable String bean() {
		String bean = null;
		for (Throwable cause = this.failure; cause != null; cause = cause.getCause()) {
			bean = (cause instanceof BeanCreationException creation && creation.getBeanName() != null)
					? creation.getBeanName() : bean;
		}
		return bean;
	}

}
