package io.flyteconnect.internal.client.failure;

import io.flyteconnect.internal.text.SettingNames;
import io.flyteconnect.internal.token.AccessToken;
import io.flyteconnect.internal.token.ForwardingTokenGrant;
import io.flyteconnect.internal.token.TokenGrant;
import io.flyteconnect.login.LoginException;

/**
 * Names settings in what a failed login says as a named connection has them.
 */
public final class NamingGrant extends ForwardingTokenGrant {

	private final SettingNames names;

	private NamingGrant(TokenGrant grant, SettingNames names) {
		super(grant);
		this.names = names;
	}

	/**
	 * Name settings as they are named.
	 * @param grant gets the tokens
	 * @param names the names of the settings
	 * @return the same grant where they are no other names than in its messages
	 */
	public static TokenGrant of(TokenGrant grant, SettingNames names) {
		return names.areUnnamed() ? grant : new NamingGrant(grant, names);
	}

	@Override
	public AccessToken obtain() {
		try {
			return super.obtain();
		}
		catch (LoginException ex) {
			throw ex.reworded(this.names::in);
		}
	}

}
