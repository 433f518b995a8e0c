package io.flyteconnect.test.context;

import java.util.List;
import java.util.Map;

import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import flyteidl.core.Security;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.execution.LaunchRequest;
import io.flyteconnect.secret.FlyteSecretChangedEvent;
import io.flyteconnect.secret.Secret;
import io.flyteconnect.test.FlyteTest;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Flyte gets of the executions that are launched over each connection.
 */
@SpringBootTest(classes = NamedExecutionsTests.Application.class,
		properties = { "flyte.platform.url=flyte.example.com:443",
				"flyte.execution.run-as.k8s-service-account=of-default",
				"flyte.connections.left.execution.run-as.k8s-service-account=of-left",
				"flyte.connections.left.execution.secrets[0].group=group-of-left",
				"flyte.connections.left.execution.secrets[0].key=token", "flyte.connections.heir.inherit=true",
				"flyte.connections.heir.execution.tokens[0].name=token-of-heir",
				"flyte.connections.heir.execution.tokens[0].client.client-id=client",
				"flyte.connections.heir.execution.tokens[0].token-endpoint=https://idp.flyte.test/token" })
@FlyteTest(sampleData = true)
@FlyteTest(connection = "left", sampleData = true)
@FlyteTest(connection = "heir", sampleData = true)
class NamedExecutionsTests {

	@Autowired
	private ConfigurableApplicationContext context;

	@ParameterizedTest
	@CsvSource({ "default, of-default, ,", "left, of-left, group-of-left,", "heir, of-default, , token-of-heir" })
	void whenAnExecutionIsLaunchedThenItHasWhatItsConnectionSays(String connection, String account, String secret,
			String token) {
		Security.SecurityContext sent = launch(connection);
		assertThat(sent.getRunAs().getK8SServiceAccount()).isEqualTo(account);
		assertThat(sent.getSecretsList()).extracting(Security.Secret::getGroup)
			.isEqualTo((secret != null) ? List.of(secret) : List.of());
		assertThat(sent.getTokensList()).extracting(Security.OAuth2TokenRequest::getName)
			.isEqualTo((token != null) ? List.of(token) : List.of());
	}

	@Test
	void whenTheyChangeThenTheNextLaunchHasThem() {
		assertThat(launch("left").getRunAs().getIamRole()).isEmpty();
		this.context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("changed",
					Map.of("flyte.connections.left.execution.run-as.iam-role", "changed")));
		this.context.publishEvent(new FlyteSecretChangedEvent(Secret.builder().group("group").key("key").build()));
		assertThat(launch("left").getRunAs().getIamRole()).isEqualTo("changed");
		assertThat(launch("default").getRunAs().getIamRole()).isEmpty();
	}

	private Security.SecurityContext launch(String connection) {
		WorkflowExecutionIdentifier id = bean(FlyteExecutions.class, connection)
			.launch(LaunchRequest.launchPlan("flytesnacks", "development", "hello_world").build());
		return bean(FlyteTestServer.class, connection).executions().get(id).getSpec().getSecurityContext();
	}

	private <T> T bean(Class<T> type, String connection) {
		return connection.equals("default") ? this.context.getBean(type)
				: BeanFactoryAnnotationUtils.qualifiedBeanOfType(this.context.getBeanFactory(), type, connection);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
