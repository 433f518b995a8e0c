package io.flyteconnect.internal.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.internal.client.failure.LoginAdvice;
import io.flyteconnect.internal.client.failure.LoginFailures;
import io.flyteconnect.internal.discovery.LoginSettings;
import io.flyteconnect.internal.discovery.ServerMetadata;
import io.flyteconnect.internal.discovery.ServerMetadataSource;
import io.flyteconnect.internal.endpoint.TokenRequestException;
import io.flyteconnect.internal.text.SettingNames;
import io.flyteconnect.internal.token.AccessToken;
import io.flyteconnect.internal.token.TokenGrant;
import io.flyteconnect.internal.token.TokenLife;
import io.flyteconnect.login.LoginException;
import io.flyteconnect.login.LoginStep;

/**
 * Logs in through the connection's one provider, in whatever way that does it.
 */
class AuthorizedClientGrant implements TokenGrant {

	private static final Log logger = LogFactory.getLog(AuthorizedClientGrant.class);

	private final String login;

	private final LoginStory story;

	private final CredentialSettings credentials;

	private final ServerMetadataSource metadata;

	private final GrantClients clients;

	private final Supplier<OAuth2AuthorizedClientProvider> provider;

	private final StoredClients stored;

	private final LoginAdvice advice;

	private final Clock clock;

	/** One fixed principal: the service itself, never the user of a web request. */
	private final Authentication principal;

	/** The place of a secret that the server has rejected, as it was seen last. */
	private volatile @Nullable Object rejectedSecret;

	private volatile LoginStep step = LoginStep.DISCOVERY;

	/** Whether the server has refused a call that carried no token. */
	private volatile boolean tokenWanted;

	AuthorizedClientGrant(String login, SettingNames names, String registrationId, CredentialSettings credentials,
			ServerMetadataSource metadata, GrantClients clients, Supplier<OAuth2AuthorizedClientProvider> provider,
			StoredClients stored, LoginAdvice advice, Clock clock) {
		this.login = login;
		this.credentials = credentials;
		this.story = new LoginStory(login, isPersonNeeded(), names);
		this.metadata = metadata;
		this.clients = clients;
		this.provider = provider;
		this.stored = stored;
		this.advice = advice;
		this.clock = clock;
		this.principal = UsernamePasswordAuthenticationToken.authenticated(registrationId, null,
				AuthorityUtils.NO_AUTHORITIES);
	}

	/**
	 * Know of the server what the login knows that this one takes the place of: a call
	 * whose token was refused there must not go without one here.
	 * @param previous the grant of that login
	 */
	void follow(AuthorizedClientGrant previous) {
		if (previous.tokenWanted) {
			this.tokenWanted = true;
		}
	}

	@Override
	public AccessToken obtain() {
		if (this.credentials.authMode() == AuthMode.NONE) {
			return AccessToken.none(Instant.ofEpochMilli(Long.MAX_VALUE));
		}
		if (isPersonNeeded() && !this.tokenWanted && !this.stored.isLoggedIn()) {
			// A server without authentication publishes nothing, and the sandbox's own
			// file names such a mode all the same: nobody is asked before it is certain.
			return AccessToken.none(Instant.ofEpochMilli(Long.MAX_VALUE));
		}
		this.step = LoginStep.DISCOVERY;
		ServerMetadata published = discover();
		if (published == null && this.credentials.tokenUrl() == null && !isCommandWanted()) {
			return AccessToken.none(this.clock.instant().plus(ServerMetadataSource.TIME_TO_LIVE));
		}
		LoginSettings settings = LoginSettings.of(this.credentials, published);
		this.story.begins(settings, published);
		this.step = switch (this.credentials.authMode()) {
			case EXTERNAL_COMMAND -> LoginStep.COMMAND;
			case PKCE, DEVICE_FLOW -> LoginStep.INTERACTION;
			default -> LoginStep.TOKEN_REQUEST;
		};
		GrantClient client = this.clients.create(settings, published);
		OAuth2AuthorizedClient newer = this.stored.findNewer(client.registration());
		return (newer != null) ? use(newer, settings) : this.stored.exclusively(client.registration(), () -> {
			OAuth2AuthorizedClient renewed = this.stored.findNewer(client.registration());
			return (renewed != null) ? use(renewed, settings) : request(client);
		});
	}

