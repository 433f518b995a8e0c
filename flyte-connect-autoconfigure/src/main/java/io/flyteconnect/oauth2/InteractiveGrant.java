package io.flyteconnect.oauth2;

import java.time.Instant;

import io.flyteconnect.config.AuthMode;

/**
 * Stands for the modes that need a person. Calls go without a token until the server
 * refuses one: a server without authentication publishes nothing, and the sandbox's own
 * file names such a mode all the same.
 */
class InteractiveGrant implements TokenGrant {

	private final AuthMode mode;

	private volatile boolean refused;

	InteractiveGrant(AuthMode mode) {
		this.mode = mode;
	}

	@Override
	public AccessToken obtain() {
		if (!this.refused) {
			return AccessToken.none(Instant.ofEpochMilli(Long.MAX_VALUE));
		}
		this.refused = false;
		throw LoginException.interaction("the server wants a token, and mode " + this.mode
				+ " asks a person for it, whom this process cannot reach. For a service set flyte.credentials.auth-mode="
				+ "client-credentials with flyte.credentials.client-id and one of flyte.credentials.client-secret, "
				+ "client-secret-location, client-secret-env-var");
	}

	@Override
	public void refused(AccessToken token) {
		this.refused = true;
	}

}
