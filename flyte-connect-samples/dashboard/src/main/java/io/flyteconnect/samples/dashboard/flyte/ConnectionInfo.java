package io.flyteconnect.samples.dashboard.flyte;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * What the dashboard is connected to.
 *
 * @param endpoint where Flyte Admin is
 * @param transport TLS, and whom it trusts, or plaintext
 * @param login how the dashboard logs in
 * @param configSource the Flyte file that took part, or {@code null} if none did
 * @param console where Flyte Console is, or {@code null} if it is not known
 * @param version the version of Flyte Admin, or {@code null} if it does not say
 * @param user who Flyte takes the dashboard for, or {@code null} if it does not say
 * @since 0.1.0
 */
public record ConnectionInfo(String endpoint, String transport, String login, @Nullable String configSource,
		@Nullable URI console, @Nullable String version, @Nullable String user) {

}
