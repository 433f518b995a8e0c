package io.flyteconnect.autoconfigure;

import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

import io.flyteconnect.autoconfigure.connection.FlyteConnectionRefresh;

/**
 * Listens to Spring Cloud.
 */
class EnvironmentRefresh implements ApplicationListener<EnvironmentChangeEvent>, Ordered {

	private final FlyteConnectionRefresh connection;

	EnvironmentRefresh(FlyteConnectionRefresh connection) {
		this.connection = connection;
	}

	/**
	 * After the properties of beans have been bound anew.
	 */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	// Whatever has changed: a setting may be made of any property.
	@Override
	public void onApplicationEvent(EnvironmentChangeEvent event) {
		this.connection.refresh();
	}

}
