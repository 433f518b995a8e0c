package io.flyteconnect.internal.token;

import io.flyteconnect.login.LoginStep;

/**
 * A grant around another one, which does all that is not overridden.
 */
public abstract class ForwardingTokenGrant implements TokenGrant {

	private final TokenGrant grant;

	/**
	 * Create a grant around another one.
	 * @param grant the other one
	 */
	protected ForwardingTokenGrant(TokenGrant grant) {
		this.grant = grant;
	}

	@Override
	public AccessToken obtain() {
		return this.grant.obtain();
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
