package io.flyteconnect.autoconfigure.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import io.flyteconnect.autoconfigure.FlyteAutoConfiguration;
import io.flyteconnect.autoconfigure.TestApplications;
import io.flyteconnect.identity.AuthRole;
import io.flyteconnect.identity.Identity;
import io.flyteconnect.identity.SecurityContext;
import io.flyteconnect.secret.Secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * One application in three places: the profile alone says whom its executions run as.
 */
@Tag("once")
class FlyteExecutionProfileTests {

	private final Path folder;

	FlyteExecutionProfileTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@BeforeEach
	void files() throws IOException {
		write("application.yml", """
				flyte:
				  config-file: none
				  execution:
				    run-as:
				      k8s-service-account: default
				""");
		write("application-staging.yml", """
				flyte:
				  execution:
				    run-as:
				      k8s-service-account: staging-robot
				    secrets:
				      - group: database
				        key: password
				""");
		write("application-prod.yml", """
				flyte:
				  execution:
				    run-as:
				      iam-role: arn:aws:iam::1:role/prod
				    secrets:
				      - group: database
				        group-version: "7"
				        key: password
				        mount-requirement: file
				      - group: api
				    auth-role:
				      assumable-iam-role: arn:aws:iam::1:role/prod
				""");
	}

	@Test
	void whenNoProfileThenTheCommonOne() {
		try (ConfigurableApplicationContext context = application().run()) {
			assertThat(context.getBean(SecurityContext.class)).isEqualTo(
					SecurityContext.builder().runAs(Identity.builder().k8sServiceAccount("default").build()).build());
			assertThat(context.getBeanProvider(AuthRole.class).getIfAvailable()).isNull();
		}
	}

	@Test
	void whenStagingThenItsAccountAndSecret() {
		try (ConfigurableApplicationContext context = application().argument("--spring.profiles.active=staging")
			.run()) {
			assertThat(context.getBean(SecurityContext.class)).isEqualTo(SecurityContext.builder()
				.runAs(Identity.builder().k8sServiceAccount("staging-robot").build())
				.secret(Secret.of("database", "password"))
				.build());
		}
	}

	@Test
	void whenProdThenItsRoleBesideTheCommonAccount() {
		try (ConfigurableApplicationContext context = application().argument("--spring.profiles.active=prod").run()) {
			SecurityContext securityContext = context.getBean(SecurityContext.class);
			assertThat(securityContext.runAs())
				.isEqualTo(Identity.builder().iamRole("arn:aws:iam::1:role/prod").k8sServiceAccount("default").build());
			assertThat(securityContext.secrets()).extracting(Secret::group, Secret::groupVersion)
				.containsExactly(tuple("database", "7"), tuple("api", null));
			assertThat(context.getBean(AuthRole.class).assumableIamRole()).isEqualTo("arn:aws:iam::1:role/prod");
		}
	}

	@Test
	void whenVariableIsSetThenItBeatsTheProfile() {
		try (ConfigurableApplicationContext context = application().argument("--spring.profiles.active=staging")
			.variable("FLYTE_EXECUTION_RUN_AS_K8S_SERVICE_ACCOUNT", "variable-robot")
			.run()) {
			assertThat(context.getBean(SecurityContext.class).runAs())
				.isEqualTo(Identity.builder().k8sServiceAccount("variable-robot").build());
		}
	}

	private TestApplications application() {
		return new TestApplications(this.folder).source(Executions.class);
	}

	private void write(String name, String text) throws IOException {
		Files.writeString(this.folder.resolve(name), text);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ FlyteAutoConfiguration.class, FlyteExecutionAutoConfiguration.class })
	static class Executions {

	}

}
