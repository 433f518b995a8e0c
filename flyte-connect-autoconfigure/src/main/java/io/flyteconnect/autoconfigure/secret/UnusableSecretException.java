package io.flyteconnect.autoconfigure.secret;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

import io.flyteconnect.ExplainedFailure;

/**
 * Thrown when a secret cannot be converted to the type of a property. Replaces an
 * exception that contains the secret.
 */
final class UnusableSecretException extends RuntimeException implements ExplainedFailure {

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

	@Override
	public String getSummary() {
		return "A secret cannot be used as it is";
	}

	@Override
	public List<Detail> getDetails() {
		return this.reasons.stream()
			.flatMap((reason) -> Stream.of(new Detail(Detail.PROPERTY, reason.property()),
					new Detail(Detail.ORIGIN, null), new Detail(Detail.REASON, reason.text())))
			.toList();
	}

	@Override
	public String getAction() {
		return "Correct the secret that the property names, or the property.";
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