	private @Nullable ServerMetadata discover() {
		try {
			return this.metadata.get();
		}
		catch (LoginException ex) {
			throw this.advice.on(ex);
		}
	}

	/**
	 * Use a stored login: of an earlier run, or of another process that was faster.
	 */
	private AccessToken use(OAuth2AuthorizedClient client, LoginSettings settings) {
		logger.info(this.login + " uses the stored access token");
		Instant issued = client.getAccessToken().getIssuedAt();
		return token(client, settings, (issued != null) ? issued : this.clock.instant());
	}

	private AccessToken request(GrantClient grant) {
		LoginSettings settings = grant.settings();
		long asked = System.nanoTime();
		OAuth2AuthorizedClient client = authorize(grant);
		Instant received = this.clock.instant();
		AccessToken kept = this.stored.stillGood();
		if (kept != null && kept.client() == client) {
			logger.warn(this.login + " keeps its token to its end, since the refresh token was refused; a person is"
					+ " asked to log in when a call needs another one");
			return kept.untilItsEnd();
		}
		this.stored.save(client);
		logger.info(this.login + " obtained an access token" + TokenOrigin.from(this.provider.get(), settings) + " in "
				+ Duration.ofNanos(System.nanoTime() - asked).toMillis() + " ms; it "
				+ TokenLife.describe(TokenLife.of(client.getAccessToken())));
		return token(client, settings, received);
	}

	private AccessToken token(OAuth2AuthorizedClient client, LoginSettings settings, Instant received) {
		AccessToken token = AccessToken.of(client, settings.authorizationHeader(), received, renewalWindow(),
				ThreadLocalRandom.current().nextDouble());
		// Nobody is asked to log in while the last login is good.
		AccessToken result = (isPersonNeeded() && client.getRefreshToken() == null) ? token.untilItsEnd() : token;
		this.stored.used(result);
		this.story.ends(result, settings.authorizationHeader());
		return result;
	}

	/**
	 * A command needs nothing of what a server publishes, but is not run for one that
	 * takes calls without a token.
	 */
	private boolean isCommandWanted() {
		return this.credentials.authMode() == AuthMode.EXTERNAL_COMMAND && this.tokenWanted;
	}

	private boolean isPersonNeeded() {
		return this.credentials.authMode().asksPerson();
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

	private OAuth2AuthorizedClient authorize(GrantClient client) {
		try {
			OAuth2AuthorizedClient authorized = this.provider.get().authorize(context(client.registration()));
			if (authorized == null) {
				throw LoginException.tokenRequest("no provider is responsible for the grant", null);
			}
			this.rejectedSecret = null;
			return authorized;
		}
		catch (OAuth2AuthorizationException ex) {
			TokenRequestException answer = TokenRequestException.find(ex);
			this.rejectedSecret = (answer != null && answer.isClientRefused()) ? client.secretFingerprint() : null;
			throw this.advice.on(LoginFailures.translate(ex, TokenOrigin.of(this.provider.get(), client.settings())));
		}
	}

	private OAuth2AuthorizationContext context(ClientRegistration registration) {
		OAuth2AuthorizedClient known = this.stored.load(registration);
		return ((known != null) ? OAuth2AuthorizationContext.withAuthorizedClient(known)
				: OAuth2AuthorizationContext.withClientRegistration(registration))
			.principal(this.principal)
			.build();
	}

	@Override
	public LoginStep step() {
		return this.step;
	}

	@Override
	public boolean isChangePossible() {
		return this.rejectedSecret != null;
	}

	@Override
	public boolean isChanged() {
		Object present = this.clients.fingerprint();
		if (present == null || present.equals(this.rejectedSecret)) {
			return false;
		}
		// One look notices a change once, also where the new secret cannot be read.
		this.rejectedSecret = present;
		return true;
	}

	@Override
	public void rejected(AccessToken token) {
		this.tokenWanted = true;
		if (token.isAnonymous()) {
			// The server may have switched authentication on since it was asked.
			this.metadata.forget();
		}
		else {
			this.stored.rejected(token);
		}
	}

}
