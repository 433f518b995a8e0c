package io.flyteconnect.internal.grant.pkce;

import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

import io.flyteconnect.internal.text.SettingNames;

/**
 * Says once that a provider has left out {@code offline_access} (OpenID Connect Core
 * section 11): it gives no refresh token then, and no error either.
 */
class RefreshTokenNotice {

	private static final Log logger = LogFactory.getLog(RefreshTokenNotice.class);

	private static final String OFFLINE_ACCESS = "offline_access";

	private final AtomicBoolean said = new AtomicBoolean();

	private final SettingNames names;

	RefreshTokenNotice(SettingNames names) {
		this.names = names;
	}

	void notice(ClientRegistration registration, OAuth2AccessTokenResponse tokens) {
		Set<String> granted = tokens.getAccessToken().getScopes();
		if (registration.getScopes().contains(OFFLINE_ACCESS) && !granted.isEmpty() && !granted.contains(OFFLINE_ACCESS)
				&& tokens.getRefreshToken() == null && this.said.compareAndSet(false, true)) {
			logger.warn(this.names
				.in("The authorization server did not grant the scope offline_access and gave no refresh token, so"
						+ " that a person has to log in again when the token ends. Some providers want a prompt for it:"
						+ " set flyte.credentials.pkce.prompt=consent"));
		}
	}

}
