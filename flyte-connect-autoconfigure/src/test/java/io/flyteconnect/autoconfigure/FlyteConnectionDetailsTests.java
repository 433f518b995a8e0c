package io.flyteconnect.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnections;
import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.config.ConnectionProperties;

import static org.assertj.core.api.Assertions.assertThat;

class FlyteConnectionDetailsTests {

	private static final FlyteConnectionDetails DETAILS = (properties) -> {
		properties.property("flyte.platform.url", "started.flyte.test:8089");
		properties.property("flyte.platform.insecure", true);
		properties.property("flyte.credentials.client-id", "started-client");
		properties.property("flyte.credentials.client-secret", "started-secret");
	};

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FlyteAutoConfiguration.class))
		.withPropertyValues("flyte.platform.url=configured.flyte.test:443",
				"flyte.platform.console-endpoint=https://configured.flyte.test/console",
				"flyte.credentials.auth-mode=device-flow", "flyte.credentials.audience=configured-audience",
				"flyte.channel.deadline=7s", "flyte.channel.max-retries=9", "flyte.secrets.env-prefix=CONFIGURED_");

	@Test
	void whenDetailsAreDefinedThenTheySayWhereAndHow() {
		this.runner.withBean(FlyteConnectionDetails.class, () -> DETAILS).run((context) -> {
			PlatformConfig config = context.getBean(FlyteConnection.class).config();
			assertThat(config.endpoint()).hasToString("started.flyte.test:8089");
			assertThat(config.tls().insecure()).isTrue();
			assertThat(config.consoleEndpoint()).isNull();
			CredentialSettings credentials = config.credentials();
			assertThat(credentials.authMode()).isEqualTo(AuthMode.CLIENT_CREDENTIALS);
			assertThat(credentials.clientId()).isEqualTo("started-client");
			assertThat(credentials.audience()).isNull();
		});
	}

	@Test
	void whenDetailsAreDefinedThenOtherSettingsStayAsConfigured() {
		this.runner.withBean(FlyteConnectionDetails.class, () -> DETAILS).run((context) -> {
			PlatformConfig config = context.getBean(PlatformConfig.class);
			assertThat(config.channel().deadline()).isEqualTo(Duration.ofSeconds(7));
			assertThat(config.channel().maxRetries()).isEqualTo(9);
			assertThat(config.secrets().envPrefix()).isEqualTo("CONFIGURED_");
		});
	}

	@Test
	void whenDetailsAreDefinedThenTheConfiguredSecretDoesNotWin() {
		this.runner
			.withPropertyValues("flyte.credentials.client-secret-location=" + Path.of("absent", "secret"),
					"flyte.credentials.client-secret-env-var=ABSENT_VARIABLE", "flyte.api-key=no api key",
					"flyte.platform.ca-cert-file-path=absent.pem", "flyte.platform.http-proxy-url=http://absent:1")
			.withBean(FlyteConnectionDetails.class, () -> DETAILS)
			.run((context) -> {
				PlatformConfig config = context.getBean(FlyteConnection.class).config();
				assertThat(Objects.requireNonNull(config.credentials().clientSecret()).read())
					.isEqualTo("started-secret");
				assertThat(config.tls().caCertFilePath()).isNull();
				assertThat(config.httpProxy().proxy()).isNull();
			});
	}

	@Test
	void whenDetailsNameACommandThenItIsTakenWordForWord() {
		FlyteConnectionDetails command = (properties) -> {
			properties.property("flyte.platform.url", "started.flyte.test");
			properties.property("flyte.credentials.auth-mode", AuthMode.EXTERNAL_COMMAND);
			properties.property("flyte.credentials.command", List.of("print", "a token"));
		};
		this.runner.withPropertyValues("flyte.credentials.command=gcloud auth print-token")
			.withBean(FlyteConnectionDetails.class, () -> command)
			.run((context) -> assertThat(context.getBean(PlatformConfig.class).credentials().command())
				.containsExactly("print", "a token"));
	}

	@Test
	void whenDetailsAreDefinedThenThePropertiesBeanShowsWhatIsConfigured() {
		this.runner.withBean(FlyteConnectionDetails.class, () -> DETAILS).run((context) -> {
			ConnectionProperties properties = context.getBean(ConnectionProperties.class);
			assertThat(properties.platform().url()).isEqualTo("configured.flyte.test:443");
			assertThat(properties.credentials().authMode()).isEqualTo(AuthMode.DEVICE_FLOW);
		});
	}

	@Test
	void whenSeveralDetailsNameConnectionsThenEachStandsInForItsOwn() {
		this.runner
			.withPropertyValues("flyte.connections.staging.platform.url=staging.flyte.test",
					"flyte.connections.production.platform.url=production.flyte.test")
			.withBean("one", FlyteConnectionDetails.class,
					() -> FlyteConnectionDetails.of("staging", (settings) -> settings.endpoint("one.flyte.test")))
			.withBean("two", FlyteConnectionDetails.class,
					() -> FlyteConnectionDetails.of("production", (settings) -> settings.endpoint("two.flyte.test")))
			.run((context) -> assertThat(context.getBean(FlyteConnections.class).stream())
				.extracting((connection) -> connection.config().endpoint().toString())
				.containsExactlyInAnyOrder("configured.flyte.test:443", "one.flyte.test", "two.flyte.test"));
	}

	@Test
	void whenDetailsNameNoConnectionThenTheErrorListsThem() {
		this.runner.withPropertyValues("flyte.connections.staging.platform.url=staging.flyte.test")
			.withBean(FlyteConnectionDetails.class,
					() -> FlyteConnectionDetails.of("production", (settings) -> settings.endpoint("one.flyte.test")))
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("A container, or a FlyteConnectionDetails bean, stands in for no connection:"
						+ " there is no Flyte connection named 'production'. There are: default, staging"));
	}

	@Test
	void whenDetailsAreWrongThenTheErrorDoesNotBlameTheConfiguration() {
		this.runner
			.withBean(FlyteConnectionDetails.class,
					() -> (properties) -> properties.property("flyte.platform.url", "no endpoint"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'no endpoint' is no endpoint")
				.hasMessageNotContaining("configured.flyte.test"));
	}

	@Test
	void whenThereAreNoDetailsThenThePropertiesDecide() {
		this.runner.run((context) -> {
			PlatformConfig config = context.getBean(PlatformConfig.class);
			assertThat(config.endpoint()).hasToString("configured.flyte.test:443");
			assertThat(config.credentials().authMode()).isEqualTo(AuthMode.DEVICE_FLOW);
		});
	}

}
