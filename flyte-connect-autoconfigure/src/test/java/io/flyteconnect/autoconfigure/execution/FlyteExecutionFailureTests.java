package io.flyteconnect.autoconfigure.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.flyteconnect.autoconfigure.TestApplications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a person reads when {@code flyte.execution.*} cannot mean anything.
 */
@Tag("once")
@ExtendWith(OutputCaptureExtension.class)
class FlyteExecutionFailureTests {

	private final Path folder;

	FlyteExecutionFailureTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@ParameterizedTest
	@CsvSource({ "run-as.iam-role, iamRole", "run-as.k8s-service-account, k8sServiceAccount",
			"run-as.execution-identity, executionIdentity", "run-as.oauth2-client.client-id, clientId",
			"auth-role.assumable-iam-role, assumableIamRole",
			"auth-role.kubernetes-service-account, kubernetesServiceAccount" })
	void whenValueIsBlankThenPropertyPlaceAndRemedyAreNamed(String property, String field, CapturedOutput output)
			throws IOException {
		fails("flyte.config-file: none\nflyte.execution." + property + ": '  '\n");
		assertThat(output).contains("Property: flyte.execution." + property + "\n")
			.contains("application.yml]:2:" + (property.length() + 19))
			.contains("Reason: '" + field + "' must not be blank.")
			.contains("Correct flyte.execution." + property + ", or remove it.");
	}

	@Test
	void whenSecretHasNoGroupThenPropertyAndPlaceOfTheSecretAreNamed(CapturedOutput output) throws IOException {
		fails("""
				flyte:
				  config-file: none
				  execution:
				    run-as.k8s-service-account: robot
				    secrets:
				      - group: one
				      - key: two
				""");
		assertThat(output).contains("Property: flyte.execution.secrets[1].group\n")
			.contains("application.yml]:7:14")
			.contains("'group' must be set for a secret that is declared to Flyte.")
			.contains("Set flyte.execution.secrets[1].group, or remove flyte.execution.secrets[1].");
	}

	@Test
	void whenVariableOfASecretIsNoneThenPropertyAndPlaceAreNamed(CapturedOutput output) throws IOException {
		fails("""
				flyte:
				  config-file: none
				  execution:
				    secrets:
				      - group: one
				        env-var: "lower"
				""");
		assertThat(output).contains("Property: flyte.execution.secrets[0].env-var\n")
			.contains("application.yml]:6:18")
			.contains("capital letters");
	}

	@Test
	void whenMountRequirementIsUnknownThenWordsAndPlaceAreNamed(CapturedOutput output) throws IOException {
		fails("""
				flyte:
				  config-file: none
				  execution:
				    secrets:
				      - group: one
				        mount-requirement: socket
				""");
		assertThat(output).contains("flyte.execution.secrets[0].mount-requirement")
			.contains("socket")
			.contains("6:28")
			.contains("env-var");
	}

	@Test
	void whenClientIdOfATokenIsMissingThenItIsNamed(CapturedOutput output) throws IOException {
		fails("""
				flyte:
				  config-file: none
				  execution:
				    run-as.k8s-service-account: robot
				    tokens:
				      - name: token
				        token-endpoint: https://idp.example.com/token
				        client:
				          client-secret:
				            group: oauth
				            key: secret
				""");
		assertThat(output).contains("Property: flyte.execution.tokens[0].client.client-id\n")
			.contains("application.yml]:10:20")
			.contains("'clientId' must be set.");
	}

	@Test
	void whenClientOfATokenIsMissingThenItIsNamed(CapturedOutput output) throws IOException {
		fails("""
				flyte:
				  config-file: none
				  execution:
				    tokens:
				      - name: token
				        idp-discovery-endpoint: https://idp.example.com
				""");
		assertThat(output).contains("Property: flyte.execution.tokens[0].client\n").contains("5:15");
	}

