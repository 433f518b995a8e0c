package io.flyteconnect.integration.canary.search;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.apache.coyote.ProtocolHandler;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.audit.AuditEventRepository;
import org.springframework.boot.actuate.audit.InMemoryAuditEventRepository;
import org.springframework.boot.actuate.web.exchanges.HttpExchangeRepository;
import org.springframework.boot.actuate.web.exchanges.InMemoryHttpExchangeRepository;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.metrics.buffering.BufferingApplicationStartup;
import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.web.context.support.StandardServletEnvironment;

import io.flyteconnect.integration.connection.Applications;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A web application with all that can be looked at opened up: every endpoint of the
 * actuator with all values, and the log at TRACE.
 */
public final class CanaryApplication {

	private final Map<String, String> properties = new LinkedHashMap<>();

	private final Map<String, String> variables = new LinkedHashMap<>();

	private final List<Class<?>> configurations = new ArrayList<>(List.of(Service.class));

	private final List<Object> beans = new ArrayList<>();

	private WebApplicationType type = WebApplicationType.SERVLET;

	private CanaryApplication() {
	}

	public static CanaryApplication create() {
		return new CanaryApplication().property("spring.config.name", "no-settings")
			.property("spring.main.banner-mode", "off")
			.property("spring.main.register-shutdown-hook", false)
			.property("spring.jmx.enabled", true)
			.property("logging.config", LogRecorder.CONFIGURATION)
			.property("debug", true)
			.property("trace", true)
			.property("server.port", 0)
			.property("server.address", "127.0.0.1")
			.property("server.error.include-stacktrace", "always")
			.property("management.endpoints.web.exposure.include", "*")
			.property("management.endpoints.web.exposure.exclude", "heapdump")
			.property("management.endpoint.env.show-values", "always")
			.property("management.endpoint.configprops.show-values", "always")
			.property("management.endpoint.health.show-details", "always")
			.property("management.endpoint.health.show-components", "always")
			.property("management.info.env.enabled", true)
			.property("management.info.java.enabled", true)
			.property("management.info.os.enabled", true)
			.property("management.info.process.enabled", true)
			.property("management.httpexchanges.recording.include",
					"request-headers,response-headers,authorization-header,cookie-headers,principal,session-id")
			.property("flyte.config-file", "none")
			// What is asked for again is not the matter here.
			.property("flyte.channel.max-retries", 1)
			.property("flyte.channel.max-backoff-delay", "50ms");
	}

	public CanaryApplication property(String name, Object value) {
		this.properties.put(name, value.toString());
		return this;
	}

	public CanaryApplication properties(Map<String, String> properties) {
		properties.forEach(this::property);
		return this;
	}

	/**
	 * Let the shell run a script, which has an argument.
	 * @param property the property that wants a command
	 * @param script the script
	 * @param argument the argument, which may be a secret
	 * @return this
	 */
	public CanaryApplication command(String property, Path script, String argument) {
		return property(property + "[0]", "sh").property(property + "[1]", script)
			.property(property + "[2]", "--key=" + argument);
	}

	public CanaryApplication variable(String name, String value) {
		this.variables.put(name, value);
		return this;
	}

	public CanaryApplication bean(Object bean) {
		this.beans.add(bean);
		return this;
	}

	/**
	 * Let the application be without pages, where only a failure is looked at.
	 * @return this
	 */
	public CanaryApplication withoutWeb() {
		this.type = WebApplicationType.NONE;
		return this;
	}

	/**
	 * Start an application.
	 * @return its context, which has to be closed
	 */
	public ConfigurableApplicationContext run() {
		SpringApplication application = new SpringApplication(this.configurations.toArray(Class<?>[]::new));
		application.setWebApplicationType(this.type);
		application.setApplicationStartup(new BufferingApplicationStartup(4096));
		application.setEnvironment((this.type == WebApplicationType.NONE) ? new Applications.Environment(this.variables)
				: new WebEnvironment(this.variables));
		application.addInitializers((context) -> this.beans.forEach((bean) -> register(context, bean)));
		return application.run(this.properties.entrySet()
			.stream()
			.map((property) -> "--" + property.getKey() + "=" + property.getValue())
			.toArray(String[]::new));
	}

	@SuppressWarnings("unchecked")
	private static <T> void register(ConfigurableApplicationContext context, T bean) {
		if (bean instanceof ApplicationListener<?> listener) {
			context.addApplicationListener(listener);
			return;
		}
		((GenericApplicationContext) context).registerBean((Class<T>) bean.getClass(), () -> bean);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	public static class Service {

		@Bean
		public HttpExchangeRepository exchanges() {
			return new InMemoryHttpExchangeRepository();
		}

		@Bean
		public AuditEventRepository auditEvents() {
			return new InMemoryAuditEventRepository();
		}

		// Tells this web server's threads from those of the identity provider.
		@Bean
		public TomcatProtocolHandlerCustomizer<ProtocolHandler> threads() {
			return (handler) -> handler
				.setExecutor(Executors.newCachedThreadPool(new CustomizableThreadFactory("application-web-")));
		}

	}

	/** Keeps what the starter publishes. */
	public static final class Events implements ApplicationListener<PayloadApplicationEvent<?>> {

		private final List<Object> payloads = new ArrayList<>();

		@Override
		public synchronized void onApplicationEvent(PayloadApplicationEvent<?> event) {
			this.payloads.add(event.getPayload());
			notifyAll();
		}

		public synchronized List<Object> payloads() {
			return List.copyOf(this.payloads);
		}

		public synchronized void clear() {
			this.payloads.clear();
		}

		/**
		 * Wait for an event.
		 * @param type what is published
		 * @return the last of these
		 */
		public synchronized <T> T await(Class<T> type) throws InterruptedException {
			long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
			while (this.payloads.stream().noneMatch(type::isInstance)) {
				long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
				assertThat(left).as("milliseconds left for " + type.getSimpleName()).isPositive();
				wait(left);
			}
			return this.payloads.stream().filter(type::isInstance).map(type::cast).reduce((a, b) -> b).orElseThrow();
		}

	}

	private static final class WebEnvironment extends StandardServletEnvironment {

		private final Map<String, Object> variables;

		private WebEnvironment(Map<String, String> variables) {
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
