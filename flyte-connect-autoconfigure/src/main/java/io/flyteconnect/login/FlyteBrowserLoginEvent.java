package io.flyteconnect.login;

import java.net.URI;
import java.time.Instant;

/**
 * Published when a person is asked to log in with a browser on this machine.
 *
 * @param connection the name of the connection
 * @param link where to log in; good for one login
 * @param expiresAt when the link ends
 * @since 0.1.0
 */
public record FlyteBrowserLoginEvent(String connection, URI link, Instant expiresAt) {

}
