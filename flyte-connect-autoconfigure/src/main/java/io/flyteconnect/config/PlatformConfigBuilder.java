package io.flyteconnect.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

import io.flyteconnect.internal.config.PlatformConfigFactory;
import io.flyteconnect.internal.config.PropertyLookup;
import io.flyteconnect.internal.configfile.ProcessEnvironment;

/**
 * Builds a {@link PlatformConfig} by code. What is not set has the default of its
 * property.
 *
 * @since 0.1.0
 */
public final class PlatformConfigBuilder {

	private final ConnectionProperties properties = new ConnectionProperties();

	private String name = PlatformConfig.DEFAULT_NAME;

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
		this.properties.getPlatform().setUrl(endpoint);
		return this;
	}

	/**
	 * Set whether the endpoint is called in plaintext.
	 * @param insecure {@code true} for plaintext, {@code false} (the default) for TLS
	 * @return this builder
	 */
	public PlatformConfigBuilder insecure(boolean insecure) {
		this.properties.getPlatform().setInsecure(insecure);
		return this;
	}

	/**
	 * Set whether any certificate is accepted for any host name.
	 * @param insecureSkipVerify {@code true} to check nothing
	 * @return this builder
	 */
	public PlatformConfigBuilder insecureSkipVerify(boolean insecureSkipVerify) {
		this.properties.getPlatform().setInsecureSkipVerify(insecureSkipVerify);
		return this;
	}

	/**
	 * Set the certificates to trust in place of the JVM's.
	 * @param caCertFile a PEM file
	 * @return this builder
	 */
	public PlatformConfigBuilder caCertFile(Path caCertFile) {
		this.properties.getPlatform().setCaCertFilePath(caCertFile.toString());
		return this;
	}

	/**
	 * Set the SSL bundle to take trusted certificates and client certificate from.
	 * @param sslBundle the name of the bundle
	 * @return this builder
	 */
	public PlatformConfigBuilder sslBundle(String sslBundle) {
		this.properties.getPlatform().setSslBundle(sslBundle);
		return this;
	}

	/**
	 * Set the forward proxy.
	 * @param httpProxyUrl a URL such as {@code http://user:password@proxy:3128}
	 * @return this builder
	 */
	public PlatformConfigBuilder httpProxyUrl(String httpProxyUrl) {
		this.properties.getPlatform().setHttpProxyUrl(httpProxyUrl);
		return this;
	}

	/**
	 * Set where Flyte Console is.
	 * @param consoleEndpoint its address
	 * @return this builder
	 */
	public PlatformConfigBuilder consoleEndpoint(URI consoleEndpoint) {
		this.properties.getPlatform().setConsoleEndpoint(consoleEndpoint.toString());
		return this;
	}

	/**
	 * Set how to log in.
	 * @param authMode the mode
	 * @return this builder
	 */
	public PlatformConfigBuilder authMode(AuthMode authMode) {
		this.properties.getCredentials().setAuthMode(authMode);
		return this;
	}

	/**
	 * Log in with client credentials.
	 * @param clientId the client id
	 * @param clientSecret the client secret
	 * @return this builder
	 */
	public PlatformConfigBuilder clientCredentials(String clientId, String clientSecret) {
		this.properties.getCredentials().setClientId(clientId);
		this.properties.getCredentials().setClientSecret(clientSecret);
		return authMode(AuthMode.CLIENT_CREDENTIALS);
	}

	/**
	 * Log in with client credentials whose secret is in a file, read at each login.
	 * @param clientId the client id
	 * @param clientSecretFile the file
	 * @return this builder
	 */
	public PlatformConfigBuilder clientCredentials(String clientId, Path clientSecretFile) {
		this.properties.getCredentials().setClientId(clientId);
		this.properties.getCredentials().setClientSecretLocation(clientSecretFile.toString());
		return authMode(AuthMode.CLIENT_CREDENTIALS);
	}

	/**
	 * Set the scopes to ask for.
	 * @param scopes the scopes
	 * @return this builder
	 */
	public PlatformConfigBuilder scopes(String... scopes) {
		this.properties.getCredentials().setScopes(Arrays.asList(scopes));
		return this;
	}

	/**
	 * Set the audience to ask for.
	 * @param audience the audience
	 * @return this builder
	 */
	public PlatformConfigBuilder audience(String audience) {
		this.properties.getCredentials().setAudience(audience);
		return this;
	}

	/**
	 * Set anything else.
	 * @param customizer what sets it
	 * @return this builder
	 */
	public PlatformConfigBuilder properties(Consumer<ConnectionProperties> customizer) {
		customizer.accept(this.properties);
		return this;
	}

	/**
	 * Build the settings.
	 * @return the checked settings
	 * @throws InvalidFlyteConfigurationException if a setting cannot mean anything, or
	 * one that the mode of login needs is missing
	 */
	public PlatformConfig build() {
		return new PlatformConfigFactory(ProcessEnvironment.current()).create(this.name, this.properties,
				PropertyLookup.none());
	}

}
