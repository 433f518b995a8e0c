package io.flyteconnect;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.config.FlyteApi;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfig.SettingOrigins;
import io.flyteconnect.internal.channel.FlyteChannel;
import io.flyteconnect.internal.channel.FlyteChannelFactory;
import io.flyteconnect.internal.client.FlyteLogin;
import io.flyteconnect.internal.client.LoginCustomizations;
import io.flyteconnect.internal.http.FlyteHttpClient;
import io.flyteconnect.internal.libraries.IncompatibleLibrariesException;
import io.flyteconnect.internal.libraries.Libraries;
import io.flyteconnect.internal.proxy.ProxyRoutes;
import io.flyteconnect.internal.store.StoreFileUsers;
import io.flyteconnect.internal.text.SettingNames;
import io.flyteconnect.internal.tls.TrustMaterial;
import io.flyteconnect.internal.tls.TrustMaterials;
import io.flyteconnect.login.FlyteTokenSupplier;

/**
 * Creates connections from settings, any number of them. A factory only knows in which
 * files its open connections keep their logins.
 *
 * @since 0.1.0
 */
public final class FlyteConnectionFactory {

	private static final Log logger = LogFactory.getLog(FlyteConnectionFactory.class);

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

	private static final DataSize LARGEST_TOKEN_RESPONSE = DataSize.ofKilobytes(256);

	private static final DataSize LARGEST_DATA = DataSize.ofMegabytes(64);

	private static final Duration LONGEST_DOWNLOAD = Duration.ofSeconds(60);

	private final FlyteChannelFactory channels;

	private final List<ClientInterceptor> interceptors;

	private final TrustMaterials trust;

	private final LoginCustomizations login;

	private final Function<PlatformConfig, @Nullable FlyteTokenSupplier> tokenSuppliers;

	private final List<FlyteConnectionListener> listeners;

	private final @Nullable Consumer<Object> events;

	private final Clock clock;

	private final StoreFileUsers storeFiles = new StoreFileUsers();

	/**
	 * Create a factory for use without Spring: no interceptors and no SSL bundles, the
	 * variables of the process, and the system's clock.
	 */
	public FlyteConnectionFactory() {
		this(builder());
	}

	FlyteConnectionFactory(FlyteConnectionFactoryBuilder builder) {
		this.channels = builder.channels();
		this.interceptors = builder.interceptors();
		this.trust = new TrustMaterials(builder.sslBundles());
		this.login = builder.login();
		this.tokenSuppliers = builder.tokenSuppliers();
		this.listeners = builder.listeners();
		this.events = builder.events();
		this.clock = builder.clock();
	}

	/**
	 * Return a builder of a factory that uses parts of an application.
	 * @return the builder
	 */
	public static FlyteConnectionFactoryBuilder builder() {
		return new FlyteConnectionFactoryBuilder();
	}

	/**
	 * Create a connection. Nothing is connected yet.
	 * @param config the settings
	 * @return the connection, to be closed by the caller
	 * @throws InvalidFlyteConfigurationException if a CA file or SSL bundle of the
	 * settings is missing or empty, if they require a {@code FlyteTokenSupplier} that
	 * this factory does not have, or if another open connection of this factory keeps its
	 * login in the same file
	 * @throws IncompatibleLibrariesException if the versions of Protobuf, gRPC and Netty
	 * on the class path do not fit together
	 */
	public FlyteConnection create(PlatformConfig config) {
		ConnectionListeners listeners = new ConnectionListeners(config.name(), this.listeners, this.events, this.clock);
		FlyteConnection connection = new FlyteConnection(parts(config, listeners), (other) -> parts(other, listeners),
				listeners, () -> this.storeFiles.end(listeners));
		listeners.opened(connection);
		return connection;
	}

	private ConnectionParts parts(PlatformConfig config, ConnectionListeners listeners) {
		return this.storeFiles.take(listeners, config, () -> make(config, listeners));
	}

