package io.flyteconnect.internal.client;

import java.time.Clock;
import java.time.Duration;

import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;

import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.internal.endpoint.TokenEndpointClients;
import io.flyteconnect.internal.grant.command.CommandEnvironment;
import io.flyteconnect.internal.grant.command.ExternalCommandAuthorizedClientProvider;
import io.flyteconnect.internal.grant.command.TokenCommand;
import io.flyteconnect.internal.grant.device.DeviceAuthorizedClientProvider;
import io.flyteconnect.internal.grant.direct.ClientCredentialsAuthorizedClientProvider;
import io.flyteconnect.internal.grant.direct.RefreshTokenAuthorizedClientProvider;
import io.flyteconnect.internal.grant.interaction.Person;
import io.flyteconnect.internal.grant.pkce.PkceAuthorizedClientProvider;
import io.flyteconnect.internal.text.SettingNames;
import io.flyteconnect.internal.token.TokenLife;
import io.flyteconnect.login.FlyteTokenSupplier;

/**
 * Makes the provider of each mode.
 *
 * @param connection the name of the connection
 * @param names names settings as the connection has them
 * @param credentials how to log in
 * @param endpoint makes the requests to the authorization server
 * @param customizations what the application brings of its own
 * @param stored the stored client of the connection
 * @param asking lets one login of the connection ask a person at a time
 * @param environment keeps the secrets of the connection from its commands
 * @param clock tells the time
 */
record AuthorizedClientProviders(String connection, SettingNames names, CredentialSettings credentials,
		TokenEndpointClients endpoint, LoginCustomizations customizations, StoredClients stored, LoginTurn asking,
		CommandEnvironment environment, Clock clock) {

	OAuth2AuthorizedClientProvider create() {
		return switch (this.credentials.authMode()) {
			case CLIENT_CREDENTIALS, NONE ->
				new ClientCredentialsAuthorizedClientProvider(this.endpoint.clientCredentials());
			case PKCE -> new RefreshFirstAuthorizedClientProvider(refreshToken(), this.stored, pkce(), personNeeded(),
					this.asking);
			case DEVICE_FLOW -> new RefreshFirstAuthorizedClientProvider(refreshToken(), this.stored, device(),
					personNeeded(), this.asking);
			case EXTERNAL_COMMAND ->
				new ExternalCommandAuthorizedClientProvider(tokenSupplier(), opaqueLife(this.credentials), this.clock);
		};
	}

	static Duration opaqueLife(CredentialSettings credentials) {
		return credentials.commandTtl().isZero() ? TokenLife.UNTIL_REFUSED : credentials.commandTtl();
	}

	private OAuth2AuthorizedClientProvider refreshToken() {
		return new RefreshTokenAuthorizedClientProvider(this.endpoint.refreshToken());
	}

	private OAuth2AuthorizedClientProvider pkce() {
		return new PkceAuthorizedClientProvider(this.connection, this.names, person(), this.credentials.pkce(),
				this.endpoint, this.clock);
	}

	private OAuth2AuthorizedClientProvider device() {
		return new DeviceAuthorizedClientProvider(this.connection, person(), this.credentials.deviceFlow(),
				this.endpoint, this.clock);
	}

	private Runnable personNeeded() {
		return this.customizations.listeners().personNeeded();
	}

	private Person person() {
		return new Person(this.credentials.interactive(), this.customizations.environment(),
				this.customizations.events());
	}

	private FlyteTokenSupplier tokenSupplier() {
		FlyteTokenSupplier own = this.customizations.tokenSupplier();
		return (own != null) ? own
				: new TokenCommand(this.credentials.command(), TokenCommand.TIMEOUT, this.environment);
	}

}
