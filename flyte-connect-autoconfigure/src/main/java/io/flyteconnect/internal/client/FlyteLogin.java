package io.flyteconnect.internal.client;

import java.time.Clock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.grpc.CallOptions;
import io.grpc.Channel;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.util.function.SingletonSupplier;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.config.FlyteApi;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.call.authorization.CallAuthorization;
import io.flyteconnect.internal.call.authorization.CallerTokenRelay;
import io.flyteconnect.internal.call.authorization.FirstAnswer;
import io.flyteconnect.internal.call.authorization.NonInteractiveCredentials;
import io.flyteconnect.internal.call.authorization.TokenHeaders;
import io.flyteconnect.internal.client.failure.LoginAdvice;
import io.flyteconnect.internal.client.failure.LoginValues;
import io.flyteconnect.internal.client.failure.NamingGrant;
import io.flyteconnect.internal.discovery.ServerMetadataSource;
import io.flyteconnect.internal.endpoint.TokenEndpointClients;
import io.flyteconnect.internal.grant.command.CommandEnvironment;
import io.flyteconnect.internal.grant.command.ProxyAuthorization;
import io.flyteconnect.internal.grant.command.TokenCommand;
import io.flyteconnect.internal.listener.LoginListeners;
import io.flyteconnect.internal.listener.TokenListener;
import io.flyteconnect.internal.text.SettingNames;
import io.flyteconnect.internal.token.AccessToken;
import io.flyteconnect.internal.token.CountedGrant;
import io.flyteconnect.internal.token.TokenManager;
import io.flyteconnect.login.TokenState;

/**
 * How one connection logs in. Holds everything of Spring Security that takes part
 * (registration, provider, token client) as private objects, so that an application's own
 * security never meets it.
 *
 * @since 0.1.0
 */
public final class FlyteLogin implements AutoCloseable {

	private final AuthMode mode;

	private final String registrationId;

	private final LoginThreads threads;

	private final StoredClients stored;

	private final LoginTurn asking = LoginTurn.ofAsking();

	/** Made by the first login. */
	private final Supplier<OAuth2AuthorizedClientProvider> provider;

	private final AuthorizedClientGrant grant;

	private final TokenManager tokens;

	private final TokenStates states;

	private final @Nullable ProxyAuthorization proxy;

	private final CallAuthorization authorization;

	/**
	 * Create the login of a connection. Nothing is asked of any server yet.
	 * @param config the settings of the connection
	 * @param channel gives the connection's own channel, for asking how to log in
	 * @param http makes the requests to the authorization server, with the connection's
	 * trust and proxy
	 * @param customizations what the application brings of its own
	 * @param clock tells the time
	 */
	public FlyteLogin(PlatformConfig config, Supplier<Channel> channel, ClientHttpRequestFactory http,
			LoginCustomizations customizations, Clock clock) {
		CredentialSettings credentials = config.credentials();
		this.mode = credentials.authMode();
		this.registrationId = PlatformConfig.DEFAULT_NAME.equals(config.name()) ? "flyte" : "flyte-" + config.name();
		String connection = "Flyte connection '" + config.name() + "' to " + config.endpoint();
		String word = this.mode.words().get(0);
		String login = "Login of " + connection + " (mode " + word + ")";
		this.threads = new LoginThreads(config.name());
		LoginValues values = new LoginValues(credentials, config.origins(), customizations.tokenSupplier() != null,
				null);
		CommandEnvironment environment = CommandEnvironment.of(config);
		LoginListeners listeners = customizations.listeners();
		this.proxy = proxyAuthorization(login, values, environment, clock, listeners.proxyTokens());
		ServerMetadataSource metadata = new ServerMetadataSource(config.endpoint().toString(), config.api().version(),
				channel, clock);
		SettingNames names = SettingNames.of(config.origins()::property);
		TokenEndpointClients endpoint = new TokenEndpointClients(http,
				(this.proxy != null) ? this.proxy : (request, body, execution) -> execution.execute(request, body),
				clock, names);
		this.stored = new StoredClients(
				AuthorizedClientStores.create(config, this.registrationId, customizations.stores(), clock),
				this.mode.asksPerson() ? LoginTurn.ofRenewal() : null, clock);
		AuthorizedClientProviders providers = new AuthorizedClientProviders(config.name(), names, credentials, endpoint,
				customizations, this.stored, this.asking, environment, clock);
		this.provider = SingletonSupplier.of(providers::create);
		LoginAdvice advice = new LoginAdvice(values, metadata);
		this.grant = new AuthorizedClientGrant(login, names, this.registrationId, credentials, metadata,
				new GrantClients(this.registrationId, config, listeners.secrets()), this.provider, this.stored, advice,
				clock);
		// A person is asked once, and a refresh token may be good for one request only.
		this.tokens = new TokenManager(login,
				new CountedGrant(NamingGrant.of(this.grant, names), endpoint::secondRequests), this.threads.login(),
				clock, this.mode == AuthMode.CLIENT_CREDENTIALS, listeners.tokens());
		this.states = new TokenStates(this.mode, this.tokens, metadata);
		TokenHeaders headers = new TokenHeaders(config.name(), names, credentials.authorizationHeader(),
				this.proxy != null, metadata::knownAuthorizationHeader);
		this.authorization = new CallAuthorization((this.mode != AuthMode.NONE) ? this.tokens : null,
				(this.proxy != null) ? this.proxy.tokens() : null, relay(credentials), login, advice, headers,
				new FirstAnswer(connection, word), listeners.calls(), config.api().version() != FlyteApi.V1);
	}

