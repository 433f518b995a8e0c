package io.flyteconnect.oauth2;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;

import io.flyteconnect.config.CredentialSettings;

/**
 * Logs the service in with its own credentials, through Spring Security's manager.
 */
class ClientCredentialsGrant implements TokenGrant {

	private static final Log logger = LogFactory.getLog(ClientCredentialsGrant.class);

	private final String login;

	private final String registrationId;

	private final CredentialSettings credentials;

	private final ServerMetadataSource metadata;

	private final OAuth2AuthorizedClientManager manager;

	private final OAuth2AuthorizedClientService clients;

	private final Clock clock;

	private final Authentication principal;

	ClientCredentialsGrant(String login, String registrationId, CredentialSettings credentials,
			ServerMetadataSource metadata, OAuth2AuthorizedClientManager manager, OAuth2AuthorizedClientService clients,
			Clock clock) {
		this.login = login;
		this.registrationId = registrationId;
		this.credentials = credentials;
		this.metadata = metadata;
		this.manager = manager;
		this.clients = clients;
		this.clock = clock;
		// One fixed principal: the service itself, never the user of a web request.
		this.principal = UsernamePasswordAuthenticationToken.authenticated(registrationId, null,
				AuthorityUtils.NO_AUTHORITIES);
	}

	@Override
	public AccessToken obtain() {
		ServerMetadata published = this.metadata.get();
		if (published == null && this.credentials.tokenUrl() == null) {
			return AccessToken.none(this.clock.instant().plus(ServerMetadataSource.TIME_TO_LIVE));
		}
		LoginSettings settings = LoginSettings.of(this.credentials, published);
		Instant asked = this.clock.instant();
		OAuth2AuthorizedClient client = authorize(settings);
		Instant received = this.clock.instant();
		AccessToken token = AccessToken.of(client, settings.authorizationHeader(), received,
				this.credentials.tokenRefreshWindow(), ThreadLocalRandom.current().nextDouble());
		logger.info(this.login + " obtained an access token from " + settings.tokenEndpoint() + " in "
				+ Duration.between(asked, received).toMillis() + " ms; it "
				+ TokenLife.describe(TokenLife.of(client.getAccessToken())));
		return token;
	}

	private OAuth2AuthorizedClient authorize(LoginSettings settings) {
		try {
			OAuth2AuthorizedClient client = this.manager.authorize(request());
			if (client == null) {
				throw LoginException.tokenRequest("no provider is responsible for the grant", (Throwable) null);
			}
			return client;
		}
		catch (OAuth2AuthorizationException ex) {
			throw TokenFailures.translate(ex, settings.tokenEndpoint());
		}
	}

	/**
	 * Security's provider renews only what has expired, and it is asked only when a new
	 * token is wanted: so the old one is presented as expired.
	 */
	private OAuth2AuthorizeRequest request() {
		OAuth2AuthorizedClient known = this.clients.loadAuthorizedClient(this.registrationId, this.principal.getName());
		if (known == null) {
			return OAuth2AuthorizeRequest.withClientRegistrationId(this.registrationId)
				.principal(this.principal)
				.build();
		}
		OAuth2AccessToken expired = new OAuth2AccessToken(known.getAccessToken().getTokenType(),
				known.getAccessToken().getTokenValue(), Instant.EPOCH, Instant.EPOCH.plusSeconds(1),
				known.getAccessToken().getScopes());
		OAuth2AuthorizedClient stale = new OAuth2AuthorizedClient(known.getClientRegistration(),
				known.getPrincipalName(), expired, known.getRefreshToken());
		return OAuth2AuthorizeRequest.withAuthorizedClient(stale).principal(this.principal).build();
	}

	@Override
	public void refused(AccessToken token) {
		if (token.isAnonymous()) {
			// The server may have switched authentication on since it was asked.
			this.metadata.forget();
		}
	}

}
