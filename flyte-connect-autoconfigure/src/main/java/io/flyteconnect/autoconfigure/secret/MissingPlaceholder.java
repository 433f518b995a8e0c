package io.flyteconnect.autoconfigure.secret;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;
import org.springframework.util.PlaceholderResolutionException;

import io.flyteconnect.ExplainedFailure.Detail;
import io.flyteconnect.internal.config.origin.PropertyOrigin;

/**
 * Finds the property that contains a placeholder without a value, such as one of an
 * {@code @Value}. Shows no other part of the text.
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
	 * Return where the placeholder is used.
	 * @return the placeholder, and property, origin and bean as far as they are known
	 */
	List<Detail> place() {
		String property = property();
		String origin = (property != null && ConfigurationPropertyName.isValid(property))
				? PropertyOrigin.firstBelow(this.environment, property) : null;
		return List.of(new Detail(Detail.PROPERTY, property), new Detail(Detail.ORIGIN, origin),
				new Detail("Placeholder", "${" + this.missing.getPlaceholder() + "}"), new Detail("Bean", bean()));
	}

	// The values lead from the text with the placeholder to the text whose resolution
	// started.
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
