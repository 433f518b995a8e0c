package io.flyteconnect;

import java.util.Optional;

import io.grpc.Channel;
import io.grpc.ConnectivityState;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;

import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.channel.FlyteChannel;
import io.flyteconnect.internal.client.FlyteLogin;
import io.flyteconnect.internal.http.FlyteHttpClient;
import io.flyteconnect.login.TokenState;

/**
 * One connection to a Flyte cluster: owns its settings, its channel, its login and its
 * HTTP client. Nothing is connected before the first call. Safe for use by several
 * threads.
 *
 * @since 0.1.0
 */
public final class FlyteConnection implements AutoCloseable {

	private final PlatformConfig config;

	private final FlyteChannel channel;

	private final FlyteLogin login;

	private final FlyteHttpClient http;

	private final FlyteHttpClient data;

	private final FlyteAdminStub admin;

	FlyteConnection(PlatformConfig config, FlyteChannel channel, FlyteLogin login, FlyteHttpClient http,
			FlyteHttpClient data) {
		this.config = config;
		this.channel = channel;
		this.login = login;
		this.http = http;
		this.data = data;
		this.admin = new FlyteAdminStub(channel.managed());
	}

	/**
	 * Return the name of the connection, as it stands in logs, threads and errors.
	 * @return the name, {@code default} for the one that is injected
	 */
	public String name() {
		return this.config.name();
	}

	/**
	 * Return the settings of the connection.
	 * @return the settings
	 */
	public PlatformConfig config() {
		return this.config;
	}

	/**
	 * Return the authenticated channel, for stubs that are not here yet.
	 * @return the channel
	 */
	public Channel channel() {
		return this.channel.managed();
	}

	/**
	 * Return the stubs of the connection.
	 * @return the stubs
	 */
	public FlyteAdminStub admin() {
		return this.admin;
	}

	/**
	 * Return the links into Flyte Console.
	 * @return the links, empty if {@code flyte.platform.console-endpoint} is not set
	 */
	public Optional<ConsoleLinks> console() {
		return Optional.ofNullable(this.config.consoleEndpoint()).map(ConsoleLinks::new);
	}

	/**
	 * Return an HTTP client for the signed URLs of Flyte's object store. It trusts whom
	 * the connection trusts, on other hosts than Flyte's also whom the JVM trusts, takes
	 * the connection's proxy, follows no redirect, takes answers of up to 64 MiB within
	 * 60 s, and sends no token.
	 * @return the client
	 */
	public ClientHttpRequestFactory http() {
		return this.data;
	}

	/**
	 * Return the manager of the connection's authorized client, for calling other
	 * services with the same token.
	 * @return the manager, which knows one registration, {@link #clientRegistrationId()}
	 */
	public OAuth2AuthorizedClientManager authorizedClientManager() {
		return this.login.authorizedClientManager();
	}

	/**
	 * Return the id of the connection's client registration.
	 * @return {@code flyte} for the default connection, {@code flyte-<name>} for others
	 */
	public String clientRegistrationId() {
		return this.login.registrationId();
	}

	/**
	 * Return what the channel does at the moment. Nothing is connected by that.
	 * @return the state, {@code IDLE} before the first call and after
	 * {@code flyte.channel.idle-timeout} without one, {@code SHUTDOWN} once the
	 * connection is closed
	 */
	public ConnectivityState channelState() {
		return this.channel.managed().getState(false);
	}

	/**
	 * Connect to Flyte anew, without waiting for it. Calls under way finish on the old
	 * connection.
	 */
	public void reconnect() {
		this.channel.reconnect();
	}

	/**
	 * Return what is known of the token at the moment. Nothing is asked of any server.
	 * @return the state, without the token
	 */
	public TokenState tokenState() {
		return this.login.state();
	}

	/**
	 * Drop the token of the connection, as one that the server has refused, and ask anew
	 * how to log in. The next call that needs one gets another, by the refresh token
	 * where there is one; a failure that is held off does not count any more.
	 */
	public void dropToken() {
		this.login.dropToken();
	}

	/**
	 * Forget the login of the connection, also in the store that
	 * {@code flyte.credentials.store} names. The next call that needs a token logs in
	 * anew. No server is told: tokens that others hold stay good until they end.
	 */
	public void logout() {
		this.login.logout();
	}

	/**
	 * Close the connection: calls under way may finish within
	 * {@code flyte.channel.shutdown-grace-period}, then login and HTTP client end. Where
	 * no call is under way, a login that still is does not delay it. A login that waits
	 * for a person ends at once, and with it the calls that wait for it. Further calls of
	 * this method do nothing.
	 */
	@Override
	public void close() {
		try {
			this.login.stopAsking();
			this.channel.close(this.login::cancel);
		}
		finally {
			this.login.close();
			this.http.close();
			this.data.close();
		}
	}

	@Override
	public String toString() {
		return "FlyteConnection[" + name() + " to " + this.config.endpoint() + "]";
	}

}
