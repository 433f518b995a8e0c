package io.flyteconnect.internal.client;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;

import io.flyteconnect.internal.store.AuthorizedClientStore;
import io.flyteconnect.internal.token.AccessToken;
import io.flyteconnect.internal.token.TokenLife;

/**
 * The stored client of a connection as the login thread sees it: what is in the store,
 * and which of its tokens is news.
 */
class StoredClients {

	private static final int LOOKS = 4;

	private static final long PAUSE_MILLIS = 250;

	private final AuthorizedClientStore store;

	private final String registrationId;

	private final Clock clock;

	private final Authentication principal;

	private volatile @Nullable AccessToken used;

	private volatile @Nullable String refused;

	StoredClients(AuthorizedClientStore store, String registrationId, Clock clock) {
		this.store = store;
		this.registrationId = registrationId;
		this.clock = clock;
		// One fixed principal: the service itself, never the user of a web request.
		this.principal = UsernamePasswordAuthenticationToken.authenticated(registrationId, null,
				AuthorityUtils.NO_AUTHORITIES);
	}

	Authentication principal() {
		return this.principal;
	}

	/**
	 * Whether a login is there from an earlier run or another process.
	 */
	boolean isLoggedIn() {
		return this.store.hasSharedLogin();
	}

	@Nullable OAuth2AuthorizedClient load() {
		return this.store.loadAuthorizedClient(this.registrationId, this.principal.getName());
	}

	void save(OAuth2AuthorizedClient client) {
		this.store.saveAuthorizedClient(client, this.principal);
	}

	/**
	 * The stored client if its token is good and has not been used here: another process
	 * has logged in since, or this one did before it was started anew.
	 */
	@Nullable OAuth2AuthorizedClient news() {
		if (!this.store.isShared()) {
			return null;
		}
		OAuth2AuthorizedClient client = load();
		return (client != null && isNews(client.getAccessToken())) ? client : null;
	}

	private boolean isNews(OAuth2AccessToken token) {
		String value = token.getTokenValue();
		AccessToken used = this.used;
		return (used == null || !value.equals(used.value())) && !value.equals(this.refused)
				&& !TokenLife.isOver(token, this.clock.instant());
	}

	/**
	 * Look for news after a refresh token has been refused. Where the store could not
	 * keep two processes apart, the other one may still be about to write.
	 */
	@Nullable OAuth2AuthorizedClient renewedElsewhere() {
		for (int i = 0; this.store.isShared() && i < LOOKS; i++) {
			OAuth2AuthorizedClient client = news();
			if (client != null) {
				return client;
			}
			try {
				Thread.sleep(PAUSE_MILLIS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return null;
			}
		}
		return null;
	}

	void used(AccessToken token) {
		this.used = token;
	}

	/**
	 * Return the token that is in use here if it is still good: not over, and not
	 * refused.
	 */
	@Nullable AccessToken stillGood() {
		AccessToken token = this.used;
		return (token != null && !token.value().equals(this.refused) && token.isUsable(this.clock.millis())) ? token
				: null;
	}

	/**
	 * Take note of a refused token, without touching the store: callers come by here.
	 */
	void rejected(AccessToken token) {
		this.refused = token.value();
	}

	/**
	 * Do something while no other process renews the login, after the refused token has
	 * been dropped from the store, exactly that one.
	 */
	<T> T exclusively(Supplier<T> action) {
		return this.store.exclusively(() -> {
			dropRefused();
			return action.get();
		});
	}

	/**
	 * Drop a refused refresh token, exactly that one: presented again it would be refused
	 * again, and a provider may take that for theft (RFC 9700 section 4.14.2).
	 * @param refused the client that had it
	 */
	void dropRefreshToken(OAuth2AuthorizedClient refused) {
		OAuth2AuthorizedClient client = load();
		if (client == null || !Objects.equals(value(client.getRefreshToken()), value(refused.getRefreshToken()))) {
			return;
		}
		if (TokenLife.isOver(client.getAccessToken(), this.clock.instant())) {
			remove();
		}
		else {
			save(new OAuth2AuthorizedClient(client.getClientRegistration(), client.getPrincipalName(),
					client.getAccessToken()));
		}
	}

	private static @Nullable String value(@Nullable OAuth2RefreshToken token) {
		return (token != null) ? token.getTokenValue() : null;
	}

	private void remove() {
		this.store.removeAuthorizedClient(this.registrationId, this.principal.getName());
	}

	private void dropRefused() {
		OAuth2AuthorizedClient client = this.store.isShared() ? load() : null;
		if (client == null || !client.getAccessToken().getTokenValue().equals(this.refused)) {
			return;
		}
		if (client.getRefreshToken() == null) {
			remove();
		}
		else if (!TokenLife.isOver(client.getAccessToken(), this.clock.instant())) {
			save(expired(client));
		}
	}

	/**
	 * The same client with its token at its end.
	 */
	static OAuth2AuthorizedClient expired(OAuth2AuthorizedClient client) {
		OAuth2AccessToken token = client.getAccessToken();
		OAuth2AccessToken expired = new OAuth2AccessToken(token.getTokenType(), token.getTokenValue(), Instant.EPOCH,
				Instant.EPOCH.plusSeconds(1), token.getScopes());
		return new OAuth2AuthorizedClient(client.getClientRegistration(), client.getPrincipalName(), expired,
				client.getRefreshToken());
	}

}
