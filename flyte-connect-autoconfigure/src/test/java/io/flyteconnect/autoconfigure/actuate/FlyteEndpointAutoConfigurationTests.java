package io.flyteconnect.autoconfigure.actuate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.flyteconnect.actuate.FlyteEndpointWebExtension;
import io.flyteconnect.autoconfigure.FlyteAutoConfiguration;
import io.flyteconnect.autoconfigure.execution.FlyteExecutionAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who sees values at the endpoint, and which Flyte file each connection is said to have
 * looked for.
 */
class FlyteEndpointAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FlyteEndpointAutoConfiguration.class, FlyteAutoConfiguration.class,
				FlyteExecutionAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=flyte", "flyte.platform.url=flyte.example.com");

	@ParameterizedTest
	@CsvSource({ "always, , false, true", "always, ADMIN, false, true", "never, , true, false",
			"when-authorized, , false, false", "when-authorized, , true, true", "when-authorized, ADMIN, true, true",
			"when-authorized, OTHER, true, false", "when-authorized, ADMIN, false, false" })
	void whenSomebodyLooksThenValuesAreShownToWhomTheyMay(String show, String role, boolean admin, boolean shown) {
		this.runner
			.withPropertyValues("flyte.config-file=none", "management.endpoint.flyte.show-values=" + show,
					"management.endpoint.flyte.roles=" + ((role != null) ? role : ""))
			.run((context) -> {
				FlyteEndpointWebExtension pages = context.getBean(FlyteEndpointWebExtension.class);
				SecurityContext somebody = admin ? new Admin() : SecurityContext.NONE;
				String value = shown ? "value=flyte.example.com" : "value=******";
				assertThat(pages.connections(somebody).toString()).contains("flyte.platform.url={" + value);
				assertThat(pages.connection(somebody, "default").getBody().toString())
					.contains("flyte.platform.url={" + value);
			});
	}

	@Test
	void whenAConnectionHasANameThenOnlyTheFileThatItNamesOrInheritsWasLookedFor(@TempDir Path folder)
			throws Exception {
		String own = Files.writeString(folder.resolve("own.yaml"), "admin:\n  endpoint: own.example.com\n").toString();
		String unnamed = folder.resolve("unnamed.yaml").toString();
		this.runner
			.withPropertyValues("flyte.config-file=" + unnamed, "flyte.connections.own.config-file=" + own,
					"flyte.connections.own.platform.url=own.example.com",
					"flyte.connections.alone.platform.url=alone.example.com", "flyte.connections.heir.inherit=true")
			.run((context) -> {
				assertThat(lookedFor(context, "default")).isEqualTo("[" + unnamed + "]");
				assertThat(lookedFor(context, "own")).isEqualTo("[" + own + "]");
				assertThat(lookedFor(context, "alone")).isEqualTo("[]");
				assertThat(lookedFor(context, "heir")).isEqualTo("[" + unnamed + "]");
			});
	}

	@Test
	void whenExecutionsHaveSettingsThenTheyAreShownWithTheirOrigin() {
		this.runner
			.withPropertyValues("management.endpoint.flyte.show-values=always", "flyte.config-file=none",
					"flyte.execution.run-as.k8s-service-account=of-default", "flyte.execution.poll-interval=3s",
					"flyte.connections.own.platform.url=own.example.com",
					"flyte.connections.own.execution.secrets[0].group=group",
					"flyte.connections.own.execution.secrets[0].key=token",
					"flyte.connections.own.execution.run-as.iam-role=of-own", "flyte.connections.heir.inherit=true",
					"flyte.connections.heir.execution.auth-role.assumable-iam-role=role")
			.run((context) -> {
				assertThat(settings(context, "default"))
					.contains("flyte.execution.run-as.k8s-service-account={value=of-default, origin=\"")
					.contains("flyte.execution.max-poll-interval={value=10s, origin=default,");
				assertThat(settings(context, "own"))
					.contains("flyte.connections.own.execution.secrets[0].group={value=group, origin=\"")
					.contains("flyte.connections.own.execution.poll-interval={value=1s, origin=default,")
					.doesNotContain("of-default");
				assertThat(settings(context, "heir")).contains("flyte.execution.poll-interval={value=3s, origin=\"")
					.contains("flyte.connections.heir.execution.auth-role.assumable-iam-role={value=role, origin=\"");
			});
	}

	@Test
	void whenTheClientSecretIsInAFileThenItsOriginIsTheSettingThatNamesTheFile(@TempDir Path folder) throws Exception {
		Path secret = Files.writeString(folder.resolve("secret"), "s3cret");
		this.runner.withPropertyValues("management.endpoint.flyte.show-values=always", "flyte.config-file=none",
				"flyte.connections.own.platform.url=own.example.com", "flyte.connections.own.credentials.client-id=me",
				"flyte.connections.own.credentials.client-secret-location=" + secret)
			.run((context) -> assertThat(settings(context, "own"))
				.contains("flyte.connections.own.credentials.client-secret={value=******, origin=as"
						+ " flyte.connections.own.credentials.client-secret-location (\""));
	}

	private static String settings(ApplicationContext context, String name) {
		Map<?, ?> page = context.getBean(FlyteEndpointWebExtension.class)
			.connection(SecurityContext.NONE, name)
			.getBody();
		return String.valueOf(page.get("settings"));
	}

	private static String lookedFor(ApplicationContext context, String name) {
		Map<?, ?> page = context.getBean(FlyteEndpointWebExtension.class)
			.connection(SecurityContext.NONE, name)
			.getBody();
		return String.valueOf(((Map<?, ?>) page.get("flyteFile")).get("lookedFor"));
	}

	private static final class Admin implements SecurityContext {

		@Override
		public Principal getPrincipal() {
			return () -> "admin";
		}

		@Override
		public boolean isUserInRole(String role) {
			return role.equals("ADMIN");
		}

	}

}
