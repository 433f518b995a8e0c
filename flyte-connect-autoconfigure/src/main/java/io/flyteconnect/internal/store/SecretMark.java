package io.flyteconnect.internal.store;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder.SecretKeyFactoryAlgorithm;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;

/**
 * Identifies a client secret in a store: a salted, slow hash, which is encrypted with the
 * rest of the login.
 */
final class SecretMark {

	private static final Pbkdf2PasswordEncoder ENCODER = new Pbkdf2PasswordEncoder("", 16, 10_000,
			SecretKeyFactoryAlgorithm.PBKDF2WithHmacSHA256);

	private SecretMark() {
	}

	/**
	 * Return the mark of the secret that a login uses.
	 * @param registration the client that logs in
	 * @return the mark, or {@code null} for a login that a person or a command makes
	 */
	static @Nullable String of(ClientRegistration registration) {
		return needsSecret(registration) ? ENCODER.encode(registration.getClientSecret()) : null;
	}

	static boolean isOf(ClientRegistration registration, @Nullable String mark) {
		return !needsSecret(registration) || (mark != null && ENCODER.matches(registration.getClientSecret(), mark));
	}

	private static boolean needsSecret(ClientRegistration registration) {
		return AuthorizationGrantType.CLIENT_CREDENTIALS.equals(registration.getAuthorizationGrantType())
				&& !registration.getClientSecret().isEmpty();
	}

}
