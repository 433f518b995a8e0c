package io.flyteconnect.internal.client;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.ClientAuthentication;
import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.config.CredentialSettings.ClientSecret;
import io.flyteconnect.config.MissingClientSecretException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.discovery.LoginSettings;
import io.flyteconnect.internal.discovery.PublishedEndpoints;
import io.flyteconnect.internal.discovery.PublishedText;
import io.flyteconnect.internal.discovery.RequestedScopes;
import io.flyteconnect.internal.discovery.ServerMetadata;
import io.flyteconnect.internal.endpoint.TokenEndpointClients;
import io.flyteconnect.internal.grant.command.ExternalCommandAuthorizedClientProvider;
import io.flyteconnect.internal.grant.device.DeviceAuthorizedClientProvider;
import io.flyteconnect.internal.listener.LoginListeners;
import io.flyteconnect.internal.listener.LoginListeners.SecretRead;
import io.flyteconnect.login.LoginException;

/**
 * Makes the client of each grant from configured and published values. The secret is read
 * here and nowhere else, so that a rotated one is seen at the next grant.
 */
class GrantClients {

	private static final ClientAuthenticationMethod BASIC = ClientAuthenticationMethod.CLIENT_SECRET_BASIC;

	private static final ClientAuthenticationMethod POST = ClientAuthenticationMethod.CLIENT_SECRET_POST;

	private static final String OTHER_MODE = "use another flyte.credentials.auth-mode";

	private final String registrationId;

	private final CredentialSettings credentials;

	private final PublishedEndpoints endpoints;

	private final BiConsumer<String, SecretRead> looks;

	GrantClients(String registrationId, PlatformConfig config) {
		this(registrationId, config, LoginListeners.NONE.secrets());
	}

	/**
	 * Create what makes the clients.
	 * @param registrationId the id of the registration
	 * @param config the settings
	 * @param looks is told of each look at the client secret: where, and whether it was
	 * there
	 */
	GrantClients(String registrationId, PlatformConfig config, BiConsumer<String, SecretRead> looks) {
		this.looks = looks;
		this.registrationId = registrationId;
		this.credentials = config.credentials();
		this.endpoints = new PublishedEndpoints(config);
	}

	/**
	 * Make the client of a grant.
	 * @param settings what the login uses
	 * @param published what the server publishes, or {@code null}
	 * @return the client
	 * @throws LoginException if a value is missing or unusable
	 */
	GrantClient create(LoginSettings settings, @Nullable ServerMetadata published) {
		this.endpoints.check(published);
		Object fingerprint = fingerprint();
		ClientRegistration.Builder registration = ClientRegistration.withRegistrationId(this.registrationId)
			.clientName("Flyte")
			.scope(RequestedScopes.of(settings.scopes()))
			.providerConfigurationMetadata(providerMetadata(settings, published))
			.issuerUri((published != null) ? PublishedText.addressOrNull(published.issuer()) : null);
		switch (settings.authMode()) {
			case CLIENT_CREDENTIALS -> registration.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
				.clientAuthenticationMethod(authenticationMethod(published))
				.clientId(required(settings.clientId(), "flyte.credentials.client-id"))
				.clientSecret(secret())
				.tokenUri(tokenEndpoint(settings));
			case PKCE -> registration.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
				.clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
				.clientId(publicClient(settings))
				.authorizationUri(published(published, ServerMetadata::authorizationEndpoint, "authorization endpoint"))
				.redirectUri(published(published, ServerMetadata::redirectUri, "redirect URI"))
				.tokenUri(tokenEndpoint(settings));
			case DEVICE_FLOW -> registration.authorizationGrantType(AuthorizationGrantType.DEVICE_CODE)
				.clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
				.clientId(publicClient(settings))
				.tokenUri(tokenEndpoint(settings));
			case EXTERNAL_COMMAND, NONE ->
				registration.authorizationGrantType(ExternalCommandAuthorizedClientProvider.GRANT_TYPE)
					.clientId((settings.clientId() != null) ? settings.clientId() : this.registrationId);
		}
		return new GrantClient(settings, registration.build(), fingerprint);
	}

