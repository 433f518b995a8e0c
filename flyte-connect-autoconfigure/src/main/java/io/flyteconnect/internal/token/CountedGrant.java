package io.flyteconnect.internal.token;

import java.util.function.IntSupplier;

/**
 * Notes on a token that it took a second request, in which the client secret went the
 * other way: a call that has waited for both asks for no further one.
 */
public final class CountedGrant extends ForwardingTokenGrant {

	private final IntSupplier secondRequests;

	/**
	 * Create a grant that counts.
	 * @param grant gets the tokens
	 * @param secondRequests how many second requests there have been
	 */
	public CountedGrant(TokenGrant grant, IntSupplier secondRequests) {
		super(grant);
		this.secondRequests = secondRequests;
	}

	@Override
	public AccessToken obtain() {
		int before = this.secondRequests.getAsInt();
		AccessToken token = super.obtain();
		if (this.secondRequests.getAsInt() != before) {
			token.took(2);
		}
		return token;
	}

}
