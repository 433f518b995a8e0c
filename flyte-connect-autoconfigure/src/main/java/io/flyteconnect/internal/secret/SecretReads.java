package io.flyteconnect.internal.secret;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.secret.Secret;
import io.flyteconnect.secret.SecretReadListener;
import io.flyteconnect.secret.SecretValue;

/**
 * Records the names of secrets that have been read: the variables, which the actuator
 * must not show, and the files, which {@link SecretRefresh} watches.
 *
 * @since 0.1.0
 */
public final class SecretReads implements SecretReadListener {

	private final Set<String> variables = ConcurrentHashMap.newKeySet();

	private final Map<Secret, SecretFingerprint> files = new ConcurrentHashMap<>();

	private final SecretLookups lookups = new SecretLookups();

	/**
	 * Return how often secrets were looked for.
	 * @return the counts
	 */
	public SecretLookups lookups() {
		return this.lookups;
	}

	/**
	 * Record that a secret was read, with a fingerprint if it came from a file.
	 */
	@Override
	public void onRead(Secret secret, @Nullable String variable, SecretValue value) {
		if (variable != null) {
			this.variables.add(variable);
		}
		else {
			this.files.computeIfAbsent(secret, (name) -> SecretFingerprint.of(value));
		}
	}

	/**
	 * Return the variables that secrets were read from.
	 * @return the names of the variables
	 */
	public Set<String> variables() {
		return Set.copyOf(this.variables);
	}

	/**
	 * Return the secrets that were read from files.
	 * @return the names of the secrets
	 */
	public Set<Secret> files() {
		return Set.copyOf(this.files.keySet());
	}

	/**
	 * Compare a secret with the recorded one, and record it instead.
	 * @param secret the name of the secret
	 * @param value the secret
	 * @return whether it has changed
	 */
	boolean isChanged(Secret secret, SecretValue value) {
		SecretFingerprint present = SecretFingerprint.of(value);
		SecretFingerprint known = this.files.put(secret, present);
		return known != null && !known.equals(present);
	}

}
