package io.flyteconnect.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Properties and variables whose names are not quite those of Flyte's.
 */
@ExtendWith(OutputCaptureExtension.class)
class PropertyNamesTests {

	private final Path folder;

	PropertyNamesTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@Test
	void whenNamesAreMisspeltAnywhereThenEachIsWarnedOfWithItsPlace(CapturedOutput output) throws Exception {
		Files.writeString(this.folder.resolve("application.yml"), """
				flyte:
				  platform:
				    endpoint: s3cret.example
				    insecur: true
				  credentials:
				    clientId: right
				    scopes: [all]
				  channel:
				    dead_line: 5s
				    bogus: s3cret
				  own-things:
				    of: mine
				flyte-secret.x: y
				""");
		new TestApplications(this.folder).argument("--flyte.platfrom.url=s3cret.example")
			.variable("FLYTE_CREDENTIALS_CLEINT_ID", "s3cret")
			.variable("FLYTE_CREDENTIALS_SCOPES_0", "all")
			.variable("FLYTE_INTERNAL_EXECUTION_ID", "f1")
			.variable("FLYTE_SDK_LOGGING_LEVEL", "10")
			.variable("FLYTE_PLATFORM_SERVICE_HOST", "10.0.0.1")
			.variable("FLYTE_PLATFORM_PORT", "tcp://10.0.0.1:81")
			.variable("FLYTE_PLATFORM_PORT_81_TCP_ADDR", "10.0.0.1")
			.run()
			.close();
		String text = output.toString();
		assertThat(text.split("has no effect", -1)).hasSize(6);
		assertThat(text).doesNotContain("s3cret")
			.contains("flyte.platform.insecur (", "application.yml]:4:14)", "did you mean flyte.platform.insecure?")
			.contains("flyte.platfrom.url (", "did you mean flyte.platform.url?")
			.contains("flyte.channel.bogus (")
			.contains("environment variable FLYTE_CREDENTIALS_CLEINT_ID",
					"did you mean flyte.credentials.client-id (FLYTE_CREDENTIALS_CLIENT_ID)?")
			.contains("flyte.platform.endpoint (");
	}

	@ParameterizedTest
	@CsvSource({ "flyte.url,flyte.platform.url", "flyte.platform.uri,flyte.platform.url",
			"flyte.credential.client-id,flyte.credentials.client-id",
			"flyte.client-secret,flyte.credentials.client-secret", "flyte.startup-chek,flyte.startup-check",
			"flyte.apikey2,flyte.api-key", "flyte.execution.pol-interval,flyte.execution.poll-interval" })
	void whenNameIsNearlyRightThenTheRightOneIsFound(String name, String nearest) {
		assertThat(names().contains(name)).isFalse();
		assertThat(names().nearest(name)).isEqualTo(nearest);
	}

	@ParameterizedTest
	@ValueSource(strings = { "flyte.platform.url", "flyte.platform.consoleEndpoint", "flyte.credentials.client.id",
			"flyte.credentials.scopes[0]", "flyte.credentials.scopes.0", "flyte.execution.secrets[1].env-var",
			"flyte.credentials.pkce.any-port", "flyte.secrets.env-prefix", "flyte.enabled" })
	void whenNameIsRightInAnyFormThenItIsKnown(String name) {
		assertThat(names().contains(name)).isTrue();
	}

	private static PropertyNames names() {
		return Objects.requireNonNull(PropertyNames.load());
	}

}
