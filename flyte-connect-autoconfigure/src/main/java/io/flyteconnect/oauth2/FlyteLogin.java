package io.flyteconnect.oauth2;

import io.flyteconnect.oauth2.endpoint.TokenClients;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.ClientCredentialsOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.config.PlatformConfig;

/**
 * How one connection logs in. Holds everything of Spring Security that takes part
 * (registration, client service, provider, token client) as private objects, so that an
 * application's own security never meets it.
 *
 * @author Flyte Connect
 * @since 0.1.0
 */
public final class FlyteLogin implements AutoCloseable {

	private final PlatformConfig config;

	private final ServerMetadataSource metadata;

	private final ClientHttpRequestFactory http;

	private final Clock clock;

	private final ThreadPoolExecutor executor;

	private final TokenSupply supply;

	private final String login;

	private final String registrationId;

	/**
	 * Create the login of a connection. Nothing is asked of any server yet.
	 * @param config the settings of the connection
	 * @param channel gives the connection's own channel, for asking how to log in
	 * @param http makes the requests to the authorization server, with the connection's
	 * trust and proxy
	 * @param clock tells the time
	 */
	public FlyteLogin(PlatformConfig config, Supplier<Channel> channel, ClientHttpRequestFactory http, Clock clock) {
		this.config = config;
		this.http = http;
		this.clock = clock;
		this.registrationId = "default".equals(config.name()) ? "flyte" : "flyte-" + config.name();
		this.login = "Login of Flyte connection '" + config.name() + "' to " + config.endpoint() + " (mode "
				+ describe(config.credentials().authMode()) + ")";
		this.metadata = new ServerMetadataSource(config.endpoint().toString(), channel, clock);
		this.executor = loginExecutor(config.name());
		this.supply = new TokenSupply(this.login, grant(config.credentials()), this.executor, clock);
	}

	/**
	 * One thread, there only while somebody logs in: a flight at a time is all there is.
	 */
	private static ThreadPoolExecutor loginExecutor(String connection) {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("flyte-" + connection + "-login-");
		threads.setDaemon(true);
		ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				threads);
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

	private TokenGrant grant(CredentialSettings credentials) {
		return switch (credentials.authMode()) {
			case CLIENT_CREDENTIALS -> clientCredentials(credentials);
			case EXTERNAL_COMMAND -> new CommandGrant(this.login, this.registrationId, credentials, this.metadata,
					new TokenCommand(this.config.name(), credentials.command(), TokenCommand.TIMEOUT), this.clock);
			case PKCE, DEVICE_FLOW, NONE -> new InteractiveGrant(credentials.authMode());
		};
	}

	private TokenGrant clientCredentials(CredentialSettings credentials) {
		FlyteClientRegistrationRepository registrations = new FlyteClientRegistrationRepository(this.registrationId,
				credentials, this.metadata);
		InMemoryOAuth2AuthorizedClientService clients = new InMemoryOAuth2AuthorizedClientService(registrations);
		ClientCredentialsOAuth2AuthorizedClientProvider provider = new ClientCredentialsOAuth2AuthorizedClientProvider();
		provider.setClock(this.clock);
		provider.setAccessTokenResponseClient(
				TokenClients.clientCredentials(this.http, credentials, this.metadata, this.clock));
		AuthorizedClientServiceOAuth2AuthorizedClientManager manager = new AuthorizedClientServiceOAuth2AuthorizedClientManager(
				registrations, clients);
		manager.setAuthorizedClientProvider(provider);
		return new ClientCredentialsGrant(this.login, this.registrationId, credentials, this.metadata, manager, clients,
				this.clock);
	}

	/**
	 * Return what puts tokens on calls.
	 * @return the interceptors, none where the mode is {@link AuthMode#NONE}
	 */
	public List<ClientInterceptor> interceptors() {
		return (this.config.credentials().authMode() != AuthMode.NONE)
				? List.of(new AuthorizationInterceptor(this.supply, this.login)) : List.of();
	}

	/**
	 * Return the manager of the connection's one authorized client.
	 * @return the manager, which knows one registration: {@link #registrationId()}
	 */
	public OAuth2AuthorizedClientManager authorizedClientManager() {
		return new FlyteAuthorizedClientManager(this.registrationId, this.supply);
	}

	/**
	 * Return the id of the connection's client registration.
	 * @return {@code flyte} for the default connection, {@code flyte-<name>} for others
	 */
	public String registrationId() {
		return this.registrationId;
	}

	/**
	 * Stop logging in. Calls that still wait for a token fail.
	 */
	@Override
	public void close() {
		this.executor.shutdownNow();
	}

	private static String describe(AuthMode mode) {
		return mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
