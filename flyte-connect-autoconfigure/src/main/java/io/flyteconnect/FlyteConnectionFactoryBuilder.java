package io.flyteconnect;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import javax.sql.DataSource;

import io.grpc.ClientInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.grpc.client.ClientInterceptorsConfigurer;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;
import org.springframework.grpc.client.GrpcChannelFactory;
import org.springframework.security.crypto.encrypt.TextEncryptor;
import org.springframework.util.Assert;

import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.channel.FlyteChannelFactory;
import io.flyteconnect.internal.client.LoginCustomizations;
import io.flyteconnect.internal.store.StoreCustomizations;
import io.flyteconnect.internal.store.jdbc.JdbcStoreFactory;
import io.flyteconnect.login.FlyteBrowserLoginEvent;
import io.flyteconnect.login.FlyteDeviceLoginEvent;
import io.flyteconnect.login.FlyteLoginEvent;
import io.flyteconnect.login.FlyteTokenSupplier;

/**
 * Builds a factory of connections from parts of an application, all of which are
 * optional. The auto-configuration sets the application's beans; use this class directly
 * without Spring.
 *
 * @since 0.1.0
 * @see FlyteConnectionFactory#builder()
 */
public final class FlyteConnectionFactoryBuilder {

	private final List<ClientInterceptor> interceptors = new ArrayList<>();

	private List<? extends GrpcChannelBuilderCustomizer<?>> customizers = List.of();

	private @Nullable ClientInterceptorsConfigurer globalInterceptors;

	private @Nullable GrpcChannelFactory transport;

	private @Nullable SslBundles sslBundles;

	private Function<PlatformConfig, @Nullable FlyteTokenSupplier> tokenSuppliers = (config) -> null;

	private @Nullable TextEncryptor textEncryptor;

	private @Nullable DataSource dataSource;

	private @Nullable Consumer<Object> events;

	private List<FlyteConnectionListener> listeners = List.of();

	private Map<String, String> environment = System.getenv();

	private Clock clock = Clock.systemUTC();

	FlyteConnectionFactoryBuilder() {
	}

	/**
	 * Add interceptors. They run before the login of each call, in the given order.
	 * @param interceptors the interceptors
	 * @return this builder
	 */
	public FlyteConnectionFactoryBuilder interceptors(ClientInterceptor... interceptors) {
		this.interceptors.addAll(List.of(interceptors));
		return this;
	}

	/**
	 * Set the source of the application's global interceptors, which run before those of
	 * {@link #interceptors}.
	 * @param globalInterceptors the source of the interceptors
	 * @return this builder
	 */
	public FlyteConnectionFactoryBuilder globalInterceptors(ClientInterceptorsConfigurer globalInterceptors) {
		this.globalInterceptors = globalInterceptors;
		return this;
	}

	/**
	 * Set customizers of the channel builder, which run after the settings are applied.
	 * Their target is {@code flyte:} and the name of the connection.
	 * @param customizers the customizers, in their order
	 * @return this builder
	 */
	public FlyteConnectionFactoryBuilder customizers(List<? extends GrpcChannelBuilderCustomizer<?>> customizers) {
		this.customizers = List.copyOf(customizers);
		return this;
	}

	/**
	 * Set a factory that creates all channels in place of real connections, for example
	 * in-process ones of a test.
	 * @param transport the factory, or {@code null} for real connections
	 * @return this builder
	 */
	public FlyteConnectionFactoryBuilder transport(@Nullable GrpcChannelFactory transport) {
		this.transport = transport;
		return this;
	}

	/**
	 * Set the SSL bundles that {@code flyte.platform.ssl-bundle} may name.
	 * @param sslBundles the bundles, or {@code null} if there are none
	 * @return this builder
	 */
	public FlyteConnectionFactoryBuilder sslBundles(@Nullable SslBundles sslBundles) {
		this.sslBundles = sslBundles;
		return this;
	}

	/**
	 * Set the supplier of tokens of all connections, in place of a login.
	 * @param tokenSupplier the supplier, or {@code null} to log in according to the
	 * settings
	 * @return this builder
	 */
	public FlyteConnectionFactoryBuilder tokenSupplier(@Nullable FlyteTokenSupplier tokenSupplier) {
		return tokenSuppliers((config) -> tokenSupplier);
	}

