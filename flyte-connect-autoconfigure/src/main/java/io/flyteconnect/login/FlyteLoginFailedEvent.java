package io.flyteconnect.login;

import java.time.Instant;

import io.flyteconnect.config.AuthMode;

/**
 * Published when a connection has asked for a token and got none. Calls that need one
 * fail, unless it was a renewal: then the token before is used to its end.
 *
 * @param connection the name of the connection
 * @param mode how the connection logs in
 * @param proxy whether it is about the token for a proxy in front of Flyte
 * ({@code flyte.credentials.proxy-command})
 * @param time when it happened
 * @param renewal whether the token before is still good
 * @param failure which step failed and why, without any secret
 * @since 0.1.0
 */
public record FlyteLoginFailedEvent(String connection, AuthMode mode, boolean proxy, Instant time, boolean renewal,
		LoginException failure) implements FlyteLoginEvent {

}
