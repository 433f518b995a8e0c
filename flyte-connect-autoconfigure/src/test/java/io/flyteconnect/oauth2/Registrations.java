package io.flyteconnect.oauth2;

import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;

final class Registrations {

	private Registrations() {
	}

	static ClientRegistration clientCredentials() {
		return ClientRegistration.withRegistrationId("flyte")
			.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
			.clientId("client")
			.clientSecret("secret")
			.tokenUri("https://idp.example/token")
			.build();
	}

}