	/**
	 * Look at the place of the secret without reading it.
	 * @return what tells another secret from the present one, or {@code null}
	 */
	@Nullable Object fingerprint() {
		ClientSecret secret = this.credentials.clientSecret();
		return (secret != null) ? secret.fingerprint() : null;
	}

	private Map<String, Object> providerMetadata(LoginSettings settings, @Nullable ServerMetadata published) {
		Map<String, Object> metadata = new HashMap<>();
		if (settings.audience() != null) {
			metadata.put(TokenEndpointClients.AUDIENCE, settings.audience());
		}
		ClientAuthenticationMethod other = otherAuthenticationMethod(published);
		if (settings.authMode() == AuthMode.CLIENT_CREDENTIALS && other != null) {
			metadata.put(TokenEndpointClients.OTHER_AUTHENTICATION, other.getValue());
		}
		if (settings.authMode() == AuthMode.DEVICE_FLOW) {
			String name = "device authorization endpoint";
			metadata.put(DeviceAuthorizedClientProvider.ENDPOINT, this.endpoints.requireSafe(
					published(published, ServerMetadata::deviceAuthorizationEndpoint, name), name, OTHER_MODE));
		}
		return metadata;
	}

	private String tokenEndpoint(LoginSettings settings) {
		if (settings.tokenEndpoint() == null) {
			throw LoginException.credentials(
					"no token endpoint is known: the server publishes none, and flyte.credentials.token-url is not set",
					null);
		}
		return this.endpoints.requireSafe(settings.tokenEndpoint(), "token endpoint",
				"set flyte.credentials.token-url");
	}

	private static String publicClient(LoginSettings settings) {
		if (settings.clientId() == null) {
			throw LoginException.credentials(
					"no client id is known: the server publishes none, and" + " flyte.credentials.client-id is not set",
					null);
		}
		return settings.clientId();
	}

	private static String published(@Nullable ServerMetadata published, Value value, String name) {
		String text = (published != null) ? value.of(published) : null;
		String checked = PublishedText.address(text, name, OTHER_MODE);
		if (checked == null) {
			throw LoginException.credentials("the server publishes no " + name
					+ ", which this mode needs; use another flyte.credentials.auth-mode", null);
		}
		return checked;
	}

	/**
	 * Basic authentication, which every server must support (RFC 6749 section 2.3.1),
	 * unless this one lists only the request body, or one of both is configured.
	 */
	private ClientAuthenticationMethod authenticationMethod(@Nullable ServerMetadata published) {
		if (this.credentials.clientAuthentication() != null) {
			return (this.credentials.clientAuthentication() == ClientAuthentication.CLIENT_SECRET_POST) ? POST : BASIC;
		}
		return (isPossible(published, POST) && !isPossible(published, BASIC)) ? POST : BASIC;
	}

	/**
	 * The other way, where nobody has ruled it out: many servers publish nothing of it.
	 */
	private @Nullable ClientAuthenticationMethod otherAuthenticationMethod(@Nullable ServerMetadata published) {
		if (this.credentials.clientAuthentication() != null) {
			return null;
		}
		ClientAuthenticationMethod other = POST.equals(authenticationMethod(published)) ? BASIC : POST;
		return isPossible(published, other) ? other : null;
	}

	private static boolean isPossible(@Nullable ServerMetadata published, ClientAuthenticationMethod method) {
		return published == null || published.tokenEndpointAuthMethods().isEmpty()
				|| published.tokenEndpointAuthMethods().contains(method.getValue());
	}

	private String secret() {
		ClientSecret secret = this.credentials.clientSecret();
		if (secret == null) {
			return required(null, "flyte.credentials.client-secret");
		}
		try {
			String text = secret.read();
			this.looks.accept(secret.kind(), SecretRead.FOUND);
			return required(text, "flyte.credentials.client-secret");
		}
		catch (IllegalStateException ex) {
			this.looks.accept(secret.kind(),
					(ex instanceof MissingClientSecretException) ? SecretRead.MISSING : SecretRead.FAILED);
			throw LoginException.credentials(String.valueOf(ex.getMessage()), ex);
		}
	}

	private static String required(@Nullable String value, String property) {
		if (value == null || value.isEmpty()) {
			throw LoginException.credentials(property + " is not set", null);
		}
		return value;
	}

	private interface Value {

		@Nullable String of(ServerMetadata metadata);

	}

}
