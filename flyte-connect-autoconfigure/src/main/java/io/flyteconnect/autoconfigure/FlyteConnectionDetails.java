package io.flyteconnect.autoconfigure;

import java.util.function.Consumer;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.util.Assert;

import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigBuilder;

/**
 * Endpoint and login of a Flyte cluster that was started for the application, such as a
 * test server. A bean of this type replaces {@code flyte.platform.*},
 * {@code flyte.credentials.*} and {@code flyte.api-key}. The properties
 * {@code flyte.channel.*} and {@code flyte.secrets.*}, which do not depend on the
 * cluster, still apply.
 *
 * @since 0.1.0
 */
public interface FlyteConnectionDetails extends ConnectionDetails {

	/**
	 * Return the name of the connection that goes to the cluster.
	 * @return the name below {@code flyte.connections}, or {@code default}, which it is
	 * unless this method says something else, for the one that {@code flyte.*} configures
	 */
	default String connectionName() {
		return PlatformConfig.DEFAULT_NAME;
	}

	/**
	 * Set endpoint, trust and credentials of the cluster.
	 * @param settings the settings of the connection, with defaults for all that depends
	 * on the cluster, and configured values for all else
	 */
	void applyTo(PlatformConfigBuilder settings);

	/**
	 * Create the details of a cluster that a connection goes to.
	 * @param connection the name of the connection, which the application configures, or
	 * {@code default} for the one of {@code flyte.*}
	 * @param settings sets endpoint, trust and credentials of the cluster
	 * @return the details, for a bean
	 */
	static FlyteConnectionDetails of(String connection, Consumer<PlatformConfigBuilder> settings) {
		Assert.hasText(connection, "'connection' must not be empty");
		Assert.notNull(settings, "'settings' must not be null");
		return new FlyteConnectionDetails() {

			@Override
			public String connectionName() {
				return connection;
			}

			@Override
			public void applyTo(PlatformConfigBuilder builder) {
				settings.accept(builder);
			}

		};
	}

}
