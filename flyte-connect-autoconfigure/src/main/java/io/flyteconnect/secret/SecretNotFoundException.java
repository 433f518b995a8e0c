package io.flyteconnect.secret;

import java.util.List;
import java.util.stream.Collectors;

import io.flyteconnect.internal.secret.SecretNames;

/**
 * Thrown when a secret is not found. Lists the places that were searched, by name only.
 *
 * @since 0.1.0
 */
public final class SecretNotFoundException extends SecretException {

	private final Secret secret;

	private final List<String> places;

	/**
	 * Create an exception.
	 * @param secret the name of the secret
	 * @param places the places that were searched, in words
	 */
	public SecretNotFoundException(Secret secret, List<String> places) {
		super(reason(secret) + (places.isEmpty() ? "" : "; looked at " + String.join(", ", places)));
		this.secret = secret;
		this.places = List.copyOf(places);
	}

	private static String reason(Secret secret) {
		return "The secret with " + SecretNames.describe(secret) + " was not found";
	}

	/**
	 * Return what is wrong, without the places.
	 * @return a sentence
	 */
	public String getReason() {
		return reason(this.secret);
	}

	/**
	 * Return the secret.
	 * @return the name of the secret
	 */
	public Secret getSecret() {
		return this.secret;
	}

	/**
	 * Return the places that were searched.
	 * @return the places in words and in order
	 */
	public List<String> getPlaces() {
		return this.places;
	}

	@Override
	public List<Detail> getDetails() {
		return List.of(new Detail(Detail.REASON, getReason() + ". Looked at:"
				+ this.places.stream().map("\n     - "::concat).collect(Collectors.joining())));
	}

	@Override
	public String getAction() {
		return "Let Flyte inject the secret, set one of these variables or write one of these files, or give the"
				+ " placeholder a default: ${flyte-secret.<group>.<key>:default}. Where Flyte puts secrets is"
				+ " configured by flyte.secrets.*.";
	}

}
