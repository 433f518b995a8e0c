package io.flyteconnect.login;

import java.time.Instant;

import io.flyteconnect.config.AuthMode;

/**
 * Published when Flyte, or a proxy in front of it, has refused a token before its end.
 * Once for each token; the calls that it was refused for are repeated with another one.
 *
 * @param connection the name of the connection
 * @param mode how the connection logs in
 * @param proxy whether it is about the token for a proxy in front of Flyte
 * ({@code flyte.credentials.proxy-command})
 * @param time when it happened
 * @since 0.1.0
 */
public record FlyteTokenRejectedEvent(String connection, AuthMode mode, boolean proxy,
		Instant time) implements FlyteLoginEvent {

}
