package io.flyteconnect.internal.store;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder.SecretKeyFactoryAlgorithm;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;

/**
 * Identifies a client secret in a store: a salted, slow hash, which is encrypted with the
 * rest of the login. It is worked out once for each secret, since a login looks at it
 * several times.
 */
final class SecretMark {

	private static final Pbkdf2PasswordEncoder ENCODER = new Pbkdf2PasswordEncoder("", 16, 10_000,
			SecretKeyFactoryAlgorithm.PBKDF2WithHmacSHA256);

	private volatile @Nullable Known known;

	/**
	 * Return the mark of the secret that a login uses.
	 * @param registration the client that logs in
	 * @return the mark, or {@code null} for a login that a person or a command makes
	 */
	@Nullable String of(ClientRegistration registration) {
		if (!needsSecret(registration)) {
			return null;
		}
		String secret = registration.getClientSecret();
		Known known = this.known;
		if (known == null || !known.secret().equals(secret)) {
			known = new Known(secret, ENCODER.encode(secret));
			this.known = known;
		}
		return known.mark();
	}

	/**
	 * Return whether a login was made with the secret of a client. A process with another
	 * one, which may be wrong, has to log in with its own.
	 * @param registration the client
	 * @param login the login
	 * @return whether it was, or the client needs no secret
	 */
	boolean isOn(StoredLogin login, ClientRegistration registration) {
		return !needsSecret(registration)
				|| (login.secretMark() != null && isOf(registration.getClientSecret(), login.secretMark()));
	}

	private boolean isOf(String secret, String mark) {
		Known found = new Known(secret, mark);
		if (found.equals(this.known)) {
			return true;
		}
		boolean matches = ENCODER.matches(secret, mark);
		if (matches) {
			this.known = found;
		}
		return matches;
	}

	private static boolean needsSecret(ClientRegistration registration) {
		return AuthorizationGrantType.CLIENT_CREDENTIALS.equals(registration.getAuthorizationGrantType())
				&& !registration.getClientSecret().isEmpty();
	}

	private record Known(String secret, String mark) {

		@Override
		public String toString() {
			return "Known[]";
		}

	}

}
