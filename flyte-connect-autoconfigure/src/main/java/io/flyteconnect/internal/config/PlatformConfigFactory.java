package io.flyteconnect.internal.config;

import java.nio.file.Path;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.util.StringUtils;

import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.config.Endpoint;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.SecretSettings;
import io.flyteconnect.internal.config.credentials.ApiKey;
import io.flyteconnect.internal.config.credentials.CredentialsResolver;
import io.flyteconnect.internal.config.origin.PlaceholderCheck;
import io.flyteconnect.internal.config.origin.PropertyLookup;
import io.flyteconnect.internal.config.text.PlaintextUrl;
import io.flyteconnect.internal.configfile.ProcessEnvironment;
import io.flyteconnect.internal.text.UnusableFieldException;

/**
 * Converts the settings of a connection, as they are bound, into a checked
 * {@link PlatformConfig}. Spring's configuration, {@link PlatformConfig#auto()} and
 * {@link PlatformConfig#builder()} all use it.
 *
 * @since 0.1.0
 */
public final class PlatformConfigFactory {

	private static final Log logger = LogFactory.getLog(PlatformConfigFactory.class);

	static final String PREFIX = "flyte";

	private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of(PREFIX);

	static final String DEFAULT_ENDPOINT = "localhost:30080";

	private final ProcessEnvironment process;

	private final boolean tokenSupplier;

	/**
	 * Create a factory.
	 * @param process where variables are read and relative paths start
	 */
	public PlatformConfigFactory(ProcessEnvironment process) {
		this(process, false);
	}

	/**
	 * Create a factory.
	 * @param process where variables are read and relative paths start
	 * @param tokenSupplier whether the application supplies tokens itself, so that no
	 * command has to be set
	 */
	public PlatformConfigFactory(ProcessEnvironment process, boolean tokenSupplier) {
		this.process = process;
		this.tokenSupplier = tokenSupplier;
	}

	/**
	 * Create the settings of a connection.
	 * @param name the name of the connection
	 * @param properties the settings as they are written
	 * @param lookup where they come from
	 * @return the checked settings
	 * @throws InvalidFlyteConfigurationException if a setting is invalid, or a setting
	 * that the auth mode needs is missing
	 */
	public PlatformConfig create(String name, ConnectionProperties properties, PropertyLookup lookup) {
		PlatformConfig config = resolve(name, properties, lookup);
		new PlatformConfigCheck(lookup, this.tokenSupplier).check(config);
		if (properties.platform().url() == null && !StringUtils.hasText(properties.apiKey())) {
			logDefaultEndpoint(name, config.configSource(), lookup);
		}
		logPlaintext(config, lookup);
		return config;
	}

	/**
	 * Create the settings of a connection by code.
	 * @param name the name of the connection
	 * @param properties values by the full names of their properties
	 * @return the checked settings
	 * @throws InvalidFlyteConfigurationException if a setting is invalid, a setting that
	 * the auth mode needs is missing, or there is no property of a name
	 */
	public PlatformConfig create(String name, Map<String, ?> properties) {
		ConfigurationPropertySource source = new MapConfigurationPropertySource(properties);
		PropertyLookup lookup = PropertyLookup.ofCode(source, PREFIX);
		properties.keySet()
			.stream()
			.filter((property) -> !ROOT.isAncestorOf(ConfigurationPropertyName.adapt(property, '.')))
			.findFirst()
			.ifPresent((property) -> {
				throw ConnectionPropertyNames.unknown(property, PREFIX + "." + property, PREFIX);
			});
		return create(name, bind(new Binder(source), new NoUnboundElementsBindHandler(BindHandler.DEFAULT), lookup),
				lookup);
	}

	static ConnectionProperties bind(Binder binder, BindHandler handler, PropertyLookup lookup) {
		try {
			return binder.bindOrCreate(PREFIX, Bindable.of(ConnectionProperties.class), handler);
		}
		catch (BindException ex) {
			throw UnusableValue.explain(ex, lookup::originOf);
		}
	}

