package io.flyteconnect.internal.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.ClientAuthorizationException;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2Error;

import io.flyteconnect.internal.listener.TokenListener.WaitEnd;
import io.flyteconnect.internal.token.AccessToken;
import io.flyteconnect.internal.token.TokenManager;
import io.flyteconnect.internal.token.TokenWait;
import io.flyteconnect.login.LoginException;

/**
 * The manager that is handed out: gives the client whose token the connection's calls
 * carry, and joins the one request for it where there is none.
 */
class FlyteAuthorizedClientManager implements OAuth2AuthorizedClientManager {

	private final String registrationId;

	private final TokenManager tokens;

	FlyteAuthorizedClientManager(String registrationId, TokenManager tokens) {
		this.registrationId = registrationId;
		this.tokens = tokens;
	}

	@Override
	public @Nullable OAuth2AuthorizedClient authorize(OAuth2AuthorizeRequest request) {
		if (!this.registrationId.equals(request.getClientRegistrationId())) {
			throw new IllegalArgumentException("Only the client registration '" + this.registrationId
					+ "' is managed here, not '" + request.getClientRegistrationId() + "'");
		}
		try {
			AccessToken token = this.tokens.current();
			return withoutSecret(((token != null) ? token : obtain()).client());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failure("interrupted", null, ex);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof LoginException login) {
				throw failure(String.valueOf(login.getMessage()), login.getErrorCode(), login);
			}
			throw failure("unexpected failure", null, ex);
		}
	}

	private AccessToken obtain() throws InterruptedException, ExecutionException {
		CompletableFuture<AccessToken> obtained = this.tokens.obtain();
		if (!obtained.isDone()) {
			TokenWait wait = TokenWait.begin(this.tokens);
			obtained.whenComplete((token, ex) -> wait.end((token != null) ? WaitEnd.OBTAINED : WaitEnd.FAILED));
		}
		return obtained.get();
	}

	/**
	 * The registration prints its client secret, which nobody needs who has the token.
	 */
	private static @Nullable OAuth2AuthorizedClient withoutSecret(@Nullable OAuth2AuthorizedClient client) {
		if (client == null) {
			return null;
		}
		ClientRegistration registration = ClientRegistration.withClientRegistration(client.getClientRegistration())
			.clientSecret("")
			.build();
		return new OAuth2AuthorizedClient(registration, client.getPrincipalName(), client.getAccessToken(),
				client.getRefreshToken());
	}

	private ClientAuthorizationException failure(String message, @Nullable String code, Exception cause) {
		OAuth2Error error = new OAuth2Error((code != null) ? code : "login_failed", message, null);
		return new ClientAuthorizationException(error, this.registrationId, message, cause);
	}

}
