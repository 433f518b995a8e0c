package io.flyteconnect.samples.dashboard;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Shows the projects and executions of a Flyte cluster, launches and terminates.
 *
 * @since 0.1.0
 */
@SpringBootApplication
public class DashboardApplication {

	/**
	 * Start the dashboard.
	 * @param args options of Spring Boot, for example
	 * {@code --spring.profiles.active=sandbox} or {@code --server.port=9090}
	 */
	public static void main(String[] args) {
		SpringApplication.run(DashboardApplication.class, args);
	}

}
