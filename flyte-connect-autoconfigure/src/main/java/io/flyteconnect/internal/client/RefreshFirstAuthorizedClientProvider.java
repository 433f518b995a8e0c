package io.flyteconnect.internal.client;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;

import io.flyteconnect.internal.client.failure.PersonAskedException;
import io.flyteconnect.internal.endpoint.TokenRequestException;
import io.flyteconnect.internal.token.AccessToken;
import io.flyteconnect.login.PersonLoginException;

/**
 * Uses a refresh token where there is one, and the full grant where the refresh token has
 * been refused. A server that cannot be reached refuses nothing: a person is not asked
 * again because of a network that is down.
 */
class RefreshFirstAuthorizedClientProvider implements OAuth2AuthorizedClientProvider {

	private static final Log logger = LogFactory.getLog(RefreshFirstAuthorizedClientProvider.class);

	private final OAuth2AuthorizedClientProvider refresh;

	private final StoredClients stored;

	private final OAuth2AuthorizedClientProvider grant;

	private final Runnable personNeeded;

	private final LoginTurn turn;

	private volatile boolean asking;

	private volatile boolean closed;

	RefreshFirstAuthorizedClientProvider(OAuth2AuthorizedClientProvider refresh, StoredClients stored,
			OAuth2AuthorizedClientProvider grant, Runnable personNeeded, LoginTurn turn) {
		this.turn = turn;
		this.personNeeded = personNeeded;
		this.refresh = refresh;
		this.stored = stored;
		this.grant = grant;
	}

	@Override
	public @Nullable OAuth2AuthorizedClient authorize(OAuth2AuthorizationContext context) {
		try {
			OAuth2AuthorizedClient refreshed = this.refresh.authorize(context);
			if (refreshed != null) {
				return refreshed;
			}
		}
		catch (OAuth2AuthorizationException ex) {
			TokenRequestException answer = TokenRequestException.find(ex);
			if (answer == null || !(isRefused(answer) || isServerError(answer))) {
				throw ex;
			}
			// Another process may have used it up.
			OAuth2AuthorizedClient renewed = this.stored.renewedElsewhere(context.getClientRegistration());
			if (renewed != null) {
				return renewed;
			}
			if (isTokenBad(answer) && context.getAuthorizedClient() != null) {
				this.stored.dropRefreshToken(context.getAuthorizedClient());
			}
			AccessToken good = this.stored.stillGood();
			if (good != null && good.client() != null) {
				return good.client();
			}
			logger.debug("The refresh token was refused (" + ex.getError().getErrorCode() + "): logging in anew");
		}
		return ask(context);
	}

	private @Nullable OAuth2AuthorizedClient ask(OAuth2AuthorizationContext context) {
		this.asking = true;
		try {
			if (this.closed) {
				throw new PersonLoginException("login_cancelled", "the connection is closed", null);
			}
			this.personNeeded.run();
			return this.turn.take(() -> this.grant.authorize(context));
		}
		catch (OAuth2AuthorizationException ex) {
			throw new PersonAskedException(ex);
		}
		finally {
			this.asking = false;
		}
	}

	/**
	 * Ask nobody from now on.
	 * @return whether somebody is being asked
	 */
	boolean stopAsking() {
		this.closed = true;
		return this.asking;
	}

	private static boolean isRefused(TokenRequestException answer) {
		return answer.isPermanent() && !TokenRequestException.INVALID_RESPONSE.equals(answer.getError().getErrorCode());
	}

	// Not for an error that is about the client or the request.
	private static boolean isTokenBad(TokenRequestException answer) {
		return OAuth2ErrorCodes.INVALID_GRANT.equals(answer.getError().getErrorCode());
	}

	// Flyte Admin answers an expired refresh token like this, and others a passing fault.
	private static boolean isServerError(TokenRequestException answer) {
		return answer.getHttpStatus() == 500 && OAuth2ErrorCodes.SERVER_ERROR.equals(answer.getError().getErrorCode());
	}

}