	@Test
	void whenNoEndpointOfATokenIsSetThenItIsNamed(CapturedOutput output) throws IOException {
		fails("""
				flyte:
				  config-file: none
				  execution:
				    tokens:
				      - name: token
				        client.client-id: client
				""");
		assertThat(output).contains("Property: flyte.execution.tokens[0].token-endpoint\n")
			.contains("application.yml]:5:15")
			.contains("says where the token is issued");
	}

	@Test
	void whenClientSecretIsATextThenItIsNotShown(CapturedOutput output) throws IOException {
		fails("""
				flyte:
				  config-file: none
				  execution:
				    run-as:
				      oauth2-client:
				        client-id: client
				        client-secret: hush-hush
				""");
		assertThat(output).contains("Property: flyte.execution.run-as.oauth2-client.client-secret\n")
			.contains("application.yml]:7:24")
			.contains("the name of a secret is wanted")
			.contains("client-secret.group and")
			.doesNotContain("hush-hush");
	}

	@Test
	void whenSecretsAreATextThenItIsNotShown(CapturedOutput output) throws IOException {
		fails("flyte.config-file: none\nflyte.execution.secrets: hush-hush\n");
		assertThat(output).contains("Property: flyte.execution.secrets\n")
			.contains("flyte.execution.secrets[0].group and")
			.doesNotContain("hush-hush");
	}

	@Test
	void whenFlyteAdminWouldDropSecretsThenPropertyPlaceAndRemedyAreNamed(CapturedOutput output) throws IOException {
		fails("""
				flyte:
				  config-file: none
				  execution:
				    secrets:
				      - group: one
				        key: two
				""");
		assertThat(output).contains("Property: flyte.execution.secrets\n")
			.contains("application.yml]:5:16")
			.contains("Flyte Admin drops a security context that does not say whom to run as")
			.contains("Set flyte.execution.run-as.k8s-service-account, flyte.execution.run-as.iam-role or"
					+ " flyte.execution.run-as.execution-identity, or one of flyte.execution.auth-role.*.");
	}

	@Test
	void whenFlyteAdminWouldDropTokensOrClientThenTheseAreNamed(CapturedOutput output) throws IOException {
		fails("""
				flyte:
				  config-file: none
				  execution:
				    tokens:
				      - name: token
				        token-endpoint: https://idp.example.com/token
				        client.client-id: client
				""");
		assertThat(output).contains("Property: flyte.execution.tokens\n");
		fails("flyte.config-file: none\nflyte.execution.run-as.oauth2-client.client-id: client\n");
		assertThat(output).contains("Property: flyte.execution.run-as.oauth2-client\n");
	}

	@Test
	void whenPauseMeansNothingThenPropertyAndPlaceAreNamed(CapturedOutput output) throws IOException {
		fails("flyte.config-file: none\nflyte.execution.poll-interval: 0s\n");
		assertThat(output).contains("Property: flyte.execution.poll-interval\n").contains("2:32");
		fails("flyte.config-file: none\nflyte.execution.max-poll-interval: 500ms\n");
		assertThat(output).contains("Property: flyte.execution.max-poll-interval\n")
			.contains("'PT0.5S' is shorter than the first pause of PT1S.");
		fails("flyte.config-file: none\nflyte.execution.max-poll-interval: 99999999999d\n");
		assertThat(output).contains("'PT2399999999976H' is longer than 292 years.");
	}

	@Test
	void whenVariableIsBlankThenItIsNamed(CapturedOutput output) throws IOException {
		Files.writeString(this.folder.resolve("application.yml"), "flyte.config-file: none\n");
		fails(application().variable("FLYTE_EXECUTION_RUN_AS_IAM_ROLE", " "));
		assertThat(output).contains("Origin: environment variable FLYTE_EXECUTION_RUN_AS_IAM_ROLE");
	}

	private void fails(String settings) throws IOException {
		Files.writeString(this.folder.resolve("application.yml"), settings);
		fails(application());
	}

	private TestApplications application() {
		return new TestApplications(this.folder).source(FlyteExecutionProfileTests.Executions.class);
	}

	private static void fails(TestApplications application) {
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> application.run().close());
	}

}
