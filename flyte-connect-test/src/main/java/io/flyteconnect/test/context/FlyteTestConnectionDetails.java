package io.flyteconnect.test.context;

import java.util.Map;

import io.flyteconnect.autoconfigure.FlyteConnectionDetails;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigBuilder;
import io.flyteconnect.test.FlyteTestServer;

/**
 * Puts a test server in place of whatever the application is configured for. Properties
 * alone would not do: a secret file that the application names wins over a secret. A bean
 * of it is all that an application needs;
 * {@link io.flyteconnect.test.FlyteTest @FlyteTest} defines one.
 *
 * @since 0.1.0
 */
public final class FlyteTestConnectionDetails implements FlyteConnectionDetails {

	private final String connection;

	private final Map<String, String> server;

	/**
	 * Create the details of a server that stands in for the connection of
	 * {@code flyte.*}.
	 * @param server the server, already started
	 */
	public FlyteTestConnectionDetails(FlyteTestServer server) {
		this(PlatformConfig.DEFAULT_NAME, server);
	}

	/**
	 * Create the details of a server that stands in for a connection.
	 * @param connection the name of the connection
	 * @param server the server, already started
	 */
	public FlyteTestConnectionDetails(String connection, FlyteTestServer server) {
		this.connection = connection;
		this.server = Map.copyOf(server.properties());
	}

	@Override
	public String connectionName() {
		return this.connection;
	}

	@Override
	public void applyTo(PlatformConfigBuilder settings) {
		this.server.forEach(settings::property);
	}

}
