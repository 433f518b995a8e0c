package io.flyteconnect.autoconfigure;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigBuilder;

/**
 * Details of a Flyte cluster that was started for the application, such as a test server:
 * where it is and how to log in there. A bean of this type takes the place of
 * {@code flyte.platform.*}, {@code flyte.credentials.*} and {@code flyte.api-key};
 * {@code flyte.channel.*} and {@code flyte.secrets.*}, which a cluster does not decide,
 * still come from the properties.
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
	 * @param settings the settings of the connection, with the defaults for everything
	 * that the cluster decides and the configured values for everything else
	 */
	void applyTo(PlatformConfigBuilder settings);

}
