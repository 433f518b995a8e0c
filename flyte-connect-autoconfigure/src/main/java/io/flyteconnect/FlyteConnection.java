package io.flyteconnect;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

import io.grpc.Channel;
import io.grpc.ConnectivityState;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.util.Assert;

import io.flyteconnect.FlyteReloadEvent.Part;
import io.flyteconnect.config.FlyteApi;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.doctor.FlyteDiagnosis;
import io.flyteconnect.internal.examination.Examination;
import io.flyteconnect.login.TokenState;

/**
 * One connection to a Flyte cluster: owns its settings, its channel, its login and its
 * HTTP client. Nothing is connected before the first call. Safe for use by several
 * threads.
 *
 * @since 0.1.0
 */
public final class FlyteConnection implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(FlyteConnection.class);

	private final ConnectionListeners listeners;

	private final ApiStubs stubs;

	private final CurrentParts parts;

	private final Runnable closed;

	FlyteConnection(ConnectionParts parts, Function<PlatformConfig, ConnectionParts> maker,
			ConnectionListeners listeners, Runnable closed) {
		this.closed = closed;
		this.parts = new CurrentParts(parts, maker);
		this.listeners = listeners;
		this.stubs = new ApiStubs(this.parts.channel());
	}

	/**
	 * Return the name of the connection, as it stands in logs, threads and errors.
	 * @return the name, {@code default} for the one that is injected
	 */
	public String name() {
		return config().name();
	}

	/**
	 * Return the settings of the connection.
	 * @return the settings that are in force now
	 */
	public PlatformConfig config() {
		return this.parts.get().config();
	}

	/**
	 * Return whether these are the settings of the connection, wherever they are written.
	 * @param config the settings
	 * @return whether {@link #reload} would change nothing
	 */
	public boolean isConfiguredBy(PlatformConfig config) {
		return ConnectionParts.isSame(config(), config);
	}

	/**
	 * Return the authenticated channel, for stubs that are not here yet.
	 * @return the channel, which stays the same as settings are taken over
	 */
	public Channel channel() {
		return this.parts.channel();
	}

	/**
	 * Return whose API the connection calls.
	 * @return that of {@code flyte.platform.api}
	 */
	public FlyteApi api() {
		return config().api().version();
	}

	/**
	 * Return the stubs of Flyte 1.
	 * @return the stubs
	 * @throws InvalidFlyteConfigurationException if the connection calls Flyte 2
	 */
	public FlyteAdminStub admin() {
		return this.stubs.admin(config());
	}

	/**
	 * Return the stubs of Flyte 2, whose classes are those of
	 * {@code flyte-connect-starter-v2}.
	 * @return the stubs
	 * @throws InvalidFlyteConfigurationException if the connection calls Flyte 1
	 */
	public FlyteRunsStub runs() {
		return this.stubs.runs(config());
	}

	/**
	 * Return the links into Flyte Console.
	 * @return the links, empty if {@code flyte.platform.console-endpoint} is not set
	 */
	public Optional<ConsoleLinks> console() {
		return Optional.ofNullable(config().consoleEndpoint()).map(ConsoleLinks::new);
	}

	/**
	 * Return an HTTP client for the signed URLs of Flyte's object store. It trusts whom
	 * the connection trusts, on other hosts than Flyte's also whom the JVM trusts, takes
	 * the connection's proxy, follows no redirect, takes answers of up to 64 MiB within
	 * 60 s, and sends no token.
	 * @return the client
	 */
	public ClientHttpRequestFactory http() {
		return (uri, method) -> this.parts.get().data().createRequest(uri, method);
	}

	/**
	 * Return the manager of the connection's authorized client, for calling other
	 * services with the same token.
	 * @return the manager, which knows one registration, {@link #clientRegistrationId()}
	 */
	public OAuth2AuthorizedClientManager authorizedClientManager() {
		return (request) -> this.parts.get().login().authorizedClientManager().authorize(request);
	}

	/**
	 * Return the id of the connection's client registration.
	 * @return {@code flyte} for the default connection, {@code flyte-<name>} for others
	 */
	public String clientRegistrationId() {
		return this.parts.get().login().registrationId();
	}

	/**
	 * Return what the channel does at the moment. Nothing is connected by that.
	 * @return the state, {@code IDLE} before the first call and after
	 * {@code flyte.channel.idle-timeout} without one, {@code SHUTDOWN} once the
	 * connection is closed
	 */
	public ConnectivityState channelState() {
		return this.parts.channel().getState(false);
	}

	/**
	 * Connect to Flyte anew, without waiting for it. Calls under way finish on the old
	 * connection.
	 */
	public void reconnect() {
		this.parts.get().channel().reconnect();
	}

	/**
	 * Return what is known of the token at the moment. Nothing is asked of any server.
	 * @return the state, without the token
	 */
	public TokenState tokenState() {
		return this.parts.get().login().state();
	}

	/**
	 * Find out how far the connection gets, by two calls: one that asks how to log in,
	 * and one like any other. What is wrong is said in the words of the exception that
	 * calls of the application get.
	 * @param limit how long the calls may take together; one that shows nothing new is
	 * not made
	 * @param person whether a person may be asked to log in
	 * @return the steps on the way, with the first one that fails
	 */
	public FlyteDiagnosis diagnose(Duration limit, boolean person) {
		ConnectionParts now = this.parts.get();
		return new Examination(now.config(), this.parts.channel(), now.route(), Clock.systemUTC()).examine(limit,
				now.login()::state, person);
	}

	/**
	 * Drop the token of the connection, as one that the server has refused, and ask anew
	 * how to log in. The next call that needs one gets another, by the refresh token
	 * where there is one; a failure that is held off does not count any more.
	 */
	public void dropToken() {
		this.parts.get().login().dropToken();
	}

	/**
	 * Forget the login of the connection, also in the store that
	 * {@code flyte.credentials.store} names. The next call that needs a token logs in
	 * anew. No server is told: tokens that others hold stay good until they end.
	 */
	public void logout() {
		this.parts.get().login().logout();
	}

	/**
	 * Take over other settings without a restart: endpoint, trust, credentials, channel.
	 * This object, its channel and all stubs that are made of it stay as they are. Calls
	 * that begin from now on go by the new settings; calls under way finish by those
	 * before: within their deadline, or, without one, within
	 * {@code flyte.channel.shutdown-grace-period} of these settings at least, and then
	 * what was made of them ends. Where endpoint and credentials stay the same, so does
	 * the token. A login that waits for a person ends at once, and with it the calls that
	 * wait for it: the next call asks anew. Returns without waiting for any call. A
	 * {@link FlyteReloadEvent} tells how it ended.
	 * @param config the settings, which have the name of this connection
	 * @throws InvalidFlyteConfigurationException if the settings cannot be used; those
	 * before stay in force
	 * @throws IllegalArgumentException if the settings have another name
	 * @throws IllegalStateException if the connection is closed
	 */
	public void reload(PlatformConfig config) {
		Assert.notNull(config, "'config' must not be null");
		Assert.isTrue(config.name().equals(name()), () -> "Flyte connection '" + name()
				+ "' cannot take over the settings of '" + config.name() + "': a connection keeps its name");
		String changes;
		try {
			changes = this.parts.takeOver(config);
		}
		catch (RuntimeException ex) {
			this.listeners.publish(new FlyteReloadEvent(name(), Part.CONNECTION, ex));
			throw ex;
		}
		logger.info("Flyte connection '" + name() + "' has taken over other settings (" + changes + "): calls go to "
				+ config.endpoint() + " from now on, calls under way finish where they are");
		this.listeners.publish(new FlyteReloadEvent(name(), Part.CONNECTION, null));
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
		closeWithin(config().channel().shutdownGracePeriod());
	}

	/**
	 * Close the connection as {@link #close()} does, but with less time for calls under
	 * way: an application that closes several connections, one after the other, gives all
	 * of them the time of one.
	 * @param limit how long calls under way may go on, if that is less than
	 * {@code flyte.channel.shutdown-grace-period}
	 */
	public void closeWithin(Duration limit) {
		if (this.parts.close(limit)) {
			this.closed.run();
			this.listeners.closed();
		}
	}

	@Override
	public String toString() {
		return "FlyteConnection[" + name() + " to " + config().endpoint() + "]";
	}

}
