package io.flyteconnect.internal.config;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.util.StringUtils;

import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.config.Endpoint;
import io.flyteconnect.config.HttpProxySettings;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.SecretSettings;
import io.flyteconnect.config.TlsSettings;
import io.flyteconnect.internal.config.text.EndpointParser;
import io.flyteconnect.internal.config.text.HttpProxyParser;
import io.flyteconnect.internal.config.text.Masked;
import io.flyteconnect.internal.config.text.WebAddress;
import io.flyteconnect.internal.configfile.Excerpt;
import io.flyteconnect.internal.configfile.ProcessEnvironment;
import io.flyteconnect.internal.text.UnusableFieldException;

/**
 * Turns the settings of a connection, as they are written, into a checked
 * {@link PlatformConfig}. Spring's configuration, {@link PlatformConfig#auto()} and
 * {@link PlatformConfig#builder()} all go through it.
 *
 * @since 0.1.0
 */
public final class PlatformConfigFactory {

	private static final Log logger = LogFactory.getLog(PlatformConfigFactory.class);

	static final String PREFIX = "flyte";

	/** What flytekit hands on, and only a browser will see. */
	private static final Pattern COMPOUND_SCHEME = Pattern.compile("^[a-zA-Z][a-zA-Z0-9+.-]*[+.-](?=https?:)");

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
	 * @throws InvalidFlyteConfigurationException if a setting cannot mean anything, or
	 * one that the mode of login needs is missing
	 */
	public PlatformConfig create(String name, ConnectionProperties properties, PropertyLookup lookup) {
		PlatformConfig config = resolve(name, properties, lookup);
		new PlatformConfigCheck(lookup, this.tokenSupplier).check(config);
		if (properties.platform().url() == null && !StringUtils.hasText(properties.apiKey())) {
			sayDefault(name, config.configSource(), lookup);
		}
		return config;
	}

