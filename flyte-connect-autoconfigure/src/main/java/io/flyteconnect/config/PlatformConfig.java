package io.flyteconnect.config;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * The settings of one Flyte connection, checked and immutable.
 *
 * @param name the name of the connection, {@code default} for the one that is injected
 * @param endpoint where Flyte Admin listens
 * @param tls whom to trust
 * @param httpProxy the forward proxy
 * @param consoleEndpoint where Flyte Console is, or {@code null}
 * @param credentials how to log in
 * @param channel how the gRPC channel behaves
 * @param secrets where Flyte puts secrets
 * @param configSource the Flyte file that values were taken from, or {@code null}
 * @author Flyte Connect
 * @since 0.1.0
 */
public record PlatformConfig(String name, Endpoint endpoint, TlsSettings tls, HttpProxySettings httpProxy,
		@Nullable URI consoleEndpoint, CredentialSettings credentials, ChannelSettings channel, SecretSettings secrets,
		@Nullable String configSource) {

}
