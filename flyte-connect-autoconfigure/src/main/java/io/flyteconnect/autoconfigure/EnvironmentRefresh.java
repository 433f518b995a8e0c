package io.flyteconnect.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

import io.flyteconnect.autoconfigure.connection.SettingsRefresh;

/**
 * Listens to Spring Cloud.
 */
class EnvironmentRefresh implements ApplicationListener<EnvironmentChangeEvent>, Ordered {

	private final ObjectProvider<SettingsRefresh> settings;

	EnvironmentRefresh(ObjectProvider<SettingsRefresh> settings) {
		this.settings = settings;
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
		this.settings.forEach(SettingsRefresh::refresh);
	}

}
