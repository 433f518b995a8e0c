package io.flyteconnect.internal.token;

import java.util.function.IntSupplier;

import io.flyteconnect.login.LoginStep;

/**
 * Notes on a token that it took a second request, in which the client secret went the
 * other way: a call that has waited for both asks for no further one.
 *
 * @param grant gets the tokens
 * @param secondRequests how many second requests there have been
 */
public record CountedGrant(TokenGrant grant, IntSupplier secondRequests) implements TokenGrant {

	@Override
	public AccessToken obtain() {
		int before = this.secondRequests.getAsInt();
		AccessToken token = this.grant.obtain();
		if (this.secondRequests.getAsInt() != before) {
			token.took(2);
		}
		return token;
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
