package io.flyteconnect.secret;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.secret.SourcesSecretResolver;

/**
 * Finds secrets. Caches nothing: each call searches again, so that a rotated secret is
 * found.
 *
 * <pre class="code">
 * try (SecretValue password = secrets.get("db", "password")) {
 *     connect(password.text());
 * }
 * </pre>
 *
 * @since 0.1.0
 */
public interface SecretResolver {

	/**
	 * Find a secret.
	 * @param secret the name of the secret
	 * @return the secret, or {@code null} if it was not found
	 * @throws InvalidSecretNameException if the name is not safe, and no source of the
	 * application knows it
	 * @throws UnreadableSecretException if it was found, but cannot be read
	 */
	@Nullable SecretValue find(Secret secret);

	/**
	 * Return the places that {@link #find} searches.
	 * @param secret the name of the secret
	 * @return the places in words and in order, never what they hold
	 */
	default List<String> places(Secret secret) {
		return List.of();
	}

	/**
	 * Return a secret.
	 * @param secret the name of the secret
	 * @return the secret
	 * @throws SecretNotFoundException if it was not found; lists all places that were
	 * searched
	 * @throws InvalidSecretNameException if the name is not safe, and no source of the
	 * application knows it
	 * @throws UnreadableSecretException if it was found, but cannot be read
	 */
	default SecretValue get(Secret secret) {
		SecretValue value = find(secret);
		if (value == null) {
			throw new SecretNotFoundException(secret, places(secret));
		}
		return value;
	}

	/**
	 * Return a secret by group and key.
	 * @param group the group
	 * @param key the key within the group
	 * @return the secret
	 * @throws SecretException as of {@link #get(Secret)}
	 */
	default SecretValue get(String group, String key) {
		return get(Secret.of(group, key));
	}

	/**
	 * Return a secret with a version of its group.
	 * @param group the group
	 * @param groupVersion the version of the group
	 * @param key the key within the group
	 * @return the secret
	 * @throws SecretException as of {@link #get(Secret)}
	 */
	default SecretValue get(String group, String groupVersion, String key) {
		return get(Secret.of(group, groupVersion, key));
	}

	/**
	 * Return a resolver that searches several sources in order, for use without Spring.
	 * @param sources the sources in their order, such as a {@link FlyteSecretSource}
	 * @return the resolver
	 */
	static SecretResolver of(SecretSource... sources) {
		return of(Arrays.asList(sources));
	}

	/**
	 * Return a resolver that searches several sources in order.
	 * @param sources the sources in their order
	 * @return the resolver
	 */
	static SecretResolver of(List<SecretSource> sources) {
		return new SourcesSecretResolver(sources);
	}

}
