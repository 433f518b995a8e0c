package io.flyteconnect.secret;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;

import io.flyteconnect.internal.secret.SecretPlace;
import io.flyteconnect.internal.secret.SecretPlaces;

/**
 * The source of the secrets that Flyte injects into a pod as variables and files.
 * Searches the places of flytekit, and then those of Flyte's webhook.
 *
 * @since 0.1.0
 */
public final class FlyteSecretSource implements SecretSource, Ordered {

	/**
	 * The order of this source: sources with a lower order are searched before it, those
	 * with a higher one after it.
	 */
	public static final int ORDER = 0;

	private final SecretPlaces places;

	private final SecretReadListener listener;

	/**
	 * Create a source.
	 * @param locations where Flyte puts secrets
	 * @param variables the environment variables, usually {@link System#getenv()}
	 */
	public FlyteSecretSource(SecretLocations locations, Map<String, String> variables) {
		this(locations, variables, (secret, variable, value) -> {
		});
	}

	/**
	 * Create a source that reports each secret that is read.
	 * @param locations where Flyte puts secrets
	 * @param variables the environment variables
	 * @param listener is told of each secret that was read
	 */
	public FlyteSecretSource(SecretLocations locations, Map<String, String> variables, SecretReadListener listener) {
		this.places = new SecretPlaces(locations, variables);
		this.listener = listener;
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	/**
	 * Look for a secret.
	 * @param secret the name of the secret
	 * @return the secret, or {@code null} if it was not found
	 * @throws InvalidSecretNameException if the name could lead out of the folders
	 * @throws UnreadableSecretException if the first place that has the secret cannot be
	 * read
	 */
	@Override
	public @Nullable SecretValue find(Secret secret) {
		for (SecretPlace place : this.places.of(secret)) {
			SecretValue value = place.read();
			if (value != null) {
				this.listener.onRead(secret, place.variable(), value);
				return value;
			}
		}
		return null;
	}

	@Override
	public List<String> places(Secret secret) {
		return this.places.of(secret).stream().map(SecretPlace::description).toList();
	}

	@Override
	public String toString() {
		return "FlyteSecretSource";
	}

}
