package io.flyteconnect;

import java.time.Clock;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.internal.listener.ApplicationEvents;
import io.flyteconnect.login.FlyteLoginEvent;
import io.flyteconnect.login.FlyteLoginFailedEvent;
import io.flyteconnect.login.FlyteLoginNeededEvent;
import io.flyteconnect.login.FlyteLoginSucceededEvent;
import io.flyteconnect.login.FlyteTokenRejectedEvent;
import io.flyteconnect.login.FlyteTokenRenewedEvent;
import io.flyteconnect.login.LoginException;

/**
 * Tells the application what becomes of a connection's login, as {@link FlyteLoginEvent}.
 *
 * @param events takes the events
 * @param clock tells the time
 */
record LoginEvents(ApplicationEvents events, Clock clock) implements FlyteConnectionListener {

	@Override
	public void personNeeded(FlyteConnection connection) {
		this.events.accept(new FlyteLoginNeededEvent(connection.name(), mode(connection), this.clock.instant()));
	}

	@Override
	public TokenRequest tokenRequested(FlyteConnection connection, boolean proxy, boolean renewal,
			@Nullable Object context) {
		return new TokenRequest() {

			@Override
			public void succeeded(@Nullable Instant expiresAt) {
				Instant now = LoginEvents.this.clock.instant();
				LoginEvents.this.events.accept(renewal
						? new FlyteTokenRenewedEvent(connection.name(), mode(connection), proxy, now, expiresAt)
						: new FlyteLoginSucceededEvent(connection.name(), mode(connection), proxy, now, expiresAt));
			}

			@Override
			public void failed(LoginException failure) {
				LoginEvents.this.events.accept(new FlyteLoginFailedEvent(connection.name(), mode(connection), proxy,
						LoginEvents.this.clock.instant(), renewal, failure));
			}

		};
	}

	@Override
	public void tokenRejected(FlyteConnection connection, boolean proxy) {
		this.events
			.accept(new FlyteTokenRejectedEvent(connection.name(), mode(connection), proxy, this.clock.instant()));
	}

	@Override
	public void closed(FlyteConnection connection) {
		this.events.close();
	}

	private static AuthMode mode(FlyteConnection connection) {
		return connection.config().credentials().authMode();
	}

}