	private UnaryOperator<CallOptions> relay(CredentialSettings credentials) {
		UnaryOperator<CallOptions> relay = credentials.relay() ? new CallerTokenRelay() : UnaryOperator.identity();
		return this.mode.asksPerson() ? new NonInteractiveCredentials(relay, this.tokens) : relay;
	}

	private @Nullable ProxyAuthorization proxyAuthorization(String login, LoginValues values,
			CommandEnvironment environment, Clock clock, TokenListener listener) {
		CredentialSettings credentials = values.credentials();
		if (credentials.proxyCommand().isEmpty()) {
			return null;
		}
		TokenCommand command = new TokenCommand(credentials.proxyCommand(), TokenCommand.TIMEOUT, environment);
		return new ProxyAuthorization(login, command, values.origins().describe("credentials.proxy-command"),
				AuthorizedClientProviders.opaqueLife(credentials), this.threads.proxy(), clock, listener);
	}

	/**
	 * Return what puts tokens on calls.
	 * @return the authorization of the connection's calls
	 */
	public CallAuthorization authorization() {
		return this.authorization;
	}

	/**
	 * Return the manager of the connection's one authorized client.
	 * @return the manager, which knows one registration: {@link #registrationId()}
	 */
	public OAuth2AuthorizedClientManager authorizedClientManager() {
		return new FlyteAuthorizedClientManager(this.registrationId, this.tokens);
	}

	/**
	 * Return the id of the connection's client registration.
	 * @return {@code flyte} for the default connection, {@code flyte-<name>} for others
	 */
	public String registrationId() {
		return this.registrationId;
	}

	/**
	 * Go on with the token of another login of the same credentials at the same server,
	 * so that nobody logs in again as something else of a connection changes. A renewal
	 * that is under way there is waited for when this login needs a token.
	 * @param previous the login that this one takes the place of
	 */
	public void adopt(FlyteLogin previous) {
		AccessToken held = previous.tokens.held();
		boolean used = held != null && !held.isAnonymous();
		this.stored.follow(previous.stored, used ? held : null);
		this.grant.follow(previous.grant);
		if (used) {
			this.tokens.replace(held);
		}
	}

	/**
	 * Ask a person only when another login does not any more, which may hold the port
	 * that this one needs.
	 * @param previous the login that this one takes the place of
	 */
	public void askAfter(FlyteLogin previous) {
		this.asking.follow(previous.asking);
	}

	/**
	 * Forget the login, also where it is stored: whoever needs a token next logs in anew.
	 * Nothing is asked of any server, so tokens that others hold stay good.
	 */
	public void logout() {
		this.stored.remove();
		this.tokens.replace(null);
	}

	/**
	 * Return what is known of the token.
	 * @return its state, without the token
	 */
	public TokenState state() {
		return this.states.current();
	}

	/**
	 * Drop the token, and that for a proxy in front of Flyte. The login stays: where it
	 * has a refresh token, no person is asked again.
	 */
	public void dropToken() {
		this.states.drop();
		if (this.proxy != null) {
			this.proxy.tokens().drop();
		}
	}

	/**
	 * Ask no person from now on: a login that waits for one ends, and calls that wait for
	 * it fail. Unlike a request that has been sent, it need not end by itself. Waits a
	 * moment for its end, since another login may need the port that it holds.
	 */
	public void stopAsking() {
		if (this.provider.get() instanceof RefreshFirstAuthorizedClientProvider person && person.stopAsking()) {
			this.tokens.close();
			this.threads.stopLogin();
			// A request that began in between is in no queue any more.
			this.tokens.close();
			this.threads.awaitEndOfLogin();
		}
	}

	/**
	 * Stop logging in: a login under way ends, and calls that wait for it fail.
	 */
	public void cancel() {
		releaseWaiting();
		this.threads.stop();
		// A request that began in between is in no queue any more.
		releaseWaiting();
	}

	/**
	 * Stop logging in. Waits a moment for the end of a login under way, since the process
	 * may end right after, and a command that still runs would be left behind.
	 */
	@Override
	public void close() {
		cancel();
		this.threads.awaitEnd();
	}

	private void releaseWaiting() {
		this.tokens.close();
		if (this.proxy != null) {
			this.proxy.tokens().close();
		}
	}

}
