package io.flyteconnect.test.container;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactories;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;

import io.flyteconnect.autoconfigure.FlyteConnectionDetails;
import io.flyteconnect.config.PlatformConfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for what is read of a service of Docker Compose.
 */
class DockerComposeConnectionTests {

	private static final String LABEL = "org.springframework.boot.service-connection";

	@ParameterizedTest
	@ValueSource(strings = { SandboxContainer.IMAGE, "ghcr.io/flyteorg/flyte-sandbox-bundled",
			"localhost:5000/flyteorg/flyte-sandbox-bundled@sha256:"
					+ "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" })
	void whenTheImageIsTheSandboxThenItsPublishedPortIsCalledInPlaintext(String image) throws Exception {
		PlatformConfig config = config(new RunningFlyte(image, "docker.example.com", 30080, 54321, Map.of()));
		assertThat(config.endpoint()).hasToString("docker.example.com:54321");
		assertThat(config.tls().insecure()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "flyte", "flyteorg/flyte-sandbox-bundled" })
	void whenTheLabelNamesFlyteThenTheImageDoesNotMatter(String label) throws Exception {
		PlatformConfig config = config(
				new RunningFlyte("registry.example.com/own", "127.0.0.1", 30080, 30080, Map.of(LABEL, label)));
		assertThat(config.endpoint()).hasToString("127.0.0.1:30080");
	}

	@ParameterizedTest
	@CsvSource({ "postgres:17,", "flyteorg/flyteconsole,", SandboxContainer.IMAGE + ",redis" })
	void whenAServiceIsSomethingElseThenItIsNoConnectionToFlyte(String image, String label) throws Exception {
		Map<String, String> labels = (label != null) ? Map.of(LABEL, label) : Map.of();
		assertThat(details(new RunningFlyte(image, "localhost", 30080, 1, labels)))
			.doesNotContainKey(FlyteConnectionDetails.class);
	}

	@Test
	void whenLabelsNameSettingsThenTheyCount() throws Exception {
		PlatformConfig config = config(new RunningFlyte(SandboxContainer.IMAGE, "::1", 443, 8443,
				Map.of("io.flyteconnect.port", "443", "io.flyteconnect.platform.insecure", "false",
						"io.flyteconnect.platform.insecure-skip-verify", "true",
						"io.flyteconnect.credentials.auth-mode", "none", "com.docker.compose.project", "app")));
		assertThat(config.endpoint()).hasToString("[::1]:8443");
		assertThat(config.tls().insecure()).isFalse();
		assertThat(config.tls().insecureSkipVerify()).isTrue();
	}

	@Test
	void whenALabelNamesAConnectionThenTheServiceStandsInForThatOne() throws Exception {
		FlyteConnectionDetails details = flyte(new RunningFlyte(SandboxContainer.IMAGE, "localhost", 30080, 30080,
				Map.of("io.flyteconnect.connection", "staging")));
		assertThat(details.connectionName()).isEqualTo("staging");
		assertThat(PlatformConfig.builder().apply(details::applyTo).build().endpoint()).hasToString("localhost:30080");
		assertThat(
				flyte(new RunningFlyte(SandboxContainer.IMAGE, "localhost", 30080, 30080, Map.of())).connectionName())
			.isEqualTo("default");
	}

	@Test
	void whenThePortIsNotPublishedThenTheServiceIsNamed() throws Exception {
		FlyteConnectionDetails details = flyte(
				new RunningFlyte(SandboxContainer.IMAGE, "localhost", 8080, 1, Map.of()));
		assertThatIllegalStateException().isThrownBy(() -> details.applyTo(PlatformConfig.builder()))
			.withMessage("The Flyte container 'app-flyte-1' does not publish its port 30080. Publish it, or name the"
					+ " port that Flyte listens on there by the label io.flyteconnect.port.");
	}

	private static PlatformConfig config(RunningService service) throws Exception {
		return PlatformConfig.builder().apply(flyte(service)::applyTo).build();
	}

	private static FlyteConnectionDetails flyte(RunningService service) throws Exception {
		return (FlyteConnectionDetails) details(service).get(FlyteConnectionDetails.class);
	}

	private static Map<Class<?>, ConnectionDetails> details(RunningService service) throws Exception {
		DockerComposeConnectionSource source = BeanUtils.instantiateClass(
				DockerComposeConnectionSource.class.getDeclaredConstructor(RunningService.class, Environment.class),
				service, new MockEnvironment());
		return new ConnectionDetailsFactories(null).getConnectionDetails(source, false);
	}

}
