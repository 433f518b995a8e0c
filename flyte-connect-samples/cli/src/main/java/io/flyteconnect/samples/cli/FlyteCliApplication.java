package io.flyteconnect.samples.cli;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/**
 * The application behind the tool: nothing but the connection to Flyte.
 *
 * @since 0.1.0
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class FlyteCliApplication {

	/**
	 * Start the application alone, as it is done to process it ahead of time: the tool
	 * itself starts it for a command.
	 * @param properties properties of Spring
	 */
	public static void main(String[] properties) {
		create().run(properties);
	}

	static SpringApplication create() {
		SpringApplication application = new SpringApplication(FlyteCliApplication.class);
		// Whose name what is generated ahead of time has.
		application.setMainApplicationClass(FlyteCliApplication.class);
		return application;
	}

}
