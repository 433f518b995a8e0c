package io.flyteconnect.internal.client;

import java.time.Clock;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;

import io.flyteconnect.internal.store.AuthorizedClientStore;
import io.flyteconnect.internal.token.AccessToken;
import io.flyteconnect.internal.token.TokenLife;

/**
 * The stored client of a connection as the login thread sees it: what is in the store,
 * and which of its tokens is newer.
 */
class StoredClients {

	private static final int LOOKS = 4;

	private static final long PAUSE_MILLIS = 250;

	private final @Nullable LoginTurn turn;

	private final Clock clock;

	private volatile AuthorizedClientStore store;

	private volatile boolean followed;

	private volatile @Nullable AccessToken used;

	private volatile @Nullable String rejected;

	StoredClients(AuthorizedClientStore store, Clock clock) {
		this(store, null, clock);
	}

	/**
	 * Create it.
	 * @param store where the client is
	 * @param turn who may renew it, {@code null} if several may at once
	 * @param clock tells the time
	 */
	StoredClients(AuthorizedClientStore store, @Nullable LoginTurn turn, Clock clock) {
		this.store = store;
		this.turn = turn;
		this.clock = clock;
	}

	/**
	 * Share the client with the login that this one takes the place of, whose renewal may
	 * still be under way: from now on neither presents a refresh token that the other has
	 * used.
	 * @param previous the stored client of that login
	 * @param held the token of it that is in use, {@code null} if there is none
	 */
	void follow(StoredClients previous, @Nullable AccessToken held) {
		this.rejected = previous.rejected;
		this.used = (held != null) ? held : previous.used;
		if (this.turn != null && previous.turn != null) {
			this.turn.follow(previous.turn);
		}
		this.store = previous.store;
		this.followed = true;
		previous.followed = true;
	}

	/**
	 * Forget the client.
	 */
	void remove() {
		this.store.remove();
	}

	/**
	 * Whether a login is there from an earlier run or another process.
	 */
	boolean isLoggedIn() {
		return this.store.hasSharedLogin();
	}

	@Nullable OAuth2AuthorizedClient load(ClientRegistration registration) {
		return this.store.load(registration);
	}

	void save(OAuth2AuthorizedClient client) {
		this.store.save(client);
	}

	/**
	 * The stored client if its token is good and has not been used here: another process
	 * has logged in since, this one did before it was started anew, or the login did that
	 * shares the client.
	 */
	@Nullable OAuth2AuthorizedClient findNewer(ClientRegistration registration) {
		if (!this.store.isShared() && !this.followed) {
			return null;
		}
		OAuth2AuthorizedClient client = load(registration);
		return (client != null && isNewer(client.getAccessToken())) ? client : null;
	}

	private boolean isNewer(OAuth2AccessToken token) {
		String value = token.getTokenValue();
		AccessToken used = this.used;
		return (used == null || !value.equals(used.value())) && !value.equals(this.rejected)
				&& !TokenLife.isOver(token, this.clock.instant());
	}

	/**
	 * Look for a newer login after a refresh token has been rejected. Where the store
	 * could not keep two processes apart, the other one may still be about to write.
	 */
	@Nullable OAuth2AuthorizedClient renewedElsewhere(ClientRegistration registration) {
		for (int i = 0; this.store.isShared() && i < LOOKS; i++) {
			OAuth2AuthorizedClient client = findNewer(registration);
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
	 * rejected.
	 */
	@Nullable AccessToken stillGood() {
		AccessToken token = this.used;
		return (token != null && !token.value().equals(this.rejected) && token.isUsable(this.clock.millis())) ? token
				: null;
	}

	/**
	 * Take note of a rejected token, without touching the store: callers come by here.
	 */
	void rejected(AccessToken token) {
		this.rejected = token.value();
	}

	/**
	 * Do something while nobody else renews the login, neither another process nor the
	 * login that this one took the place of, after the rejected token has been dropped
	 * from the store, exactly that one.
	 */
	<T> T exclusively(ClientRegistration registration, Supplier<T> action) {
		Supplier<T> alone = () -> this.store.exclusively(() -> {
			dropRejected(registration);
			return action.get();
		});
		return (this.turn != null) ? this.turn.take(alone) : alone.get();
	}

	/**
	 * Drop a rejected refresh token, exactly that one: presented again it would be
	 * rejected again, and a provider may take that for theft (RFC 9700 section 4.14.2).
	 * @param rejected the client that had it
	 */
	void dropRefreshToken(OAuth2AuthorizedClient rejected) {
		OAuth2AuthorizedClient client = load(rejected.getClientRegistration());
		if (client == null || !Objects.equals(value(client.getRefreshToken()), value(rejected.getRefreshToken()))) {
			return;
		}
		if (TokenLife.isOver(client.getAccessToken(), this.clock.instant())) {
			this.store.remove();
		}
		else {
			save(new OAuth2AuthorizedClient(client.getClientRegistration(), client.getPrincipalName(),
					client.getAccessToken()));
		}
	}

	private static @Nullable String value(@Nullable OAuth2RefreshToken token) {
		return (token != null) ? token.getTokenValue() : null;
	}

	private void dropRejected(ClientRegistration registration) {
		OAuth2AuthorizedClient client = this.store.isShared() ? load(registration) : null;
		if (client == null || !client.getAccessToken().getTokenValue().equals(this.rejected)) {
			return;
		}
		if (client.getRefreshToken() == null) {
			this.store.remove();
		}
		else if (!TokenLife.isOver(client.getAccessToken(), this.clock.instant())) {
			this.store.saveEnded(client);
		}
	}

}
