package io.flyteconnect.integration.connection;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.flyteconnect.FlyteConnectionFactory;

/**
 * Applications that use the starter as a service does: everything comes from
 * auto-configuration. Each has its own command line and environment variables.
 */
public final class Applications {

	private final Map<String, String> properties = new LinkedHashMap<>();

	private final Map<String, String> variables = new LinkedHashMap<>();

	private final List<ApplicationContextInitializer<GenericApplicationContext>> beans = new ArrayList<>();

	private final List<ApplicationListener<?>> listeners = new ArrayList<>();

	private Applications() {
		property("spring.main.banner-mode", "off");
		property("spring.main.web-application-type", "none");
		property("spring.main.register-shutdown-hook", false);
		property("flyte.config-file", "none");
		// The application.yml of these tests is for another one.
		property("spring.config.name", "no-settings");
	}

	public static Applications create() {
		return new Applications();
	}

	public Applications property(String name, Object value) {
		this.properties.put(name, value.toString());
		return this;
	}

	public Applications properties(Map<String, String> properties) {
		properties.forEach(this::property);
		return this;
	}

	/**
	 * Add what another description has, which wins.
	 */
	public Applications and(Applications other) {
		this.properties.putAll(other.properties);
		this.variables.putAll(other.variables);
		this.beans.addAll(other.beans);
		this.listeners.addAll(other.listeners);
		return this;
	}

	public Applications variable(String name, String value) {
		this.variables.put(name, value);
		return this;
	}

	public <T> Applications bean(Class<T> type, T bean) {
		this.beans.add((context) -> context.registerBean(type, () -> bean));
		return this;
	}

	/**
	 * Let the application's logins have a clock of their own.
	 */
	public Applications clock(Clock clock) {
		this.beans.add((context) -> context.registerBean(FlyteConnectionFactory.class,
				() -> FlyteConnectionFactory.builder()
					.environment(Map.of())
					.events(context::publishEvent)
					.clock(clock)
					.build()));
		return this;
	}

	public Applications listener(ApplicationListener<?> listener) {
		this.listeners.add(listener);
		return this;
	}

	/**
	 * Let the application have settings of its own.
	 * @param location where its {@code application.yml} and those of its profiles are
	 * @param file its Flyte file
	 * @return this
	 */
	public Applications settings(String location, Path file) {
		this.properties.remove("spring.config.name");
		this.properties.remove("flyte.config-file");
		return property("spring.config.location", location).variable("FLYTE_CONFIG_FILE", file.toString());
	}

	/**
	 * Start an application.
	 * @return its context, which has to be closed
	 */
	public ConfigurableApplicationContext run() {
		SpringApplication application = new SpringApplication(Service.class);
		application.setEnvironment(new Environment(this.variables));
		this.beans.forEach(application::addInitializers);
		this.listeners.forEach(application::addListeners);
		return application.run(this.properties.entrySet()
			.stream()
			.map((property) -> "--" + property.getKey() + "=" + property.getValue())
			.toArray(String[]::new));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	public static class Service {

	}

	/**
	 * The environment of a process with these variables.
	 */
	public static final class Environment extends StandardEnvironment {

		private final Map<String, Object> variables;

		public Environment(Map<String, String> variables) {
			this.variables = new LinkedHashMap<>(variables);
			getPropertySources().replace(SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					new SystemEnvironmentPropertySource(SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, this.variables));
		}

		@Override
		public Map<String, Object> getSystemEnvironment() {
			// Called by the superclass before the variables are set.
			return (this.variables != null) ? this.variables : Map.of();
		}

	}

}
