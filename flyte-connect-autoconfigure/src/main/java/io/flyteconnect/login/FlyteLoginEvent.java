package io.flyteconnect.login;

import java.time.Instant;

import io.flyteconnect.config.AuthMode;

/**
 * What an application is told of the logins of its connections. Published to the
 * listeners of the application context, in order, by a thread of the connection that does
 * nothing else: a listener that is slow or throws delays later events of that connection,
 * and no call or login. No event holds a token or secret.
 *
 * @since 0.1.0
 */
public sealed interface FlyteLoginEvent permits FlyteLoginNeededEvent, FlyteLoginSucceededEvent, FlyteLoginFailedEvent,
		FlyteTokenRenewedEvent, FlyteTokenRejectedEvent {

	/**
	 * Return the connection.
	 * @return its name
	 */
	String connection();

	/**
	 * Return how the connection logs in.
	 * @return the mode
	 */
	AuthMode mode();

	/**
	 * Return when it happened.
	 * @return the time
	 */
	Instant time();

}
