package io.flyteconnect.autoconfigure.environment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.flyteconnect.autoconfigure.TestApplications;
import io.flyteconnect.internal.config.ConnectionProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Properties and variables whose names are not quite those of Flyte's.
 */
@Tag("once")
@ExtendWith(OutputCaptureExtension.class)
class PropertyNamesTests {

	private static final Path METADATA = Path.of("target", "classes", "META-INF", "spring-configuration-metadata.json");

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
				    url: https://own.example
				    scopes: [mine]
				    channel.deadline: 1s
				flyte-secret.x: y
				""");
		new TestApplications(this.folder).argument("--flyte.platfrom.url=s3cret.example")
			.variable("FLYTE_CREDENTIALS_CLEINT_ID", "s3cret")
			.variable("FLYTE_CREDENTIALS_SCOPES_0", "all")
			.variable("FLYTE_INTERNAL_EXECUTION_ID", "f1")
			.variable("FLYTE_SDK_LOGGING_LEVEL", "10")
			.variable("FLYTE_PLATFORM_SERVICE_HOST", "10.0.0.1")
			.variable("FLYTE_OWNTHINGS_AUDIENCE", "mine")
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
			.containsPattern("flyte.platform.endpoint \\(.*did you mean flyte.platform.url\\?");
	}

	@Test
	void whenOnlyDotsAndDashesDifferThenEachIsWarnedOfAndNoneHidesAnother(CapturedOutput output) throws Exception {
		Files.writeString(this.folder.resolve("application.yml"), """
				flyte:
				  platform-url: s3cret
				  api.key: s3cret
				  config:
				    file: s3cret
				  plat-form:
				    insecure: true
				  startup.check: s3cret
				  credentials:
				    token.url: s3cret
				    token-url: https://login.example/token
				    scopes0: s3cret
				  token-store: jdbc
				""");
		new TestApplications(this.folder).variable("FLYTE_CONFIG_FILE", "none")
			.variable("FLYTE_PLATFORM_URL", "flyte.example")
			.variable("FLYTE_CREDENTIALS_SCOPES1", "s3cret")
			.variable("FLYTE_PLATFORMCONSOLE_ENDPOINT", "s3cret")
			.variable("FLYTE_STARTUPCHECK", "none")
			.run()
			.close();
		String text = output.toString();
		assertThat(text.split("has no effect", -1)).hasSize(10);
		assertThat(text).doesNotContain("s3cret", "none of this name; did you mean flyte.startup-check (")
			.contains("flyte.platform-url (", "did you mean flyte.platform.url?")
			.contains("flyte.api.key (", "did you mean flyte.api-key?")
			.contains("application.yml]:5:11) has no effect", "did you mean flyte.config-file?")
			.contains("flyte.startup.check (", "did you mean flyte.startup-check?")
			.contains("flyte.credentials.token.url (", "did you mean flyte.credentials.token-url?")
			.contains("flyte.credentials.scopes0 (", "environment variable FLYTE_CREDENTIALS_SCOPES1)")
			.contains("environment variable FLYTE_PLATFORMCONSOLE_ENDPOINT)", "(FLYTE_PLATFORM_CONSOLE_ENDPOINT)?")
			.containsPattern(
					"flyte.token-store \\(.*application.yml\\]:13:16\\) has no effect: there is none of this name\n");
	}

	@Test
	void whenConnectionsIsMisspeltThenEachSettingIsWarnedOf(CapturedOutput output) throws Exception {
		Files.writeString(this.folder.resolve("application.yml"), """
				flyte:
				  conections:
				    staging:
				      platform:
				        url: s3cret.example
				  connection.prodEu.inherit: true
				  chanel:
				    deadline: 5s
				""");
		new TestApplications(this.folder).variable("FLYTE_CONECTIONS_US_EAST_PLATFORM_URL", "s3cret")
			.variable("FLYTE_CONNECTION_POOL", "mine")
			.run()
			.close();
		String text = output.toString();
		assertThat(text.split("has no effect", -1)).hasSize(5);
		assertThat(text).doesNotContain("s3cret")
			.contains("The property flyte.conections.staging.platform.url (", "application.yml]:5:14)",
					"did you mean flyte.connections.staging.platform.url?")
			.contains("application.yml]:6:30)")
			.contains("did you mean flyte.channel.deadline?")
			.contains("environment variable FLYTE_CONECTIONS_US_EAST_PLATFORM_URL",
					"(FLYTE_CONNECTIONS_US_EAST_PLATFORM_URL)?");
	}

	@Test
	void whenAPropertyIsInTheMetadataThenItIsKnownInEachForm(CapturedOutput output) throws Exception {
		Map<String, Object> properties = new HashMap<>();
		Map<String, Object> variables = new HashMap<>();
		List<String> names = new ArrayList<>();
		for (JsonNode property : JsonMapper.shared().readTree(Files.readString(METADATA)).get("properties")) {
			String name = property.get("name").asString();
			if (name.startsWith("flyte.") && !name.equals("flyte.connections")) {
				boolean list = property.get("type").asString().startsWith("java.util.List");
				names.add(list ? name + "[0]" : name);
			}
		}
		assertThat(names).hasSizeGreaterThan(70);
		for (String name : names) {
			List<String> forms = new ArrayList<>(List.of(name));
			if (name.matches("flyte\\.(?:api-key|config-file|(?:platform|credentials|channel|execution)\\..*)")) {
				forms.add(name.replaceFirst("flyte", "flyte.connections.myCluster"));
			}
			for (String form : forms) {
				properties.put(form, "true");
				properties.put(form.replace('-', '_'), "true");
				variables.put(form.replace("-", "").replaceAll("[.\\[]", "_").replace("]", "").toUpperCase(Locale.ROOT),
						"true");
			}
		}
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("all", properties));
		environment.getPropertySources()
			.replace("systemEnvironment", new SystemEnvironmentPropertySource("systemEnvironment", variables));
		new FlytePropertyNamesEnvironmentPostProcessor(Supplier::get).postProcessEnvironment(environment,
				new SpringApplication());
		assertThat(output).doesNotContain("has no effect");
		environment.getPropertySources()
			.addFirst(new MapPropertySource("one", Map.of("flyte.platform.urll", "misspelt")));
		new FlytePropertyNamesEnvironmentPostProcessor(Supplier::get).postProcessEnvironment(environment,
				new SpringApplication());
		assertThat(output).containsOnlyOnce("has no effect");
	}

	@ParameterizedTest
	@CsvSource({ "flyte.url,flyte.platform.url", "flyte.platform.uri,flyte.platform.url",
			"flyte.platfrom.insecure-skip-verify,flyte.platform.insecure-skip-verify",
			"flyte.credential.client-id,flyte.credentials.client-id",
			"flyte.client-secret,flyte.credentials.client-secret", "flyte.startup-chek,flyte.startup-check",
			"flyte.apikey2,flyte.api-key", "flyte.platform.endpoint,flyte.platform.url",
			"flyte.admin.endpoint,flyte.platform.url", "flyte.endpoint,flyte.platform.url",
			"flyte.console.endpoint,flyte.platform.console-endpoint",
			"flyte.credentials.auth-type,flyte.credentials.auth-mode",
			"flyte.admin.pkce-config.timeout,flyte.credentials.pkce.timeout",
			"flyte.channel.default-service-config,flyte.channel.service-config",
			"flyte.channel.max-message-size-bytes,flyte.channel.max-message-size",
			"flyte.platform.ca-cert-file,flyte.platform.ca-cert-file-path",
			"flyte.platform.console,flyte.platform.console-endpoint",
			"flyte.execution.pol-interval,flyte.execution.poll-interval",
			"flyte.channel.timeout,flyte.channel.deadline", "flyte.timeout,flyte.channel.deadline",
			"flyte.credentials.timeout,flyte.credentials.request-timeout", "flyte.platform.host,flyte.platform.url",
			"flyte.credentials.token-endpoint,flyte.credentials.token-url",
			"flyte.token-endpoint,flyte.credentials.token-url", "flyte.client-id,flyte.credentials.client-id",
			"flyte.secrets.env-prefx,flyte.secrets.env-prefix", "flyte.execution.secret,flyte.execution.secrets" })
	void whenNameIsNearlyRightThenTheRightOneIsFound(String name, String nearest) {
		assertThat(names().contains(ConfigurationPropertyName.of(name))).isFalse();
		assertThat(names().nearest(name)).isEqualTo(nearest);
	}

	@Test
	void whenOnlyTheSectionIsNearlyRightThenItIsNamed(CapturedOutput output) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new MapPropertySource("one",
					Map.of("flyte.platfrom.x", "1", "flyte.platform.x", "2", "flyte.connections.a.chanel.x", "3")));
		new FlytePropertyNamesEnvironmentPostProcessor(Supplier::get).postProcessEnvironment(environment,
				new SpringApplication());
		assertThat(output).containsPattern("flyte.platfrom.x .*; did you mean flyte.platform.\\*\\?")
			.containsPattern("flyte.connections.a.chanel.x .*; did you mean flyte.connections.a.channel.\\*\\?")
			.containsPattern("The property flyte.platform.x .*has no effect: there is none of this name\\R");
	}

	@ParameterizedTest
	@ValueSource(strings = { "flyte.refresh-time", "flyte.execution.timeout", "flyte.channel.refresh-time",
			"flyte.executions.labels.a" })
	void whenSeveralNamesAreEquallyNearThenNoneIsGuessed(String name) {
		assertThat(names().nearest(name)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "flyte.executions.labels.a,true", "flyte.execution.labels.a,true", "flyte.chanel.bogus,true",
			"flyte.bogus,true", "flyte.own-things.of,false", "flyte.foo.bar,false" })
	void whenSectionIsNearlyOneOfOursThenItIsTakenForOurs(String name, boolean ours) {
		assertThat(names().isInOurSection(name)).isEqualTo(ours);
	}

	@ParameterizedTest
	@ValueSource(strings = { "flyte.platform.url", "flyte.plat-form.u-rl", "flyte.platform.consoleEndpoint",
			"flyte.platform-url", "flyte.platformurl", "flyte.platform.u.r.l", "flyte.platform.console.endpoint",
			"flyte.credentials.client-id", "flyte.credentials.client.id", "flyte.credentials.pkce-any-port",
			"flyte.credentials.pkce.any-port", "flyte.credentials.pkce.any.port", "flyte.device-flow.timeout",
			"flyte.credentials.scopes", "flyte.credentials.scopes[0]", "flyte.credentials.scopes0",
			"flyte.credentials.scopes.zero", "flyte.api.key", "flyte.api-key" })
	void whenPropertyIsKnownThenItBindsAndOtherwiseNot(String name) {
		RecordingHandler handler = new RecordingHandler();
		new Binder(new MapConfigurationPropertySource(Map.of(name, "true"))).bind("flyte",
				Bindable.of(ConnectionProperties.class), handler);
		assertThat(names().contains(ConfigurationPropertyName.adapt(name, '.'))).isEqualTo(handler.bound);
	}

	@ParameterizedTest
	@CsvSource({ "FLYTE_PLATFORM_URL,true", "FLYTE_CREDENTIALS_CLIENT_ID,true", "FLYTE_CREDENTIALS_CLIENTID,true",
			"FLYTE_CREDENTIALS_SCOPES_0,true", "FLYTE_EXECUTION_SECRETS_1_ENV_VAR,true",
			"FLYTE_CREDENTIALS_DEVICE_FLOW_QR_CODE,true", "flyte_platform_url,true", "flyte.credentials.client-id,true",
			"FLYTE_PLATFORMURL,false", "FLYTE_CREDENTIALS_SCOPES0,false", "FLYTE_CREDENTIALSCLIENT_ID,false",
			"FLYTE_CREDENTIALS_DEVICEFLOW_QR_CODE,false", "FLYTE_PLATFORM_U_RL,false" })
	void whenVariableIsKnownThenItBindsAndOtherwiseNot(String variable, boolean known) {
		SystemEnvironmentPropertySource variables = new SystemEnvironmentPropertySource("systemEnvironment",
				Map.of(variable, "true"));
		ConfigurationPropertySource source = Objects.requireNonNull(ConfigurationPropertySource.from(variables));
		RecordingHandler handler = new RecordingHandler();
		new Binder(source).bind("flyte", Bindable.of(ConnectionProperties.class), handler);
		assertThat(((IterableConfigurationPropertySource) source).stream()
			.filter(ConfigurationPropertyName.of("flyte")::isAncestorOf)).isNotEmpty()
			.allMatch((name) -> names().containsVariable(name) == known);
		if (!variable.contains("EXECUTION")) {
			assertThat(handler.bound).isEqualTo(known);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "flyte.platform.url", "flyte.platform.consoleendpoint", "flyte.credentials.CLIENT-id",
			"flyte.credentials.scopes[0]", "flyte.execution.secrets[1].env-var", "flyte.credentials.pkce.any-port",
			"flyte.secrets.env-prefix", "flyte.enabled" })
	void whenNameIsRightInAnyFormThenItIsKnown(String name) {
		assertThat(names().contains(ConfigurationPropertyName.adapt(name, '.'))).isTrue();
	}

	private static PropertyNames names() {
		return Objects.requireNonNull(PropertyNames.load());
	}

	/**
	 * Sees whether any single value is bound.
	 */
	private static final class RecordingHandler implements BindHandler {

		private boolean bound;

		@Override
		public Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
				Object result) {
			this.bound = this.bound || context.getConfigurationProperty() != null;
			return result;
		}

		@Override
		public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
				Exception error) {
			// The value is no number or file, so it was about to be bound.
			this.bound = true;
			return null;
		}

	}

}
