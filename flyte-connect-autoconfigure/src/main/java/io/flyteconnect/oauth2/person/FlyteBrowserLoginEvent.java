package io.flyteconnect.oauth2.person;

import java.net.URI;
import java.time.Instant;

/**
 * Published when a person is asked to log in with a browser on this machine.
 *
 * @param connection the name of the connection
 * @param link where to log in; good for one login
 * @param expiresAt when the link ends
 * @author Flyte Connect
 * @since 0.1.0
 */
public record FlyteBrowserLoginEvent(String connection, URI link, Instant expiresAt) {

}
