package io.flyteconnect.secret;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * A source of secrets, such as Vault, the secret manager of a cloud or a configuration
 * server. All beans of this type are searched in their order. The secrets that Flyte
 * injects have the order {@link FlyteSecretSource#ORDER}; a bean without an order is
 * searched after them.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SecretSource {

	/**
	 * Find a secret. Called for each use: a remote source has to do its own caching, if
	 * any.
	 * @param secret the name of the secret
	 * @return the secret, or {@code null} if it is not here
	 */
	@Nullable SecretValue find(Secret secret);

	/**
	 * Return the places that {@link #find} searches, for the message that the secret was
	 * not found.
	 * @param secret the name of the secret
	 * @return the places in words, never what they hold
	 */
	default List<String> places(Secret secret) {
		Class<?> type = ClassUtils.getUserClass(this);
		return List.of(type.isSynthetic() ? "a SecretSource" : ClassUtils.getShortName(type));
	}

}
