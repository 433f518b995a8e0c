package io.flyteconnect.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.config.PlatformConfigCheck;
import io.flyteconnect.internal.config.PlatformConfigLoader;
import io.flyteconnect.internal.config.origin.ChangedOrigins;
import io.flyteconnect.internal.config.origin.PropertyLookup;
import io.flyteconnect.internal.configfile.ProcessEnvironment;
import io.flyteconnect.internal.text.SettingNames;

/**
 * The settings of one Flyte connection, checked and immutable.
 *
 * @param name the name of the connection, {@code default} for the one that is injected
 * @param endpoint where Flyte Admin listens
 * @param tls the trusted certificates, and whether to encrypt
 * @param httpProxy the forward proxy
 * @param consoleEndpoint where Flyte Console is, or {@code null}
 * @param credentials how to log in
 * @param channel how the gRPC channel behaves
 * @param secrets where Flyte puts secrets
 * @param api whose API the server has
 * @param runs what requests of Flyte 2 are about
 * @param configSource the Flyte file that values were taken from, or {@code null}
 * @param origins where each value comes from
 * @since 0.1.0
 */
public record PlatformConfig(String name, Endpoint endpoint, TlsSettings tls, HttpProxySettings httpProxy,
		@Nullable URI consoleEndpoint, CredentialSettings credentials, ChannelSettings channel, SecretSettings secrets,
		ApiSettings api, RunSettings runs, @Nullable String configSource, SettingOrigins origins) {

	/** The name of the connection that is injected where none is named. */
	public static final String DEFAULT_NAME = "default";

	/**
	 * Create settings.
	 * @throws InvalidFlyteConfigurationException if they allow plaintext although TLS is
	 * required
	 */
	public PlatformConfig {
		new PlatformConfigCheck(origins, true).checkPlaintext(tls, credentials);
	}

	/**
	 * Create settings by code, without any file or variable.
	 * @return a builder with the defaults
	 */
	public static PlatformConfigBuilder builder() {
		return new PlatformConfigBuilder();
	}

	/**
	 * Create the settings of an endpoint that is called over TLS.
	 * @param endpoint the endpoint, for example {@code flyte.example.com:443}
	 * @return the settings, all others being the defaults
	 * @throws InvalidFlyteConfigurationException if the endpoint is invalid
	 */
	public static PlatformConfig forEndpoint(String endpoint) {
		return forEndpoint(endpoint, false);
	}

	/**
	 * Create the settings of an endpoint.
	 * @param endpoint the endpoint, for example {@code localhost:30080}
	 * @param insecure whether it is called in plaintext
	 * @return the settings, all others being the defaults
	 * @throws InvalidFlyteConfigurationException if the endpoint is invalid
	 */
	public static PlatformConfig forEndpoint(String endpoint, boolean insecure) {
		return builder().endpoint(endpoint).insecure(insecure).build();
	}

	/**
	 * Read the settings from the environment variables and the Flyte file, as flytekit
	 * does ({@code PlatformConfig.auto}), without an application around.
	 * @return the settings
	 * @throws InvalidFlyteConfigurationException if a setting is invalid
	 */
	public static PlatformConfig auto() {
		return new PlatformConfigLoader(ProcessEnvironment.current()).load(null);
	}

	/**
	 * Read the settings from the environment variables and a Flyte file.
	 * @param configFile the file, YAML where its name ends in {@code .yaml} or
	 * {@code .yml}, INI otherwise
	 * @return the settings
	 * @throws InvalidFlyteConfigurationException if a setting is invalid, or the file is
	 * missing or unreadable
	 */
	public static PlatformConfig auto(Path configFile) {
		return new PlatformConfigLoader(ProcessEnvironment.current()).load(configFile.toString());
	}

	/**
	 * Return the same settings with another endpoint, for example for
	 * {@code FlyteConnection.reload}.
	 * @param endpoint the endpoint, for example {@code flyte.example.com:443}
	 * @return the settings; credentials, trust and all else stay, and the token is asked
	 * for anew
	 * @throws InvalidFlyteConfigurationException if the endpoint is invalid
	 */
	public PlatformConfig withEndpoint(String endpoint) {
		return checked(new PlatformConfig(this.name, otherEndpoint(endpoint), this.tls, this.httpProxy,
				this.consoleEndpoint, this.credentials, this.channel, this.secrets, this.api, this.runs,
				this.configSource, changed("platform.url")));
	}

	private Endpoint otherEndpoint(String endpoint) {
		try {
			return builder().name(this.name).endpoint(endpoint).insecure(this.tls.insecure()).build().endpoint();
		}
		catch (InvalidFlyteConfigurationException ex) {
			SettingNames names = SettingNames.of(this.origins::property);
			throw new InvalidFlyteConfigurationException(names.in(ex.getProperty()), ex.getOrigin(),
					names.in(ex.getReason()), names.in(ex.getAction()), ex.getCause());
		}
	}

	/**
	 * Return the same settings with another trust. TLS that is required stays required.
	 * @param tls the trusted certificates, and whether to encrypt
	 * @return the settings; endpoint, login and all else stay
	 * @throws InvalidFlyteConfigurationException if they contradict the others
	 */
	public PlatformConfig withTls(TlsSettings tls) {
		TlsSettings kept = new TlsSettings(tls.insecure(), tls.insecureSkipVerify(), tls.caCertFilePath(),
				tls.sslBundle(), tls.caCertFileRefresh(), this.tls.requireTls() || tls.requireTls());
		return checked(new PlatformConfig(this.name, this.endpoint, kept, this.httpProxy, this.consoleEndpoint,
				this.credentials, this.channel, this.secrets, this.api, this.runs, this.configSource,
				changed("platform.insecure", "platform.ca-cert", "platform.ssl-bundle", "platform.require-tls")));
	}

	/**
	 * Return the same settings with another login.
	 * @param credentials how to log in, for example those of other settings
	 * @return the settings; endpoint, trust and all else stay
	 * @throws InvalidFlyteConfigurationException if something is missing, or contradicts
	 * the others
	 */
	public PlatformConfig withCredentials(CredentialSettings credentials) {
		return checked(new PlatformConfig(this.name, this.endpoint, this.tls, this.httpProxy, this.consoleEndpoint,
				credentials, this.channel, this.secrets, this.api, this.runs, this.configSource,
				changed("credentials.")));
	}

	/**
	 * Return the same settings with another channel.
	 * @param channel how the gRPC channel behaves
	 * @return the settings; endpoint, login and all else stay
	 */
	public PlatformConfig withChannel(ChannelSettings channel) {
		return new PlatformConfig(this.name, this.endpoint, this.tls, this.httpProxy, this.consoleEndpoint,
				this.credentials, channel, this.secrets, this.api, this.runs, this.configSource, changed("channel."));
	}

	private static PlatformConfig checked(PlatformConfig config) {
		// Whoever makes the connection knows whether the application supplies tokens.
		new PlatformConfigCheck(config.origins, true).check(config);
		return config;
	}

	private SettingOrigins changed(String... properties) {
		return new ChangedOrigins(this.origins, List.of(properties));
	}

	/**
	 * Knows where the settings of a connection are set. Messages about a setting use this
	 * to name its property and the line, the variable or the other place where it is set.
	 * <p>
	 * All instances are equal, so that two configurations with the same values are equal
	 * wherever these are set.
	 */
	public interface SettingOrigins {

		/** The origins of settings that were made by code. */
		SettingOrigins NONE = PropertyLookup.none();

		/**
		 * Return the full name of a property.
		 * @param name the name below the connection's prefix, for example
		 * {@code credentials.scopes}
		 * @return for example {@code flyte.credentials.scopes}
		 */
		String property(String name);

		/**
		 * Return where a property is set.
		 * @param name the name below the connection's prefix
		 * @return file, line and column, or the variable, or {@code null} if it is not
		 * set, or was set by code
		 */
		@Nullable String origin(String name);

		/**
		 * Return whether a property is set in a place that is known.
		 * @param name the name below the connection's prefix
		 * @return whether it is
		 */
		default boolean isSet(String name) {
			return origin(name) != null;
		}

		/**
		 * Return whether a property was given by code, which has no line to name.
		 * @param name the name below the connection's prefix
		 * @return whether it was
		 */
		default boolean isGivenByCode(String name) {
			return false;
		}

		/**
		 * Name a property and where it is set.
		 * @param name the name below the connection's prefix
		 * @return for example
		 * {@code flyte.credentials.scopes (/etc/flyte/config.yaml:7:11)}
		 */
		default String describe(String name) {
			String origin = origin(name);
			return property(name) + ((origin != null) ? " (" + origin + ")" : "");
		}

	}

}