	/**
	 * Create the settings of a connection by code.
	 * @param name the name of the connection
	 * @param properties values by the full names of their properties
	 * @return the checked settings
	 * @throws InvalidFlyteConfigurationException if a setting cannot mean anything, one
	 * that the mode of login needs is missing, or a name is none of a property
	 */
	public PlatformConfig create(String name, Map<String, ?> properties) {
		ConfigurationPropertySource source = new MapConfigurationPropertySource(properties);
		PropertyLookup lookup = PropertyLookup.ofCode(source, PREFIX);
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

	// Who has a Flyte file means a cluster of their own, seldom that of the default.
	private static void sayDefault(String name, @Nullable String file, PropertyLookup lookup) {
		String message = "Flyte connection '" + name + "' goes to " + DEFAULT_ENDPOINT + ", the default, as neither "
				+ lookup.property("platform.url") + " nor " + lookup.property("api-key") + " is set and ";
		if (file != null) {
			logger.warn(message + "the Flyte file " + file + " names no endpoint");
		}
		else {
			logger.info(message + "no Flyte file is read");
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
		new WordCheck(lookup).check();
		ApiKey apiKey = apiKey(properties.apiKey(), lookup);
		PlatformProperties platform = properties.platform();
		Endpoint endpoint = endpoint(platform, apiKey, lookup);
		if (apiKey != null) {
			new ApiKeyCheck(apiKey, lookup, this.process).check(endpoint, properties);
		}
		CredentialSettings credentials = new CredentialsResolver(name, this.process, lookup)
			.resolve(properties.credentials(), apiKey);
		return new PlatformConfig(name, endpoint, tls(platform, lookup), httpProxy(platform, lookup),
				consoleEndpoint(platform, lookup), credentials, properties.channel(),
				secrets(properties.secrets(), lookup), lookup.configSource(), lookup);
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

	private Endpoint endpoint(PlatformProperties platform, @Nullable ApiKey apiKey, PropertyLookup lookup) {
		String text = platform.url();
		String property = "platform.url";
		if (apiKey != null) {
			text = apiKey.endpoint();
			property = "api-key";
		}
		try {
			return EndpointParser.parse((text != null) ? text : DEFAULT_ENDPOINT, platform.insecure());
		}
		catch (IllegalArgumentException ex) {
			if (apiKey != null) {
				// A key that is cut in the wrong places may have a piece of its secret
				// here.
				throw lookup.invalid(property, "The endpoint in it is no endpoint: " + ex.getMessage() + ".",
						"Set " + lookup.property("api-key") + " to the whole text that Flyte issued, and "
								+ lookup.property("platform.insecure")
								+ " to true for plaintext only. If that is so already, get a new API key.");
			}
			throw lookup.invalid(property,
					"'" + Excerpt.of(String.valueOf(Masked.url(text))) + "' is no endpoint: " + ex.getMessage() + ".",
					"Set " + lookup.property("platform.url")
							+ " to 'host' or 'host:port', for example flyte.example.com:443, and "
							+ lookup.property("platform.insecure") + " to true for plaintext only.");
		}
	}

	private TlsSettings tls(PlatformProperties platform, PropertyLookup lookup) {
		return new TlsSettings(platform.insecure(), platform.insecureSkipVerify(),
				path("platform.ca-cert-file-path", platform.caCertFilePath(), lookup), text(platform.sslBundle()));
	}

	private HttpProxySettings httpProxy(PlatformProperties platform, PropertyLookup lookup) {
		String url = platform.httpProxyUrl();
		if (!StringUtils.hasText(url)) {
			return new HttpProxySettings(null, platform.httpProxyScope());
		}
		try {
			return new HttpProxySettings(HttpProxyParser.parse(url), platform.httpProxyScope());
		}
		catch (IllegalArgumentException ex) {
			throw lookup
				.invalid("platform.http-proxy-url", "The proxy cannot be used: it " + ex.getMessage() + ".", "Set "
						+ lookup.property("platform.http-proxy-url")
						+ " to a URL such as http://user:password@proxy.example.com:3128, with special characters of"
						+ " user and password percent-encoded.");
		}
	}

	private @Nullable URI consoleEndpoint(PlatformProperties platform, PropertyLookup lookup) {
		String text = text(platform.consoleEndpoint());
		if (text == null) {
			return null;
		}
		URI uri = WebAddress.parse(text);
		if (uri == null || !WebAddress.isUsable(COMPOUND_SCHEME.matcher(uri.toString()).replaceFirst(""))) {
			throw lookup.invalid("platform.console-endpoint", "'" + Excerpt.of(text) + "' is no address of a web page.",
					"Set " + lookup.property("platform.console-endpoint")
							+ " to a URL such as https://flyte.example.com/console.");
		}
		return uri;
	}

	/**
	 * Bind the settings of secrets, which need no connection.
	 * @param binder binds them
	 * @param lookup where they come from
	 * @return the settings
	 * @throws InvalidFlyteConfigurationException if a setting cannot mean anything
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

	// A relative folder starts at the working directory.
	private SecretSettings secrets(SecretSettings secrets, PropertyLookup lookup) {
		Path dir = path("secrets.default-dir", secrets.defaultDir(), lookup);
		return new SecretSettings(secrets.envPrefix(), (dir != null) ? dir.toString() : null, secrets.filePrefix(),
				secrets.refresh());
	}

	private @Nullable Path path(String name, @Nullable String text, PropertyLookup lookup) {
		if (!StringUtils.hasText(text)) {
			return null;
		}
		try {
			return this.process.resolve(text);
		}
		catch (InvalidPathException ex) {
			throw lookup.invalid(name, "It is no path: " + ex.getReason() + ".",
					"Set " + lookup.property(name) + " to a path; a relative one starts at the working directory.");
		}
	}

	// An empty text is the same as none, for every key, as in flytekit.
	static @Nullable String text(@Nullable String text) {
		return StringUtils.hasText(text) ? text : null;
	}

}
