package io.flyteconnect.internal.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.internal.config.origin.PropertyOrigin;
import io.flyteconnect.internal.config.origin.UnresolvedPlaceholderException;
import io.flyteconnect.internal.config.text.Masked;
import io.flyteconnect.internal.configfile.Excerpt;
import io.flyteconnect.internal.text.NearName;
import io.flyteconnect.internal.text.UnusableFieldException;

/**
 * Explains why a text cannot be converted to the type of a property, such as {@code soon}
 * to a duration. Describes the accepted values, which the messages of Spring's conversion
 * do not.
 *
 * @since 0.1.0
 */
public final class UnusableValue {

	private static final Pattern SECRET = Pattern
		.compile(".*\\.(?:api-key|client-secret|store-key|(?:proxy-)?command)(?:\\[.*)?");

	private final String property;

	private final Class<?> type;

	private final BindException failure;

	private final Function<String, @Nullable String> origins;

	private UnusableValue(BindException failure, Function<String, @Nullable String> origins) {
		ConfigurationProperty found = failure.getProperty();
		this.origins = origins;
		this.property = ((found != null) ? found.getName() : failure.getName()).toString();
		this.type = ClassUtils.resolvePrimitiveIfNecessary(failure.getTarget().getType().resolve(Object.class));
		this.failure = failure;
	}

	/**
	 * Explain why a property could not be bound.
	 * @param failure the exception of Spring's binder
	 * @param origins finds the origin of a property if Spring's exception has none
	 * @return the exception with property, origin, reason and action. Neither its text
	 * nor its cause contains a value that may be a secret
	 */
	public static InvalidFlyteConfigurationException explain(BindException failure,
			Function<String, @Nullable String> origins) {
		return new UnusableValue(failure, origins).explain();
	}

	private InvalidFlyteConfigurationException explain() {
		if (this.failure.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
			ConfigurationProperty found = unbound.getUnboundProperties().iterator().next();
			String name = found.getName().toString();
			return isSection() ? ConnectionPropertyNames.unknown(name, name, this.failure.getName().toString())
					: noElement(found);
		}
		if (cause() instanceof UnusableFieldException unusable) {
			String name = this.failure.getName() + "." + DataObjectPropertyName.toDashedForm(unusable.getField());
			return new InvalidFlyteConfigurationException(name, this.origins.apply(name), unusable.getReason(),
					"Correct " + name + ", or remove it to use the default.", null);
		}
		ConfigurationProperty found = this.failure.getProperty();
		String origin = (found != null) ? PropertyOrigin.describe(found.getOrigin())
				: this.origins.apply(this.property);
		return new InvalidFlyteConfigurationException(this.property, origin, reason(), action(),
				isShown() ? this.failure : null);
	}

	private InvalidFlyteConfigurationException noElement(ConfigurationProperty found) {
		String list = this.failure.getName().toString();
		return new InvalidFlyteConfigurationException(found.getName().toString(),
				PropertyOrigin.describe(found.getOrigin()), "It is no element of the list " + list + ".",
				"Count the elements from 0 on without a gap, as in " + list + "[0] and " + list
						+ "[1], and write below each only what belongs to it.",
				null);
	}

	private String reason() {
		if (isUnresolved()) {
			return UnresolvedPlaceholderException.reason(value());
		}
		if (this.type == AuthMode.class) {
			return cause().getMessage() + ".";
		}
		if (isSection()) {
			return "It has settings below it, and is no value itself.";
		}
		String hint = hint();
		return value() + " is " + kind() + (hint.isEmpty() ? "." : hint);
	}

	private String hint() {
		ConfigurationProperty found = this.failure.getProperty();
		return (this.type.isEnum() && found != null) ? NearName.hint(String.valueOf(found.getValue()), wordList()) : "";
	}

	private String kind() {
		if (this.type == Boolean.class) {
			return "neither true nor false";
		}
		if (this.type == Duration.class) {
			return "no duration";
		}
		if (this.type == DataSize.class) {
			return "no size";
		}
		if (Number.class.isAssignableFrom(this.type)) {
			return "no whole number, or too large a one";
		}
		if (this.type == URI.class) {
			return "no URL";
		}
		return this.type.isEnum() ? "none of " + words() : "not what belongs there";
	}

	private String action() {
		if (isUnresolved()) {
			return UnresolvedPlaceholderException.ACTION;
		}
		if (isSection()) {
			return "Write the settings below " + this.property + ", by their names.";
		}
		if (this.type == AuthMode.class) {
			return "Set " + this.property + " to one of " + words() + " (admin.authType in Flyte's own file).";
		}
		return "Set " + this.property + " to " + form() + ", or remove it to use the default.";
	}

	private String form() {
		if (this.type == Boolean.class) {
			return "true or false";
		}
		if (this.type == Duration.class) {
			return "a whole number and its unit, for example 30s, 500ms or 2m";
		}
		if (this.type == DataSize.class) {
			return "a whole number and its unit, for example 4MB or 512KB";
		}
		if (Number.class.isAssignableFrom(this.type)) {
			return "a whole number such as 4";
		}
		if (this.type == URI.class) {
			return "a URL such as https://flyte.example.com";
		}
		return this.type.isEnum() ? "one of " + words() : "a value of the form that README.md names";
	}

	private String words() {
		return String.join(", ", wordList());
	}

	private List<String> wordList() {
		if (this.type == AuthMode.class) {
			return AuthMode.allWords();
		}
		return Stream.of(this.type.getEnumConstants())
			.map((constant) -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
			.toList();
	}

	// Shows the value as it is written. Placeholders are not resolved, since they may
	// stand for a secret.
	private String value() {
		ConfigurationProperty found = this.failure.getProperty();
		return (found != null && isShown())
				? "'" + Excerpt.of(String.valueOf(Masked.url(String.valueOf(found.getValue())))) + "'" : "The value";
	}

	private boolean isShown() {
		ConfigurationProperty found = this.failure.getProperty();
		return !SECRET.matcher(this.property).matches()
				&& (found == null || String.valueOf(found.getValue()).indexOf('@') < 0);
	}

	private boolean isSection() {
		return !this.type.isEnum() && this.type.getName().startsWith("io.flyteconnect.");
	}

	// Spring leaves a placeholder that cannot be resolved in the value.
	private boolean isUnresolved() {
		for (Throwable cause = this.failure.getCause(); cause != null; cause = cause.getCause()) {
			if (cause instanceof ConversionFailedException conversion) {
				return String.valueOf(conversion.getValue()).contains("${");
			}
		}
		return false;
	}

	private Throwable cause() {
		return NestedExceptionUtils.getMostSpecificCause(this.failure);
	}

}
