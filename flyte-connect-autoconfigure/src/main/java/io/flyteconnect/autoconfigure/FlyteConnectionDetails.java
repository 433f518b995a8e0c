package io.flyteconnect.autoconfigure;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

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

}
