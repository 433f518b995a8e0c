package io.flyteconnect.test.identity;

/**
 * The parts of an identity provider that its web application and its programmable side
 * share.
 *
 * @param clients the clients
 * @param key the signing key
 * @param tokens the issued tokens
 * @param authorizations the authorizations
 * @param log the requests for tokens and device codes
 * @param authorizationLog the requests of people's browsers at the authorization endpoint
 * @param behaviour the programmed behaviour
 * @param userName the person's name
 * @param password the person's password
 */
record ProviderSettings(ClientDirectory clients, SigningKey key, IssuedTokens tokens, Authorizations authorizations,
		TokenRequestLog log, TokenRequestLog authorizationLog, ProviderBehaviour behaviour, String userName,
		String password) {

	ProviderSettings(ClientDirectory clients, SigningKey key, String userName, String password) {
		this(clients, key, new IssuedTokens(key), new Authorizations(), new TokenRequestLog(), new TokenRequestLog(),
				new ProviderBehaviour(), userName, password);
	}

	@Override
	public String toString() {
		return "ProviderSettings[userName=" + this.userName + "]";
	}

}
