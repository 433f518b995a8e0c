package io.flyteconnect.secret;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * A place where secrets are kept: Vault, the secret manager of a cloud, a configuration
 * server. All beans of this type are asked in their order, before or after
 * {@link FlyteSecretSource#ORDER} of what Flyte injects; a bean without an order is asked
 * after it.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SecretSource {

	/**
	 * Look for a secret. Called for each use: a source that is far away keeps what it
	 * found for a while, if at all, on its own account.
	 * @param secret the name of the secret
	 * @return the secret, or {@code null} if it is not here
	 */
	@Nullable SecretValue find(Secret secret);

	/**
	 * Return where {@link #find} looks for a secret, for the message that it is nowhere.
	 * @param secret the name of the secret
	 * @return the places in words, never what they hold
	 */
	default List<String> places(Secret secret) {
		Class<?> type = ClassUtils.getUserClass(this);
		return List.of(type.isSynthetic() ? "a SecretSource" : ClassUtils.getShortName(type));
	}

}
