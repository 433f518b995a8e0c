package io.flyteconnect.config;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

import io.flyteconnect.internal.config.PlatformConfigFactory;
import io.flyteconnect.internal.config.text.Masked;

/**
 * The settings of one Flyte connection as they are written, in a form that can be bound
 * at any prefix. {@link PlatformConfigFactory} turns them into a checked
 * {@link PlatformConfig}.
 *
 * @since 0.1.0
 */
public class ConnectionProperties {

	/**
	 * API key as Flyte 2 issues it: endpoint, client id and client secret in one Base64
	 * text. A property that says something else than the key stops the startup.
	 */
	private @Nullable String apiKey;

	/**
	 * Flyte's own configuration file, YAML where the name ends in ".yaml" or ".yml", INI
	 * otherwise; "none" to read no file. Discovered as flytekit does where not set.
	 */
	private @Nullable String configFile;

	@NestedConfigurationProperty
	private PlatformProperties platform = new PlatformProperties();

	@NestedConfigurationProperty
	private CredentialsProperties credentials = new CredentialsProperties();

	@NestedConfigurationProperty
	private SecretsProperties secrets = new SecretsProperties();

	@NestedConfigurationProperty
	private ChannelProperties channel = new ChannelProperties();

	public @Nullable String getApiKey() {
		return this.apiKey;
	}

	public void setApiKey(@Nullable String apiKey) {
		this.apiKey = apiKey;
	}

	public @Nullable String getConfigFile() {
		return this.configFile;
	}

	public void setConfigFile(@Nullable String configFile) {
		this.configFile = configFile;
	}

	public PlatformProperties getPlatform() {
		return this.platform;
	}

	public void setPlatform(PlatformProperties platform) {
		this.platform = platform;
	}

	public CredentialsProperties getCredentials() {
		return this.credentials;
	}

	public void setCredentials(CredentialsProperties credentials) {
		this.credentials = credentials;
	}

	public SecretsProperties getSecrets() {
		return this.secrets;
	}

	public void setSecrets(SecretsProperties secrets) {
		this.secrets = secrets;
	}

	public ChannelProperties getChannel() {
		return this.channel;
	}

	public void setChannel(ChannelProperties channel) {
		this.channel = channel;
	}

	@Override
	public String toString() {
		return getClass().getSimpleName() + "[apiKey=" + Masked.text(this.apiKey) + ", configFile=" + this.configFile
				+ ", platform=" + this.platform + ", credentials=" + this.credentials + ", secrets=" + this.secrets
				+ ", channel=" + this.channel + "]";
	}

}
