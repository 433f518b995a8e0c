package io.flyteconnect.autoconfigure;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

import io.flyteconnect.config.ConnectionProperties;

/**
 * Details of a Flyte cluster that was started for the application, such as a test server:
 * where it is and how to log in there. Everything that a cluster does not decide, such as
 * deadlines, still comes from the properties.
 *
 * @author Flyte Connect
 * @since 0.1.0
 */
public interface FlyteConnectionDetails extends ConnectionDetails {

	/**
	 * Put endpoint, trust and credentials of the cluster in place of the configured ones.
	 * @param properties a copy of the configured properties, to be changed
	 */
	void applyTo(ConnectionProperties properties);

}
