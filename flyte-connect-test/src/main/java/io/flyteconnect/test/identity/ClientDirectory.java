package io.flyteconnect.test.identity;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.util.Assert;

/**
 * The clients of the identity provider. Lifetimes are put in on each look-up, so that a
 * test can change them at any time.
 */
class ClientDirectory implements RegisteredClientRepository {

	static final Set<String> SCOPES = Set.of("all", "offline", "offline_access", "openid", "profile");

	private final Map<String, RegisteredClient> clients = new ConcurrentHashMap<>();

	private volatile Duration accessTokenLifetime;

	private volatile Duration refreshTokenLifetime;

	ClientDirectory(Duration accessTokenLifetime, Duration refreshTokenLifetime) {
		this.accessTokenLifetime = accessTokenLifetime;
		this.refreshTokenLifetime = refreshTokenLifetime;
	}

	void accessTokenLifetime(Duration lifetime) {
		this.accessTokenLifetime = positive(lifetime);
	}

	void refreshTokenLifetime(Duration lifetime) {
		this.refreshTokenLifetime = positive(lifetime);
	}

	static Duration positive(Duration lifetime) {
		Assert.isTrue(lifetime.toSeconds() >= 1, "A token has to live for one second or longer");
		return lifetime;
	}

	void addConfidential(String clientId, String secret) {
		save(RegisteredClient.withId(clientId)
			.clientId(clientId)
			.clientSecret(secret)
			.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
			.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
			.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
			.scopes((scopes) -> scopes.addAll(SCOPES))
			.build());
	}

	void addPublic(String clientId, Set<String> redirectUris) {
		save(RegisteredClient.withId(clientId)
			.clientId(clientId)
			.clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
			.authorizationGrantType(AuthorizationGrantType.DEVICE_CODE)
			.redirectUris((uris) -> uris.addAll(redirectUris))
			.scopes((scopes) -> scopes.addAll(SCOPES))
			.clientSettings(ClientSettings.builder().requireProofKey(true).build())
			.build());
	}

	@Override
	public void save(RegisteredClient client) {
		this.clients.put(client.getClientId(), client);
	}

	@Override
	public @Nullable RegisteredClient findById(String id) {
		return findByClientId(id);
	}

	@Override
	public @Nullable RegisteredClient findByClientId(String clientId) {
		RegisteredClient client = this.clients.get(clientId);
		if (client == null) {
			return null;
		}
		TokenSettings settings = TokenSettings.builder()
			.accessTokenTimeToLive(this.accessTokenLifetime)
			.refreshTokenTimeToLive(this.refreshTokenLifetime)
			.reuseRefreshTokens(false)
			.build();
		return RegisteredClient.from(client).tokenSettings(settings).build();
	}

}
