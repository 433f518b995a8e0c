package io.flyteconnect.internal.client.failure;

import io.flyteconnect.internal.text.SettingNames;
import io.flyteconnect.internal.token.AccessToken;
import io.flyteconnect.internal.token.TokenGrant;
import io.flyteconnect.login.LoginException;
import io.flyteconnect.login.LoginStep;

/**
 * Names settings in what a failed login says as a named connection has them.
 *
 * @param grant gets the tokens
 * @param names the names of the settings
 */
public record NamingGrant(TokenGrant grant, SettingNames names) implements TokenGrant {

	@Override
	public AccessToken obtain() {
		try {
			return this.grant.obtain();
		}
		catch (LoginException ex) {
			throw ex.reworded(this.names::in);
		}
	}

	@Override
	public LoginStep step() {
		return this.grant.step();
	}

	@Override
	public void rejected(AccessToken token) {
		this.grant.rejected(token);
	}

	@Override
	public boolean isChangePossible() {
		return this.grant.isChangePossible();
	}

	@Override
	public boolean isChanged() {
		return this.grant.isChanged();
	}

}
