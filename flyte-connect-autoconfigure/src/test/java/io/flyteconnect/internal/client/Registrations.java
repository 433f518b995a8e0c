package io.flyteconnect.internal.client;

import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;

public final class Registrations {

	private Registrations() {
	}

	public static ClientRegistration clientCredentials() {
		return ClientRegistration.withRegistrationId("flyte")
			.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
			.clientId("client")
			.clientSecret("secret")
			.tokenUri("https://idp.example/token")
			.build();
	}

}
