package io.flyteconnect.autoconfigure.secret;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

import io.flyteconnect.autoconfigure.secret.UnusableSecretException.Reason;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.internal.config.origin.UnresolvedPlaceholderException;
import io.flyteconnect.secret.SecretException;

/**
 * Fails the binding of a property whose secret is missing. Replaces the exception for a
 * secret that cannot be converted, since that exception is logged and contains the
 * secret.
 *
 * @since 0.1.0
 */
public final class SecretBindHandler extends AbstractBindHandler {

	private static final String MASK = "******";

	private final SecretPlaceholders placeholders;

	SecretBindHandler(BindHandler parent, SecretPlaceholders placeholders) {
		super(parent);
		this.placeholders = placeholders;
	}

	/**
	 * Return a binder for properties that may be secrets.
	 * @param environment the environment of the properties
	 * @return a binder with this handler
	 */
	public static Binder binder(Environment environment) {
		return binder(environment, BindHandler.DEFAULT);
	}

	/**
	 * Return a binder for properties that may be secrets.
	 * @param environment the environment of the properties
	 * @param parent the handler to delegate to
	 * @return a binder with this handler
	 */
	public static Binder binder(Environment environment, BindHandler parent) {
		return Binder.get(environment, of(environment, parent));
	}

	/**
	 * Return a handler for properties that may be secrets.
	 * @param environment where the properties are
	 * @param parent is told what is bound
	 * @return the handler
	 */
	public static BindHandler of(Environment environment, BindHandler parent) {
		return new SecretBindHandler(parent, new SecretPlaceholders(environment));
	}

	@Override
	public @Nullable Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			Object result) {
		requireSecrets(context);
		return super.onSuccess(name, target, context, result);
	}

	private void requireSecrets(BindContext context) {
		ConfigurationProperty property = context.getConfigurationProperty();
		if (property != null) {
			this.placeholders.requireFound(property.getValue());
		}
	}

	@Override
	public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			Exception error) throws Exception {
		return super.onFailure(name, target, context, withoutSecret(target, context, error));
	}

	private Exception withoutSecret(Bindable<?> target, BindContext context, Exception error) {
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			if (cause instanceof UnusableSecretException || cause instanceof SecretException
					|| cause instanceof InvalidFlyteConfigurationException) {
				return error;
			}
			if (cause instanceof BindValidationException invalid) {
				return withoutSecret(invalid);
			}
		}
		requireSecrets(context);
		ConfigurationProperty property = context.getConfigurationProperty();
		return (property != null && isSecret(property))
				? new UnusableSecretException(property.getName(), target.getType().toString()) : error;
	}

	private Exception withoutSecret(BindValidationException error) {
		ValidationErrors errors = error.getValidationErrors();
		boolean secret = errors.getAllErrors()
			.stream()
			.anyMatch((each) -> each instanceof FieldError field && isSecret(errors, field));
		return secret ? new UnusableSecretException(
				errors.getAllErrors().stream().map((each) -> reason(errors, each)).toList()) : error;
	}

	private Reason reason(ValidationErrors errors, ObjectError error) {
		if (!(error instanceof FieldError field)) {
			return new Reason(errors.getName().toString(), String.valueOf(error.getDefaultMessage()));
		}
		String property = property(errors, field).toString();
		String message = String.valueOf(error.getDefaultMessage());
		if (isSecret(errors, field)) {
			// The message may contain the value.
			String value = String.valueOf(field.getRejectedValue());
			return new Reason(property, StringUtils.hasLength(value) ? message.replace(value, MASK) : message);
		}
		return new Reason(property, message + " (value: \"" + field.getRejectedValue() + "\")");
	}

	private boolean isSecret(ValidationErrors errors, FieldError error) {
		ConfigurationPropertyName name = property(errors, error);
		return errors.getBoundProperties()
			.stream()
			.filter((bound) -> bound.getName().equals(name) || bound.getName().isAncestorOf(name)
					|| name.isAncestorOf(bound.getName()))
			.anyMatch(this::isSecret);
	}

	private boolean isSecret(ConfigurationProperty property) {
		return this.placeholders.isIn(property.getValue());
	}

	private static ConfigurationPropertyName property(ValidationErrors errors, FieldError error) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(error.getField(), '.');
		return errors.getName().append(name);
	}

	/**
	 * Create an object from settings without exposing a secret in the exception.
	 * @param environment the environment of the settings
	 * @param action creates the object
	 * @param <T> the type of the object
	 * @return the object
	 * @throws InvalidFlyteConfigurationException if a setting is invalid; without its
	 * value if that is a secret
	 */
	public static <T> T withoutSecrets(Environment environment, Supplier<T> action) {
		try {
			return action.get();
		}
		catch (InvalidFlyteConfigurationException ex) {
			if (ex instanceof UnresolvedPlaceholderException || !isSecret(environment, ex.getProperty())) {
				throw ex;
			}
			throw new InvalidFlyteConfigurationException(ex.getProperty(), ex.getOrigin(),
					"Its value cannot be used. It is not shown, nor is what is wrong with it, as it is a secret.",
					"Correct the secret that the property names, or the property.", null);
		}
	}

	private static boolean isSecret(Environment environment, String property) {
		if (!ConfigurationPropertyName.isValid(property)) {
			return false;
		}
		SecretPlaceholders placeholders = new SecretPlaceholders(environment);
		ConfigurationPropertyName name = ConfigurationPropertyName.of(property);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			ConfigurationProperty found = source.getConfigurationProperty(name);
			if (found != null) {
				return placeholders.isIn(found.getValue());
			}
		}
		return false;
	}

}
