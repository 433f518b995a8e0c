package io.flyteconnect.oauth2;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;

import io.flyteconnect.config.CredentialSettings;

/**
 * Lets a command print the token. A JWT is kept until its {@code exp}, any other token
 * until the server refuses it.
 */
class CommandGrant implements TokenGrant {

	private static final Log logger = LogFactory.getLog(CommandGrant.class);

	private final String login;

	private final ClientRegistration registration;

	private final CredentialSettings credentials;

	private final ServerMetadataSource metadata;

	private final TokenCommand command;

	private final Clock clock;

	CommandGrant(String login, String registrationId, CredentialSettings credentials, ServerMetadataSource metadata,
			TokenCommand command, Clock clock) {
		this.login = login;
		this.credentials = credentials;
		this.metadata = metadata;
		this.command = command;
		this.clock = clock;
		this.registration = ClientRegistration.withRegistrationId(registrationId)
			.clientName("Flyte")
			.authorizationGrantType(new AuthorizationGrantType("urn:flyte-connect:grant-type:external-command"))
			.clientId((credentials.clientId() != null) ? credentials.clientId() : registrationId)
			.tokenUri("urn:flyte-connect:external-command")
			.build();
	}

	@Override
	public AccessToken obtain() {
		ServerMetadata published = this.metadata.get();
		if (published == null) {
			return AccessToken.none(this.clock.instant().plus(ServerMetadataSource.TIME_TO_LIVE));
		}
		LoginSettings settings = LoginSettings.of(this.credentials, published);
		String token = this.command.run();
		Instant received = this.clock.instant();
		Duration life = TokenLife.of(null, token, received);
		OAuth2AccessToken accessToken = new OAuth2AccessToken(TokenType.BEARER, token, received, received.plus(life));
		OAuth2AuthorizedClient client = new OAuth2AuthorizedClient(this.registration,
				this.registration.getRegistrationId(), accessToken);
		logger.info(this.login + " obtained an access token from a command; it " + TokenLife.describe(life));
		return AccessToken.of(client, settings.authorizationHeader(), received, this.credentials.tokenRefreshWindow(),
				ThreadLocalRandom.current().nextDouble());
	}

	@Override
	public void refused(AccessToken token) {
		if (token.isAnonymous()) {
			this.metadata.forget();
		}
	}

}
