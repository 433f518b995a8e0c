package io.flyteconnect.internal.store;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;

import io.flyteconnect.internal.store.SharedStore.Hold;

/**
 * The authorized client of a connection, in memory and, where one is configured, in a
 * shared store. A store that fails is never the failure of a login: the login goes on in
 * memory, and what could not be written is written when the store works again, unless
 * somebody else has logged in since.
 *
 * @since 0.1.0
 */
public final class AuthorizedClientStore implements OAuth2AuthorizedClientService {

	private final ClientRegistrationRepository registrations;

	private final OAuth2AuthorizedClientService memory;

	private final @Nullable SharedStore shared;

	private final StoreHealth health;

	private @Nullable StoredLogin unsaved;

	private @Nullable Thread holder;

	private @Nullable StoredLogin savedInHold;

	private boolean removedInHold;

	private boolean forgetting;

	public AuthorizedClientStore(String connection, ClientRegistrationRepository registrations,
			@Nullable SharedStore shared, Clock clock) {
		this.registrations = registrations;
		this.memory = new InMemoryOAuth2AuthorizedClientService(
				(id) -> this.forgetting ? anyRegistration(id) : registrations.findByRegistrationId(id));
		this.shared = shared;
		this.health = new StoreHealth(
				"The store of the login of Flyte connection '" + connection + "' (" + shared + ")", clock);
	}

	/**
	 * Stands for the real one, which only a server can complete: to forget a login,
	 * nobody is asked.
	 */
	private static ClientRegistration anyRegistration(String id) {
		return ClientRegistration.withRegistrationId(id)
			.clientId(id)
			.authorizationGrantType(new AuthorizationGrantType("urn:flyte-connect:grant-type:forgotten"))
			.build();
	}

	/**
	 * Return whether somebody else may have logged in: another process, or this
	 * application before it was started anew.
	 * @return whether there is a shared store
	 */
	public boolean isShared() {
		return this.shared != null;
	}

	/**
	 * Return whether the shared store has a login, without asking any server.
	 * @return whether there is one
	 */
	public synchronized boolean hasSharedLogin() {
		AtomicReference<@Nullable StoredLogin> found = new AtomicReference<>();
		SharedStore store = this.shared;
		return store != null && this.health.attempt("read", () -> found.set(store.load())) && found.get() != null;
	}

	/**
	 * Do something while no other process renews the login. Another thread of this
	 * process is not kept from it, and never waits: what it writes in the meantime
	 * reaches the shared store when the first one is done.
	 * @param action what to do
	 * @param <T> the type of its result
	 * @return its result
	 */
	public <T> T exclusively(Supplier<T> action) {
		SharedStore store = this.shared;
		if (store == null || !beginHold()) {
			return action.get();
		}
		// Waiting for other processes, so not in the monitor.
		Hold hold = this.health.attemptHold(store);
		try {
			return action.get();
		}
		finally {
			endHold(store, this.health.attemptRelease(hold));
		}
	}

	private synchronized boolean beginHold() {
		if (this.holder != null) {
			return false;
		}
		this.holder = Thread.currentThread();
		this.savedInHold = null;
		this.removedInHold = false;
		return true;
	}

	private synchronized void endHold(SharedStore store, boolean released) {
		this.holder = null;
		if (this.removedInHold) {
			this.unsaved = null;
			this.health.attempt("cleared", store::remove);
		}
		else if (!released && this.unsaved == null) {
			// What was written within a hold may be there only when the hold ends well.
			this.unsaved = this.savedInHold;
		}
		else if (this.unsaved != null) {
			write(store, this.unsaved);
		}
	}

	/** Whether a write would wait for the other thread, whose own waits for this one. */
	private boolean isHeldByAnotherThread() {
		return this.holder != null && this.holder != Thread.currentThread();
	}

	@Override
	@SuppressWarnings("unchecked")
	public synchronized <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(String clientRegistrationId,
			String principalName) {
		AtomicReference<@Nullable StoredLogin> found = new AtomicReference<>();
		SharedStore store = this.shared;
		if (store == null || !this.health.attempt("read", () -> found.set(store.load()))
				|| isOutdated(store, found.get())) {
			return this.memory.loadAuthorizedClient(clientRegistrationId, principalName);
		}
		StoredLogin login = found.get();
		ClientRegistration registration = (login != null)
				? this.registrations.findByRegistrationId(clientRegistrationId) : null;
		return (login != null && registration != null && login.isMadeWithSecretOf(registration))
				? (T) login.toClient(registration, principalName) : null;
	}

	private boolean isOutdated(SharedStore store, @Nullable StoredLogin login) {
		StoredLogin mine = this.unsaved;
		if (mine == null) {
			return false;
		}
		if (login != null && login.isNewerThan(mine)) {
			this.unsaved = null;
			return false;
		}
		write(store, mine);
		return true;
	}

	private void write(SharedStore store, StoredLogin login) {
		boolean written = !isHeldByAnotherThread() && this.health.attempt("written", () -> store.save(login));
		this.unsaved = written ? null : login;
	}

	@Override
	public synchronized void saveAuthorizedClient(OAuth2AuthorizedClient authorizedClient, Authentication principal) {
		this.memory.saveAuthorizedClient(authorizedClient, principal);
		if (this.shared != null) {
			StoredLogin login = StoredLogin.of(authorizedClient);
			write(this.shared, login);
			this.savedInHold = login;
		}
	}

	@Override
	public synchronized void removeAuthorizedClient(String clientRegistrationId, String principalName) {
		this.forgetting = true;
		this.memory.removeAuthorizedClient(clientRegistrationId, principalName);
		this.forgetting = false;
		this.unsaved = null;
		this.savedInHold = null;
		if (isHeldByAnotherThread()) {
			this.removedInHold = true;
		}
		else if (this.shared != null) {
			this.health.attempt("cleared", this.shared::remove);
		}
	}

}
