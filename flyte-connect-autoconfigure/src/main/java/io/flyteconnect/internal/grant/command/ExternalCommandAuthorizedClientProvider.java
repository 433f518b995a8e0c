package io.flyteconnect.internal.grant.command;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;

import io.flyteconnect.login.FlyteTokenSupplier;

/**
 * Lets a supplier give the token: a command that prints it, or a bean of the application.
 * A token is good until the end that is printed beside it (Kubernetes' ExecCredential), a
 * JWT until its {@code exp}, any other for the configured time or until the server
 * refuses it.
 *
 * @since 0.1.0
 */
public final class ExternalCommandAuthorizedClientProvider implements OAuth2AuthorizedClientProvider {

	/** The grant type of the registrations that this provider is responsible for. */
	public static final AuthorizationGrantType GRANT_TYPE = new AuthorizationGrantType(
			"urn:flyte-connect:grant-type:external-command");

	private final FlyteTokenSupplier supplier;

	private final Duration opaqueLife;

	private final Clock clock;

	/**
	 * Create a provider.
	 * @param supplier gives the token
	 * @param opaqueLife how long a token is good for that does not say so itself
	 * @param clock tells the time
	 */
	public ExternalCommandAuthorizedClientProvider(FlyteTokenSupplier supplier, Duration opaqueLife, Clock clock) {
		this.supplier = supplier;
		this.opaqueLife = opaqueLife;
		this.clock = clock;
	}

	@Override
	public @Nullable OAuth2AuthorizedClient authorize(OAuth2AuthorizationContext context) {
		if (!GRANT_TYPE.equals(context.getClientRegistration().getAuthorizationGrantType())) {
			return null;
		}
		PrintedToken token = token();
		Instant received = this.clock.instant();
		OAuth2AccessToken accessToken = new OAuth2AccessToken(TokenType.BEARER, token.value(), received,
				received.plus(token.life(received, this.opaqueLife)));
		return new OAuth2AuthorizedClient(context.getClientRegistration(), context.getPrincipal().getName(),
				accessToken);
	}

	/**
	 * Return who gives the token, in words and without any argument of a command.
	 * @return the end of a sentence
	 */
	public String source() {
		return (this.supplier instanceof TokenCommand command) ? command.name() : "the token supplier";
	}

	private PrintedToken token() {
		if (this.supplier instanceof TokenCommand command) {
			return command.run(this.clock);
		}
		@Nullable String token;
		try {
			token = this.supplier.getToken();
		}
		catch (OAuth2AuthorizationException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw CommandFailedException.passing("the token supplier failed with " + ex.getClass().getName(), ex);
		}
		try {
			return PrintedToken.of((token != null) ? token : "", this.clock.instant());
		}
		catch (IllegalArgumentException ex) {
			throw CommandFailedException.permanent("the token supplier gave no token: it " + ex.getMessage());
		}
	}

}
