package io.flyteconnect.internal.config;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.flyteconnect.config.ChannelSettings;
import io.flyteconnect.config.RunSettings;
import io.flyteconnect.config.SecretSettings;
import io.flyteconnect.internal.config.credentials.CredentialsProperties;
import io.flyteconnect.internal.config.text.Masked;

/**
 * The settings of one Flyte connection as they are written. {@link PlatformConfigFactory}
 * turns them into a checked {@link io.flyteconnect.config.PlatformConfig}.
 *
 * @param apiKey API key as Flyte 2 issues it: endpoint, client id and client secret in
 * one Base64 text. A property that says something else than the key stops the startup.
 * @param configFile Flyte's own configuration file, YAML where the name ends in ".yaml"
 * or ".yml", INI otherwise; "none" to read no file. Discovered as flytekit does where not
 * set.
 * @param platform Where Flyte is and how it is reached.
 * @param credentials How the connection logs in.
 * @param secrets Where Flyte puts the secrets of a task.
 * @param channel How the gRPC channel behaves.
 * @param runs What requests of Flyte 2 are about where they do not say it.
 */
@ConfigurationProperties("flyte")
public record ConnectionProperties(@Nullable String apiKey, @Nullable String configFile,
		@NestedConfigurationProperty @DefaultValue PlatformProperties platform,
		@NestedConfigurationProperty @DefaultValue CredentialsProperties credentials,
		@NestedConfigurationProperty @DefaultValue SecretSettings secrets,
		@NestedConfigurationProperty @DefaultValue ChannelSettings channel,
		@NestedConfigurationProperty @DefaultValue RunSettings runs) {

	@Override
	public String toString() {
		return "ConnectionProperties[apiKey=" + Masked.text(this.apiKey) + ", configFile=" + this.configFile
				+ ", platform=" + this.platform + ", credentials=" + this.credentials + ", secrets=" + this.secrets
				+ ", channel=" + this.channel + ", runs=" + this.runs + "]";
	}

}
