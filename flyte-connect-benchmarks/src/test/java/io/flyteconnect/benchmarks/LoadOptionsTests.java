package io.flyteconnect.benchmarks;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LoadOptionsTests {

	@Test
	void whenNothingIsSaidThenTheStarterKeepsItsDefaults() {
		assertThat(LoadOptions.parse("--grpc=localhost:1", "--client-id=a", "--client-secret=b").properties())
			.containsOnlyKeys("flyte.config-file", "flyte.platform.url", "flyte.platform.insecure",
					"flyte.credentials.auth-mode", "flyte.credentials.client-id", "flyte.credentials.client-secret")
			.containsEntry("flyte.platform.insecure", "true")
			.containsEntry("flyte.credentials.auth-mode", "client-credentials");
	}

	@Test
	void whenFlagsAreGivenThenTheyBecomeProperties() {
		assertThat(LoadOptions
			.parse("--ca=/tmp/ca.pem", "--oauth-proxy=http://localhost:3", "--proxy-command=echo x", "--auth=device")
			.properties()).containsEntry("flyte.platform.ca-cert-file-path", "/tmp/ca.pem")
			.containsEntry("flyte.platform.insecure", "false")
			.containsEntry("flyte.platform.http-proxy-url", "http://localhost:3")
			.containsEntry("flyte.platform.http-proxy-scope", "oauth")
			.containsEntry("flyte.credentials.proxy-command", "echo x")
			.containsEntry("flyte.credentials.auth-mode", "device-flow")
			.containsEntry("flyte.credentials.interactive", "always")
			.doesNotContainKey("flyte.credentials.client-secret");
	}

	@Test
	void whenAPropertyIsGivenInFullThenItIsPassedOn() {
		assertThat(LoadOptions.parse("--flyte.channel.per-retry-timeout=0").properties())
			.containsEntry("flyte.channel.per-retry-timeout", "0");
	}

	@Test
	void whenAFlagHasNoValueThenItIsAnError() {
		assertThatIllegalArgumentException().isThrownBy(() -> LoadOptions.parse("steady"))
			.withMessageContaining("steady");
	}

	@Test
	void whenTheModeOrLoginIsUnknownThenItIsAnError() {
		assertThatIllegalArgumentException().isThrownBy(() -> LoadMode.of("storm"));
		assertThatIllegalArgumentException().isThrownBy(() -> LoadOptions.parse("--auth=magic").properties());
	}

}
