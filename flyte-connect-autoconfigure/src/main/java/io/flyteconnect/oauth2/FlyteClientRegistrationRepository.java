package io.flyteconnect.oauth2;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.ClientSecret;
import io.flyteconnect.config.CredentialSettings;

/**
 * The one registration of a connection, built from configured and published values each
 * time it is asked for, so that a rotated secret is seen at the next grant.
 */
class FlyteClientRegistrationRepository implements ClientRegistrationRepository {

	private final String registrationId;

	private final CredentialSettings credentials;

	private final ServerMetadataSource metadata;

	FlyteClientRegistrationRepository(String registrationId, CredentialSettings credentials,
			ServerMetadataSource metadata) {
		this.registrationId = registrationId;
		this.credentials = credentials;
		this.metadata = metadata;
	}

	@Override
	public @Nullable ClientRegistration findByRegistrationId(String registrationId) {
		if (!this.registrationId.equals(registrationId) || this.credentials.authMode() != AuthMode.CLIENT_CREDENTIALS) {
			return null;
		}
		ServerMetadata published = this.metadata.get();
		LoginSettings settings = LoginSettings.of(this.credentials, published);
		if (settings.tokenEndpoint() == null) {
			throw LoginException.credentials(
					"no token endpoint is known: the server publishes none, and flyte.credentials.token-url is not set",
					null);
		}
		return ClientRegistration.withRegistrationId(this.registrationId)
			.clientName("Flyte")
			.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
			.clientAuthenticationMethod(authenticationMethod(published))
			.clientId(required(settings.clientId(), "flyte.credentials.client-id"))
			.clientSecret(secret())
			.scope(settings.scopes())
			.tokenUri(settings.tokenEndpoint())
			.build();
	}

	/**
	 * Basic authentication, which every server must support (RFC 6749 section 2.3.1),
	 * unless this one lists only the request body.
	 */
	private static ClientAuthenticationMethod authenticationMethod(@Nullable ServerMetadata published) {
		if (published != null && !published.tokenEndpointAuthMethods().isEmpty()
				&& !published.tokenEndpointAuthMethods()
					.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC.getValue())
				&& published.tokenEndpointAuthMethods()
					.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST.getValue())) {
			return ClientAuthenticationMethod.CLIENT_SECRET_POST;
		}
		return ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
	}

	private String secret() {
		ClientSecret secret = this.credentials.clientSecret();
		try {
			return required((secret != null) ? secret.read() : null, "flyte.credentials.client-secret");
		}
		catch (IllegalStateException ex) {
			throw LoginException.credentials(String.valueOf(ex.getMessage()), ex);
		}
	}

	private static String required(@Nullable String value, String property) {
		if (value == null || value.isEmpty()) {
			throw LoginException.credentials(property + " is not set", null);
		}
		return value;
	}

}
