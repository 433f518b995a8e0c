package io.flyteconnect.test.container;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import io.flyteconnect.FlyteAdminStub;

/**
 * An application that a developer starts beside a file of Docker Compose.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class DockerComposeApplication {

	public static void main(String[] arguments) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(DockerComposeApplication.class)
			.run(arguments)) {
			System.out.println("PROJECTS " + context.getBean(FlyteAdminStub.class)
				.blocking()
				.listProjects(ProjectListRequest.getDefaultInstance())
				.getProjectsCount());
		}
	}

}
