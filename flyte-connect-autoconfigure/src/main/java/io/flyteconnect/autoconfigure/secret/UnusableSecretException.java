package io.flyteconnect.autoconfigure.secret;

import java.util.List;
import java.util.stream.Collectors;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * A secret that a property cannot take. Stands for an exception that holds the secret.
 */
final class UnusableSecretException extends RuntimeException {

	private final transient List<Reason> reasons;

	UnusableSecretException(List<Reason> reasons) {
		super(reasons.stream()
			.map((reason) -> reason.property() + ": " + reason.text())
			.collect(Collectors.joining("; ")));
		this.reasons = List.copyOf(reasons);
	}

	UnusableSecretException(ConfigurationPropertyName property, String type) {
		this(List
			.of(new Reason(property.toString(), "Its value is no " + type + ". It is not shown, as it is a secret.")));
	}

	List<Reason> getReasons() {
		return this.reasons;
	}

	/**
	 * Why a property cannot be used.
	 *
	 * @param property the property
	 * @param text what is wrong with it, without its value
	 */
	record Reason(String property, String text) {

	}

}
