package io.flyteconnect.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.config.PlatformConfigFactory;
import io.flyteconnect.internal.configfile.ProcessEnvironment;

/**
 * Builds a {@link PlatformConfig} by code. What is not set has the default of its
 * property.
 *
 * @since 0.1.0
 */
public final class PlatformConfigBuilder {

	private final Map<String, Object> properties = new LinkedHashMap<>();

	private String name = PlatformConfig.DEFAULT_NAME;

	private boolean suppliedTokens;

	PlatformConfigBuilder() {
	}

	/**
	 * Set the name of the connection.
	 * @param name the name, {@code default} where not set
	 * @return this builder
	 */
	public PlatformConfigBuilder name(String name) {
		this.name = name;
		return this;
	}

	/**
	 * Set where Flyte Admin listens.
	 * @param endpoint the endpoint, for example {@code flyte.example.com:443}
	 * @return this builder
	 */
	public PlatformConfigBuilder endpoint(String endpoint) {
		return property("flyte.platform.url", endpoint);
	}

	/**
	 * Set whether the endpoint is called in plaintext.
	 * @param insecure {@code true} for plaintext, {@code false} (the default) for TLS
	 * @return this builder
	 */
	public PlatformConfigBuilder insecure(boolean insecure) {
		return property("flyte.platform.insecure", insecure);
	}

	/**
	 * Set whether any certificate is accepted for any host name.
	 * @param insecureSkipVerify {@code true} to skip all checks
	 * @return this builder
	 */
	public PlatformConfigBuilder insecureSkipVerify(boolean insecureSkipVerify) {
		return property("flyte.platform.insecure-skip-verify", insecureSkipVerify);
	}

	/**
	 * Set the certificates to trust in place of the JVM's.
	 * @param caCertFile a PEM file
	 * @return this builder
	 */
	public PlatformConfigBuilder caCertFile(Path caCertFile) {
		return property("flyte.platform.ca-cert-file-path", caCertFile.toString());
	}

	/**
	 * Set the SSL bundle to take trusted certificates and client certificate from.
	 * @param sslBundle the name of the bundle
	 * @return this builder
	 */
	public PlatformConfigBuilder sslBundle(String sslBundle) {
		return property("flyte.platform.ssl-bundle", sslBundle);
	}

	/**
	 * Set the forward proxy.
	 * @param httpProxyUrl a URL such as {@code http://user:password@proxy:3128}
	 * @return this builder
	 */
	public PlatformConfigBuilder httpProxyUrl(String httpProxyUrl) {
		return property("flyte.platform.http-proxy-url", httpProxyUrl);
	}

	/**
	 * Set where Flyte Console is.
	 * @param consoleEndpoint its address
	 * @return this builder
	 */
	public PlatformConfigBuilder consoleEndpoint(URI consoleEndpoint) {
		return property("flyte.platform.console-endpoint", consoleEndpoint.toString());
	}

	/**
	 * Set how to log in.
	 * @param authMode the mode
	 * @return this builder
	 */
	public PlatformConfigBuilder authMode(AuthMode authMode) {
		return property("flyte.credentials.auth-mode", authMode);
	}

	/**
	 * Log in with client credentials.
	 * @param clientId the client id
	 * @param clientSecret the client secret
	 * @return this builder
	 */
	public PlatformConfigBuilder clientCredentials(String clientId, String clientSecret) {
		return property("flyte.credentials.client-id", clientId)
			.property("flyte.credentials.client-secret", clientSecret)
			.authMode(AuthMode.CLIENT_CREDENTIALS);
	}

	/**
	 * Log in with client credentials whose secret is in a file, read at each login.
	 * @param clientId the client id
	 * @param clientSecretFile the file
	 * @return this builder
	 */
	public PlatformConfigBuilder clientCredentials(String clientId, Path clientSecretFile) {
		return property("flyte.credentials.client-id", clientId)
			.property("flyte.credentials.client-secret-location", clientSecretFile.toString())
			.authMode(AuthMode.CLIENT_CREDENTIALS);
	}

	/**
	 * Let the application supply the tokens itself: the mode
	 * {@link AuthMode#EXTERNAL_COMMAND} with no command. The factory of the connection
	 * needs a {@code FlyteTokenSupplier}.
	 * @return this builder
	 */
	public PlatformConfigBuilder suppliedTokens() {
		this.suppliedTokens = true;
		return authMode(AuthMode.EXTERNAL_COMMAND);
	}

	/**
	 * Set the scopes to ask for.
	 * @param scopes the scopes
	 * @return this builder
	 */
	public PlatformConfigBuilder scopes(String... scopes) {
		return property("flyte.credentials.scopes", Arrays.asList(scopes));
	}

	/**
	 * Set the audience to ask for.
	 * @param audience the audience
	 * @return this builder
	 */
	public PlatformConfigBuilder audience(String audience) {
		return property("flyte.credentials.audience", audience);
	}

	/**
	 * Set any other property.
	 * @param name the name of the property, for example {@code flyte.channel.deadline}
	 * @param value the value, of the property's type or a text that can be converted, or
	 * {@code null} for the default
	 * @return this builder
	 */
	public PlatformConfigBuilder property(String name, @Nullable Object value) {
		if (value != null) {
			this.properties.put(name, value);
		}
		else {
			this.properties.remove(name);
		}
		return this;
	}

	/**
	 * Apply a customizer to this builder.
	 * @param customizer the customizer
	 * @return this builder
	 */
	public PlatformConfigBuilder apply(Consumer<PlatformConfigBuilder> customizer) {
		customizer.accept(this);
		return this;
	}

	/**
	 * Return what has been set, which may hold secrets.
	 * @return the values by the names of their properties
	 */
	public Map<String, Object> properties() {
		return Map.copyOf(this.properties);
	}

	/**
	 * Build the settings.
	 * @return the checked settings
	 * @throws InvalidFlyteConfigurationException if a setting is invalid, a setting that
	 * the auth mode needs is missing, or there is no property of a name
	 */
	public PlatformConfig build() {
		return new PlatformConfigFactory(ProcessEnvironment.current(), this.suppliedTokens).create(this.name,
				this.properties);
	}

}
