package io.flyteconnect.internal.client;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;

import io.flyteconnect.internal.discovery.LoginSettings;

/**
 * The client of one grant.
 *
 * @param settings what the login uses
 * @param registration the registration, with the client secret as it was read for this
 * grant
 * @param secretFingerprint what the place of the secret looked like before it was read,
 * or {@code null} if that does not tell another secret
 */
record GrantClient(LoginSettings settings, ClientRegistration registration, @Nullable Object secretFingerprint) {

	@Override
	public String toString() {
		return "GrantClient[" + this.registration.getRegistrationId() + "]";
	}

}
