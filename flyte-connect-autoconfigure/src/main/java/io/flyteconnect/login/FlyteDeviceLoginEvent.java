package io.flyteconnect.login;

import java.net.URI;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Published when a person is asked to log in on any device (RFC 8628 section 3.3).
 *
 * @param connection the name of the connection
 * @param userCode the code to type in
 * @param verificationUri where to type it in
 * @param verificationUriComplete the same with the code in it, or {@code null} if the
 * server gives none
 * @param expiresAt when the code ends
 * @since 0.1.0
 */
public record FlyteDeviceLoginEvent(String connection, String userCode, URI verificationUri,
		@Nullable URI verificationUriComplete, Instant expiresAt) {

}
