package io.flyteconnect.login;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.AuthMode;

/**
 * Published when a connection has got a token, and had none that was good.
 *
 * @param connection the name of the connection
 * @param mode how the connection logs in
 * @param proxy whether it is about the token for a proxy in front of Flyte
 * ({@code flyte.credentials.proxy-command})
 * @param time when it happened
 * @param expiresAt when the token ends, or {@code null} if it counts until it is refused
 * @since 0.1.0
 */
public record FlyteLoginSucceededEvent(String connection, AuthMode mode, boolean proxy, Instant time,
		@Nullable Instant expiresAt) implements FlyteLoginEvent {

}