	// A user with a Flyte file has a cluster, which is seldom at the default endpoint.
	private static void logDefaultEndpoint(String name, @Nullable String file, PropertyLookup lookup) {
		String message = "Flyte connection '" + name + "' goes to " + DEFAULT_ENDPOINT + ", the default, as neither "
				+ lookup.property("platform.url") + " nor " + lookup.property("api-key") + " is set and ";
		if (file != null) {
			logger.warn(message + "the Flyte file " + file + " names no endpoint");
		}
		else {
			logger.info(message + "no Flyte file is read");
		}
	}

	// A name resolver's target may be a socket of this machine, which no network sees.
	private static void logPlaintext(PlatformConfig config, PropertyLookup lookup) {
		String host = config.endpoint().host();
		if (config.tls().insecure() && host != null && !PlaintextUrl.isSafe("http://" + host)) {
			logger.warn("Flyte connection '" + config.name() + "' calls " + config.endpoint() + " in plaintext, as "
					+ lookup.property("platform.insecure") + " says: anyone in between can read and change what is"
					+ " sent, tokens included. To refuse plaintext everywhere, set "
					+ lookup.property("platform.require-tls") + "=true");
		}
	}

	/**
	 * Create settings that may be incomplete, as flytekit does.
	 * @param name the name of the connection
	 * @param properties the settings as they are written
	 * @param lookup where they come from
	 * @return the settings
	 */
	public PlatformConfig resolve(String name, ConnectionProperties properties, PropertyLookup lookup) {
		new PlaceholderCheck(lookup).check(lookup.prefix(), ConnectionProperties.class);
		new WordCheck(lookup).check();
		ApiKey apiKey = apiKey(properties.apiKey(), lookup);
		PlatformProperties platform = properties.platform();
		PlatformResolver resolver = new PlatformResolver(this.process, lookup);
		Endpoint endpoint = resolver.endpoint(platform, apiKey);
		if (apiKey != null) {
			new ApiKeyCheck(apiKey, lookup, this.process).check(endpoint, properties);
		}
		CredentialSettings credentials = new CredentialsResolver(name, this.process, lookup)
			.resolve(properties.credentials(), apiKey);
		return new PlatformConfig(name, endpoint, resolver.tls(platform), resolver.httpProxy(platform),
				resolver.consoleEndpoint(platform), credentials, properties.channel(),
				secrets(properties.secrets(), lookup), resolver.api(platform), properties.runs(), lookup.configSource(),
				lookup);
	}

	private @Nullable ApiKey apiKey(@Nullable String text, PropertyLookup lookup) {
		if (!StringUtils.hasText(text)) {
			return null;
		}
		try {
			return ApiKey.parse(text);
		}
		catch (IllegalArgumentException ex) {
			throw lookup.invalid("api-key", "The API key cannot be read: " + ex.getMessage() + ".", "Set "
					+ lookup.property("api-key")
					+ " to the whole text that Flyte issued, or set endpoint, client id and client secret by name.");
		}
	}

	/**
	 * Bind the settings of secrets, which need no connection.
	 * @param binder binds them
	 * @param lookup where they come from
	 * @return the settings
	 * @throws InvalidFlyteConfigurationException if a setting is invalid
	 */
	public SecretSettings secrets(Binder binder, PropertyLookup lookup) {
		try {
			return secrets(binder.bindOrCreate(lookup.property("secrets"), SecretSettings.class), lookup);
		}
		catch (BindException ex) {
			throw (NestedExceptionUtils.getMostSpecificCause(ex) instanceof UnusableFieldException)
					? UnusableValue.explain(ex, lookup::originOf) : ex;
		}
	}

	// A relative folder is resolved against the working directory.
	private SecretSettings secrets(SecretSettings secrets, PropertyLookup lookup) {
		Path dir = new PlatformResolver(this.process, lookup).path("secrets.default-dir", secrets.defaultDir());
		return new SecretSettings(secrets.envPrefix(), (dir != null) ? dir.toString() : null, secrets.filePrefix(),
				secrets.refresh());
	}

}
