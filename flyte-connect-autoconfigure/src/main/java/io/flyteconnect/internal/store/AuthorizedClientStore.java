package io.flyteconnect.internal.store;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;

import io.flyteconnect.internal.store.SharedStore.Hold;

/**
 * The authorized client of a connection, in memory and, where one is configured, in a
 * shared store. If the shared store fails, the login continues in memory. The client is
 * written when the store works again, unless another process has logged in since.
 *
 * @since 0.1.0
 */
public final class AuthorizedClientStore {

	private final @Nullable SharedStore shared;

	private final StoreHealth health;

	private final SecretMark mark = new SecretMark();

	private @Nullable StoredLogin memory;

	private @Nullable StoredLogin unsaved;

	private @Nullable Thread holder;

	private @Nullable StoredLogin savedInHold;

	private boolean removedInHold;

	/**
	 * Create a store.
	 * @param connection the name of the connection, for messages
	 * @param shared the place that other processes see, or {@code null}
	 * @param clock tells the time
	 */
	public AuthorizedClientStore(String connection, @Nullable SharedStore shared, Clock clock) {
		this.shared = shared;
		this.health = new StoreHealth(
				"The store of the login of Flyte connection '" + connection + "' (" + shared + ")", clock);
	}

	/**
	 * Return whether another process, or an earlier run of this application, may have
	 * logged in.
	 * @return whether there is a shared store
	 */
	public boolean isShared() {
		return this.shared != null;
	}

	/**
	 * Return whether the shared store has a login. Calls no authorization server.
	 * @return whether there is one
	 */
	public synchronized boolean hasSharedLogin() {
		AtomicReference<@Nullable StoredLogin> found = new AtomicReference<>();
		SharedStore store = this.shared;
		return store != null && this.health.attempt("read", () -> found.set(store.load())) && found.get() != null;
	}

	/**
	 * Run an action while no other process renews the login. Other threads of this
	 * process are not excluded and never wait: what they write in the meantime is written
	 * to the shared store at the end of the action.
	 * @param action what to do
	 * @param <T> the type of its result
	 * @return its result
	 */
	public <T> T exclusively(Supplier<T> action) {
		SharedStore store = this.shared;
		if (store == null || !beginHold()) {
			return action.get();
		}
		// Outside the monitor, since this may wait for other processes.
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
			// A write within the hold may only become visible when the hold is closed
			// without an error.
			this.unsaved = this.savedInHold;
		}
		else if (this.unsaved != null) {
			write(store, this.unsaved);
		}
	}

	/**
	 * Returns whether a write would wait for the other thread, whose own write waits for
	 * this one.
	 */
	private boolean isHeldByAnotherThread() {
		return this.holder != null && this.holder != Thread.currentThread();
	}

	/**
	 * Return the stored client. A client from the shared store was created with the same
	 * client secret.
	 * @param registration the registration that the client gets
	 * @return the client, or {@code null} if there is none
	 */
	public synchronized @Nullable OAuth2AuthorizedClient load(ClientRegistration registration) {
		AtomicReference<@Nullable StoredLogin> found = new AtomicReference<>();
		SharedStore store = this.shared;
		StoredLogin login;
		if (store == null || !this.health.attempt("read", () -> found.set(store.load()))
				|| isOutdated(store, found.get())) {
			login = this.memory;
		}
		else {
			login = found.get();
			login = (login != null && this.mark.isOn(login, registration)) ? login : null;
		}
		return (login != null) ? login.toClient(registration) : null;
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

	/**
	 * Store a client in place of the present one.
	 * @param client the client
	 */
	public synchronized void save(OAuth2AuthorizedClient client) {
		save(login(client));
	}

	/**
	 * Store a client whose access token was rejected: only its refresh token may still be
	 * used.
	 * @param client the client
	 */
	public synchronized void saveEnded(OAuth2AuthorizedClient client) {
		save(login(client).ended());
	}

	private StoredLogin login(OAuth2AuthorizedClient client) {
		return StoredLogin.of(client, isShared() ? this.mark.of(client.getClientRegistration()) : null);
	}

	private void save(StoredLogin login) {
		this.memory = login;
		if (this.shared != null) {
			write(this.shared, login);
			this.savedInHold = login;
		}
	}

	/**
	 * Remove the client.
	 */
	public synchronized void remove() {
		this.memory = null;
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
