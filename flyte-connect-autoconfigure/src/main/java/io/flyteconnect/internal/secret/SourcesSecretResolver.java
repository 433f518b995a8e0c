package io.flyteconnect.internal.secret;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.secret.InvalidSecretNameException;
import io.flyteconnect.secret.Secret;
import io.flyteconnect.secret.SecretResolver;
import io.flyteconnect.secret.SecretSource;
import io.flyteconnect.secret.SecretValue;

/**
 * Searches several sources in order.
 */
public final class SourcesSecretResolver implements SecretResolver {

	private final List<SecretSource> sources;

	private final SecretLookups lookups;

	public SourcesSecretResolver(List<SecretSource> sources) {
		this(sources, new SecretLookups());
	}

	/**
	 * Create a resolver.
	 * @param sources the sources in their order
	 * @param lookups counts how often each is asked
	 */
	public SourcesSecretResolver(List<SecretSource> sources, SecretLookups lookups) {
		this.sources = List.copyOf(sources);
		this.lookups = lookups;
	}

	@Override
	public @Nullable SecretValue find(Secret secret) {
		InvalidSecretNameException refused = null;
		for (SecretSource source : this.sources) {
			try {
				SecretValue value = this.lookups.find(source, secret);
				if (value != null) {
					return value;
				}
			}
			catch (InvalidSecretNameException ex) {
				// A name that is not safe for a file may be valid in another source.
				refused = (refused != null) ? refused : ex;
			}
		}
		if (refused != null) {
			throw refused;
		}
		return null;
	}

	@Override
	public List<String> places(Secret secret) {
		List<String> places = new ArrayList<>();
		this.sources.forEach((source) -> places.addAll(source.places(secret)));
		return places;
	}

	@Override
	public String toString() {
		return "SecretResolver" + this.sources.stream().map((source) -> source.getClass().getSimpleName()).toList();
	}

}
