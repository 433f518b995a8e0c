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
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.oauth2.endpoint.TokenLife;

/**
 * Logs in through Spring Security's manager, in whatever way the connection's one
 * provider does it.
 */
class AuthorizedClientGrant implements TokenGrant {

	private static final Log logger = LogFactory.getLog(AuthorizedClientGrant.class);

	private final String login;

	private final String registrationId;

	private final CredentialSettings credentials;

	private final ServerMetadataSource metadata;

	private final OAuth2AuthorizedClientManager manager;

	private final OAuth2AuthorizedClientService clients;

	private final Clock clock;

	private final Authentication principal;

	private final SecretWatch secret;

	/** Whether the server has refused a call that carried no token. */
	private volatile boolean tokenWanted;

	AuthorizedClientGrant(String login, String registrationId, CredentialSettings credentials,
			ServerMetadataSource metadata, OAuth2AuthorizedClientManager manager, OAuth2AuthorizedClientService clients,
			Clock clock) {
		this.login = login;
		this.registrationId = registrationId;
		this.credentials = credentials;
		this.metadata = metadata;
		this.manager = manager;
		this.clients = clients;
		this.clock = clock;
		this.secret = new SecretWatch(credentials.clientSecret());
		// One fixed principal: the service itself, never the user of a web request.
		this.principal = UsernamePasswordAuthenticationToken.authenticated(registrationId, null,
				AuthorityUtils.NO_AUTHORITIES);
	}

	@Override
	public AccessToken obtain() {
		if (isPersonNeeded() && !this.tokenWanted) {
			// A server without authentication publishes nothing, and the sandbox's own
			// file
			// names such a mode all the same: nobody is asked before it is certain.
			return AccessToken.none(Instant.ofEpochMilli(Long.MAX_VALUE));
		}
		ServerMetadata published = this.metadata.get();
		if (published == null && this.credentials.tokenUrl() == null && !isCommandWanted()) {
			return AccessToken.none(this.clock.instant().plus(ServerMetadataSource.TIME_TO_LIVE));
		}
		LoginSettings settings = LoginSettings.of(this.credentials, published);
		long asked = System.nanoTime();
		OAuth2AuthorizedClient client = authorize(settings);
		Instant received = this.clock.instant();
		logger.info(this.login + " obtained an access token"
				+ ((settings.tokenEndpoint() != null) ? " from " + settings.tokenEndpoint() : "") + " in "
				+ Duration.ofNanos(System.nanoTime() - asked).toMillis() + " ms; it "
				+ TokenLife.describe(TokenLife.of(client.getAccessToken())));
		return AccessToken.of(client, settings.authorizationHeader(), received, renewalWindow(),
				ThreadLocalRandom.current().nextDouble());
	}

	/**
	 * A command needs nothing of what a server publishes, but is not run for one that
	 * takes calls without a token.
	 */
	private boolean isCommandWanted() {
		return this.credentials.authMode() == AuthMode.EXTERNAL_COMMAND && this.tokenWanted;
	}

	private boolean isPersonNeeded() {
		return this.credentials.authMode() == AuthMode.PKCE || this.credentials.authMode() == AuthMode.DEVICE_FLOW;
	}

	private Duration renewalWindow() {
		if (!this.credentials.tokenRefreshWindow().isZero()) {
			return this.credentials.tokenRefreshWindow();
		}
		return switch (this.credentials.authMode()) {
			case PKCE -> this.credentials.pkce().refreshTime();
			case DEVICE_FLOW -> this.credentials.deviceFlow().refreshTime();
			default -> Duration.ZERO;
		};
	}

	private OAuth2AuthorizedClient authorize(LoginSettings settings) {
		this.secret.trying();
		try {
			OAuth2AuthorizedClient client = this.manager.authorize(request());
			if (client == null) {
				throw LoginException.tokenRequest("no provider is responsible for the grant", (Throwable) null);
			}
			this.secret.tried(false);
			return client;
		}
		catch (OAuth2AuthorizationException ex) {
			LoginException failure = LoginFailures.translate(ex, settings.tokenEndpoint());
			this.secret.tried(OAuth2ErrorCodes.INVALID_CLIENT.equals(failure.getErrorCode()));
			throw failure;
		}
	}

	/**
	 * Security's providers renew only what has expired, and they are asked only when a
	 * new token is wanted: so the old one is presented as expired.
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
	public boolean isChanged() {
		return this.secret.isChanged();
	}

	@Override
	public void refused(AccessToken token) {
		this.tokenWanted = true;
		if (token.isAnonymous()) {
			// The server may have switched authentication on since it was asked.
			this.metadata.forget();
		}
	}

}
