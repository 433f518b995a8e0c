package io.flyteconnect.login;

import java.time.Instant;

import io.flyteconnect.config.AuthMode;

/**
 * Published when a token is wanted that only a person can get, also where nobody can be
 * reached. {@link FlyteBrowserLoginEvent} or {@link FlyteDeviceLoginEvent} follows, which
 * says where to log in, or {@link FlyteLoginFailedEvent}.
 *
 * @param connection the name of the connection
 * @param mode how the connection logs in
 * @param time when it happened
 * @since 0.1.0
 */
public record FlyteLoginNeededEvent(String connection, AuthMode mode, Instant time) implements FlyteLoginEvent {

}