	private ConnectionParts make(PlatformConfig config, ConnectionListeners listeners) {
		try {
			Libraries.requireMessages();
			requireFlyte2(config);
			ConnectionParts parts = connect(config, listeners);
			String mixture = Libraries.incompatibleVersions();
			if (mixture != null) {
				logger.warn("Flyte connection '" + config.name()
						+ "' may fail at any call, since the libraries on the class" + " path do not fit together: "
						+ mixture + ". " + Libraries.remedy());
			}
			return parts;
		}
		catch (InvalidFlyteConfigurationException ex) {
			throw named(ex, config.origins());
		}
		catch (LinkageError ex) {
			String explanation = Libraries.explain(ex);
			if (explanation == null) {
				throw ex;
			}
			throw new IncompatibleLibrariesException(explanation + ". " + Libraries.remedy(), ex);
		}
	}

	private static void requireFlyte2(PlatformConfig config) {
		if (config.api().version() == FlyteApi.V2 && !Libraries.isFlyte2Present()) {
			throw new InvalidFlyteConfigurationException("flyte.platform.api", config.origins().origin("platform.api"),
					"The connection calls Flyte 2, whose messages are not on the class path.",
					"Depend on io.flyteconnect:flyte-connect-starter-v2, which brings flyte-connect-idl2 with it.",
					null);
		}
	}

	// Messages are written for the unnamed connection.
	private static InvalidFlyteConfigurationException named(InvalidFlyteConfigurationException failure,
			SettingOrigins origins) {
		SettingNames names = SettingNames.of(origins::property);
		String property = names.in(failure.getProperty());
		if (names.areUnnamed()) {
			return failure;
		}
		String origin = (failure.getOrigin() != null || property.equals(failure.getProperty())) ? failure.getOrigin()
				: origins.origin(property.substring(names.prefix().length() + 1));
		return new InvalidFlyteConfigurationException(property, origin, names.in(failure.getReason()),
				names.in(failure.getAction()), failure.getCause());
	}

	private ConnectionParts connect(PlatformConfig config, ConnectionListeners listeners) {
		FlyteTokenSupplier tokenSupplier = tokenSupplier(config);
		TrustMaterial trust = this.trust.of(config);
		ProxyRoutes routes = routes(config);
		FlyteHttpClient http = new FlyteHttpClient(config.name(), trust, routes, CONNECT_TIMEOUT,
				config.credentials().requestTimeout(), LARGEST_TOKEN_RESPONSE);
		FlyteHttpClient data = new FlyteHttpClient(config.name(), trust.forObjectStore(config.endpoint().host()),
				routes, CONNECT_TIMEOUT, LONGEST_DOWNLOAD, LARGEST_DATA);
		// The login calls Flyte over the channel whose calls it authorizes.
		AtomicReference<@Nullable Channel> own = new AtomicReference<>();
		FlyteLogin login = new FlyteLogin(config, () -> required(own.get()), http,
				this.login.with(tokenSupplier, listeners.forLogin(), listeners::publish), this.clock);
		FlyteChannel channel = this.channels.create(config, trust, routes, this.interceptors, login.authorization());
		own.set(channel.managed());
		String host = config.endpoint().host();
		return new ConnectionParts(config, channel, login, trust, http, data,
				(host != null) ? routes.routeForGrpc(host, config.endpoint().port()) : null);
	}

	// Only the factory knows whether there is one.
	private @Nullable FlyteTokenSupplier tokenSupplier(PlatformConfig config) {
		CredentialSettings credentials = config.credentials();
		if (credentials.authMode() != AuthMode.EXTERNAL_COMMAND) {
			return null;
		}
		FlyteTokenSupplier supplier = this.tokenSuppliers.apply(config);
		if (supplier == null && credentials.command().isEmpty()) {
			String command = config.origins().property("credentials.command");
			throw new InvalidFlyteConfigurationException(command, null,
					"No command is set, and the connection factory has no token supplier.",
					"Give one to FlyteConnectionFactoryBuilder.tokenSupplier (in a Spring application, define a bean of"
							+ " the type FlyteTokenSupplier), or set " + command + " to a command that prints a token.",
					null);
		}
		return supplier;
	}

	/**
	 * Detects a variable with an invalid proxy now instead of at the first call.
	 */
	private ProxyRoutes routes(PlatformConfig config) {
		ProxyRoutes routes = ProxyRoutes.of(config.httpProxy(), this.login.environment());
		String host = config.endpoint().host();
		if (host != null) {
			routes.routeForGrpc(host, config.endpoint().port());
		}
		return routes;
	}

	private static Channel required(@Nullable Channel channel) {
		Assert.state(channel != null, "The channel is not there yet");
		return channel;
	}

}
