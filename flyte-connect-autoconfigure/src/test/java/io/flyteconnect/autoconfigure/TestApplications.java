package io.flyteconnect.autoconfigure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.config.ConnectionProperties;
import io.flyteconnect.internal.config.PlatformConfigFactory;
import io.flyteconnect.internal.config.origin.PropertyLookup;
import io.flyteconnect.internal.configfile.ProcessEnvironment;

/**
 * Applications that read their Flyte settings, with their own variables, home and
 * application.yml.
 */
public final class TestApplications {

	private final Path folder;

	private final Map<String, Object> variables = new HashMap<>();

	private final List<String> arguments = new ArrayList<>();

	private final List<Class<?>> sources = new ArrayList<>(List.of(Settings.class));

	private WebApplicationType type = WebApplicationType.NONE;

	/**
	 * Create an application.
	 * @param folder the folder of application.yml; its folder "home" is the home
	 */
	public TestApplications(Path folder) {
		this.folder = folder;
		this.variables.put("HOME", folder.resolve("home").toString());
	}

	/**
	 * Create an application that is auto-configured, and nothing else.
	 * @param folder the folder of application.yml; its folder "home" is the home
	 */
	public static TestApplications autoConfigured(Path folder) {
		TestApplications application = new TestApplications(folder);
		application.sources.clear();
		return application.source(AutoConfigured.class);
	}

	public TestApplications variable(String name, String value) {
		this.variables.put(name, value);
		return this;
	}

	public TestApplications argument(String argument) {
		this.arguments.add(argument);
		return this;
	}

	public TestApplications source(Class<?> source) {
		this.sources.add(source);
		return this;
	}

	public TestApplications servlet(Class<?> source) {
		this.sources.add(source);
		this.type = WebApplicationType.SERVLET;
		return this;
	}

	public ConfigurableApplicationContext run() {
		SpringApplication application = new SpringApplication(this.sources.toArray(Class<?>[]::new));
		application.setWebApplicationType(this.type);
		application.setRegisterShutdownHook(false);
		StandardEnvironment environment = new StandardEnvironment();
		String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, this.variables));
		application.setEnvironment(environment);
		this.arguments.add("--spring.config.location=file:" + this.folder + "/");
		this.arguments.add("--spring.main.banner-mode=off");
		this.arguments.add("--logging.level.io.flyteconnect=info");
		return application.run(this.arguments.toArray(String[]::new));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class AutoConfigured {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties({ FlyteProperties.class, ConnectionProperties.class })
	static class Settings {

		@Bean
		PlatformConfig flytePlatformConfig(ConnectionProperties properties, ConfigurableEnvironment environment) {
			return new PlatformConfigFactory(ProcessEnvironment.of(environment)).create(PlatformConfig.DEFAULT_NAME,
					properties, PropertyLookup.of(environment, "flyte"));
		}

	}

}