	/**
	 * Set the suppliers of tokens, where each connection has its own.
	 * @param tokenSuppliers gives the supplier for the settings of a connection in mode
	 * {@code external-command}, or {@code null} where its command is to be run
	 * @return this builder
	 */
	public FlyteConnectionFactoryBuilder tokenSuppliers(
			Function<PlatformConfig, @Nullable FlyteTokenSupplier> tokenSuppliers) {
		this.tokenSuppliers = tokenSuppliers;
		return this;
	}

	/**
	 * Set the encryptor of stored tokens, in place of
	 * {@code flyte.credentials.store-key}.
	 * @param textEncryptor the encryptor, or {@code null} to use the key
	 * @return this builder
	 */
	public FlyteConnectionFactoryBuilder textEncryptor(@Nullable TextEncryptor textEncryptor) {
		this.textEncryptor = textEncryptor;
		return this;
	}

	/**
	 * Set the database that {@code flyte.credentials.store=jdbc} stores logins in, with
	 * the table {@code oauth2_authorized_client} of Spring Security. Needs
	 * {@code spring-jdbc} on the class path.
	 * @param dataSource the database, or {@code null} if there is none
	 * @return this builder
	 */
	public FlyteConnectionFactoryBuilder dataSource(@Nullable DataSource dataSource) {
		this.dataSource = dataSource;
		return this;
	}

	/**
	 * Set what gets the events of logins: each {@link FlyteLoginEvent}, and of one that
	 * needs a person {@link FlyteBrowserLoginEvent} and {@link FlyteDeviceLoginEvent}. It
	 * gets those of a connection in order, on a thread that does nothing else.
	 * @param events gets the events
	 * @return this builder
	 */
	public FlyteConnectionFactoryBuilder events(Consumer<Object> events) {
		this.events = events;
		return this;
	}

	/**
	 * Set who is told what happens on the connections, for metrics and traces.
	 * @param listeners the listeners
	 * @return this builder
	 */
	public FlyteConnectionFactoryBuilder listeners(List<? extends FlyteConnectionListener> listeners) {
		this.listeners = List.copyOf(listeners);
		return this;
	}

	/**
	 * Set the environment variables that name proxies ({@code HTTPS_PROXY} and its like)
	 * and tell whether a person is at hand.
	 * @param environment the variables; by default those of the process
	 * @return this builder
	 */
	public FlyteConnectionFactoryBuilder environment(Map<String, String> environment) {
		this.environment = Map.copyOf(environment);
		return this;
	}

	/**
	 * Set the clock that determines when tokens expire.
	 * @param clock the clock, that of the system by default
	 * @return this builder
	 */
	public FlyteConnectionFactoryBuilder clock(Clock clock) {
		Assert.notNull(clock, "'clock' must not be null");
		this.clock = clock;
		return this;
	}

	/**
	 * Build the factory.
	 * @return a factory that makes any number of connections
	 * @see FlyteConnectionFactory#create(PlatformConfig)
	 */
	public FlyteConnectionFactory build() {
		return new FlyteConnectionFactory(this);
	}

	FlyteChannelFactory channels() {
		// An uninitialized configurer does not access its context.
		ClientInterceptorsConfigurer global = (this.globalInterceptors != null) ? this.globalInterceptors
				: new ClientInterceptorsConfigurer(new StaticApplicationContext());
		return new FlyteChannelFactory(this.customizers, global, this.transport);
	}

	List<ClientInterceptor> interceptors() {
		return List.copyOf(this.interceptors);
	}

	@Nullable SslBundles sslBundles() {
		return this.sslBundles;
	}

	LoginCustomizations login() {
		JdbcStoreFactory database = (this.dataSource != null) ? new JdbcStoreFactory(this.dataSource) : null;
		return new LoginCustomizations(null, this.environment, (event) -> {
		}, new StoreCustomizations(this.textEncryptor, database));
	}

	Function<PlatformConfig, @Nullable FlyteTokenSupplier> tokenSuppliers() {
		return this.tokenSuppliers;
	}

	@Nullable Consumer<Object> events() {
		return this.events;
	}

	List<FlyteConnectionListener> listeners() {
		return this.listeners;
	}

	Clock clock() {
		return this.clock;
	}

}
