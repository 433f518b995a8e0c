package io.flyteconnect.autoconfigure.secret;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import jakarta.validation.constraints.Size;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.annotation.Validated;

import io.flyteconnect.autoconfigure.TestApplications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a person reads when a property's secret cannot be had.
 */
@Tag("once")
@ExtendWith(OutputCaptureExtension.class)
class FlyteSecretFailureTests {

	private static final String EVERYTHING = "--logging.level.root=trace";

	private final Path folder;

	private final Path secrets;

	FlyteSecretFailureTests(@TempDir Path folder) {
		this.folder = folder;
		this.secrets = folder.resolve("secrets");
	}

	@Test
	void whenSecretIsMissingThenPropertyPlacesAndRemedyAreNamed(CapturedOutput output) throws IOException {
		yml("service:\n  port: 1\n  password: ${flyte-secret.db.v1.password}\n");
		fails(Service.class);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Property: service.password")
			.contains("application.yml]:3:13")
			.contains("Reason: The secret with group 'db', version 'v1', key 'password' was not found. Looked at:")
			.contains("- environment variable _FSEC_DB_V1_PASSWORD")
			.contains("- environment variable DB_V1_PASSWORD")
			.contains("- environment variable _FSEC_DB_PASSWORD")
			.contains("- file " + this.secrets + "/db/v1/password")
			.contains("- file " + this.secrets + "/db/password")
			.contains("Let Flyte inject the secret")
			.contains("flyte.secrets.*")
			.contains("${flyte-secret.<group>.<key>:default}");
	}

	@Test
	void whenInjectedSecretIsMissingThenPlacesAreNamed(CapturedOutput output) throws IOException {
		yml("flyte.enabled: false");
		fails(Injected.class);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("The secret with group 'db', key 'injected' was not found. Looked at:")
			.contains("- file " + this.secrets + "/db/injected")
			.contains("Placeholder: ${flyte-secret.db.injected}", "Bean: flyteSecretFailureTests.Injected")
			.doesNotContain("Property:");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					${flyte-secret.db.injected:${flyte-secret.db.other}} | key 'other' was not found. Looked at: | injected
					${values.indirect}                                   | key 'indirect' was not found. Looked at: | values.indirect
					${flyte-secret.my.tls.crt.key}                       | 'flyte-secret.my.tls.crt.key' names no secret | injected
					${flyte-secret.[arn\\:aws].key}                       | group 'arn:aws', key 'key' was not found. Looked at: | injected
					${flyte-secret.[arn:aws].key}                        | 'flyte-secret.[arn' names no secret |
					""")
	void whenInjectedPropertyNamesAMissingSecretThenItIsNamed(String value, String reason, String property,
			CapturedOutput output) throws IOException {
		yml("values.indirect: ${flyte-secret.db.indirect}\ninjected: '%s'\n".formatted(value));
		fails(InjectedProperty.class);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("A secret cannot be had:")
			.contains(reason)
			.contains((property != null) ? "Property: " + property + "\n    Origin: URL [file:" : "Reason: ");
	}

	@Test
	void whenASecretOfFlytesSettingsIsMissingThenThePropertyIsNamed(CapturedOutput output) throws IOException {
		yml("flyte.credentials:\n  client-id: id\n  client-secret: ${flyte-secret.flyte.client}\n");
		fails(TestApplications.autoConfigured(this.folder)
			.variable("FLYTE_SECRETS_DEFAULT_DIR", this.secrets.toString()));
		assertThat(output).contains("Property: flyte.credentials.client-secret")
			.contains("application.yml]:3:18")
			.contains("The secret with group 'flyte', key 'client' was not found. Looked at:");
	}

	@Test
	void whenTheFlyteFileIsAMissingSecretThenPlacesAreNamed(CapturedOutput output) throws IOException {
		yml("flyte.config-file: ${flyte-secret.flyte.file:${flyte-secret.flyte.other}}");
		fails(Service.class);
		assertThat(output).contains("Property: flyte.config-file")
			.contains("application.yml]:1:20")
			.contains("The secret with group 'flyte', key 'other' was not found. Looked at:");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			${unknown}-${flyte-secret.db.missing}         | key 'missing' was not found
			${unknown:${flyte-secret.db.missing}}         | key 'missing' was not found
			${flyte-secret.db.${part}}                    | key 'missing' was not found
			${flyte-secret.db.${none:missing}}            | key 'missing' was not found
			${flyte-secret.db.other:${service.indirect}}  | key 'indirect' was not found
			${flyte-secret.[arn:aws:db].missing}          | 'flyte-secret.[arn' names no secret
			${flyte-secret.[arn\\:aws].missing}           | key 'missing' was not found
			${flyte-secret.my.tls.crt.key:none}           | 'flyte-secret.my.tls.crt.key:none' names no secret
			""")
	void whenAPartOfAPropertyIsAMissingSecretThenItStopsTheBinding(String password, String reason,
			CapturedOutput output) throws IOException {
		yml("part: missing\nservice:\n  indirect: ${flyte-secret.db.indirect}\n  port: 1\n  password: '%s'\n"
			.formatted(password));
		fails(Service.class);
		assertThat(output).contains("Property: service.password").contains(reason);
	}

	@Test
	void whenAMissingSecretIsOfAnotherTypeThenItIsMissingNonetheless(CapturedOutput output) throws IOException {
		yml("service.port: ${flyte-secret.db.port}");
		fails(Service.class);
		assertThat(output).contains("Property: service.port")
			.contains("The secret with group 'db', key 'port' was not found. Looked at:");
	}

	@Test
	void whenConfigurationDataNameAMissingSecretThenPlacesAreNamed(CapturedOutput output) throws IOException {
		yml("spring.config.import: ${flyte-secret.config.location}");
		fails(Service.class);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("The secret with group 'config', key 'location' was not found; looked at environment variable"
					+ " _FSEC_CONFIG_LOCATION");
	}

	@Test
	void whenNameIsNoneThenItSaysHowToWriteIt(CapturedOutput output) throws IOException {
		yml("service.password: ${flyte-secret.my.tls.crt.key}");
		fails(Service.class);
		assertThat(output).contains("Property: service.password")
			.contains("Reason: 'flyte-secret.my.tls.crt.key' names no secret: write flyte-secret.<group>.<key> or")
			.contains("Correct the name of the secret.");
	}

	@Test
	void whenNameIsNotSafeThenItIsRefused(CapturedOutput output) throws IOException {
		yml("service.password: '${flyte-secret.db.[../other]}'");
		fails(Service.class);
		assertThat(output).contains("'../other' names no secret: 'key' must not contain a path separator.");
	}

	@Test
	void whenSecretIsNoTextThenTheFileIsNamed(CapturedOutput output) throws IOException {
		Path file = secret(new byte[] { 's', '3', 'c', (byte) 0xff });
		yml("service.password: ${flyte-secret.db.password}");
		fails(Service.class);
		assertThat(output)
			.contains("Reason: The secret in file " + file
					+ " cannot be read: it is no UTF-8 text, and only to be had as bytes")
			.contains("Correct file " + file + ", so that this process can read it as a text of at most 1 MiB.");
	}

	@Test
	void whenSecretIsOfTheWrongTypeThenItIsNotShown(CapturedOutput output) throws IOException {
		secret("s3cret-port".getBytes());
		yml("service.port: ${service.indirect}\nservice.indirect: ${flyte-secret.db.password}");
		RuntimeException failure = fails(Service.class, EVERYTHING);
		assertThat(output).contains("A secret cannot be used as it is")
			.contains("Property: service.port")
			.contains("application.yml]:1:15")
			.contains("Its value is no int.")
			.doesNotContain("s3cret-port");
		assertThat(failure).hasStackTraceContaining("service.port: Its value is no int.");
		assertThat(stackTrace(failure)).doesNotContain("s3cret-port");
	}

	@Test
	void whenASecretOfAListIsOfTheWrongTypeThenItIsNotShown(CapturedOutput output) throws IOException {
		secret("s3cret-port".getBytes());
		yml("numbers.list: [ 1, '${flyte-secret.db.password}' ]");
		assertThat(stackTrace(fails(Numbers.class, EVERYTHING))).doesNotContain("s3cret-port");
		assertThat(output).contains("Property: numbers.list[1]")
			.contains("Its value is no java.lang.Integer.")
			.doesNotContain("s3cret-port");
	}

	@ParameterizedTest
	@ValueSource(strings = { "${_FSEC_DB_OTHER}", "${MY_OWN}", "${flyte.credentials.client-secret}" })
	void whenAVariableOrSettingThatIsASecretIsOfTheWrongTypeThenItIsNotShown(String placeholder, CapturedOutput output)
			throws IOException {
		yml("""
				service.port: %s
				flyte.connections.other.credentials.client-secret-env-var: MY_OWN
				flyte.credentials.client-secret: s3cret-port
				flyte.credentials.client-id: id
				""".formatted(placeholder));
		RuntimeException failure = fails(application(Service.class).argument(EVERYTHING)
			.variable("_FSEC_DB_OTHER", "s3cret-port")
			.variable("MY_OWN", "s3cret-port"));
		assertThat(output).contains("Property: service.port")
			.contains("Its value is no int.")
			.doesNotContain("s3cret-port");
		assertThat(stackTrace(failure)).doesNotContain("s3cret-port");
	}

	@ParameterizedTest
	@CsvSource({ "flyte.platform.url,${flyte-secret.db.password}", "flyte.platform.url,${_FSEC_DB_OTHER}",
			"flyte.platform.console-endpoint,${flyte-secret.db.password}",
			"flyte.credentials.authorization-header,x-${flyte-secret.db.password}",
			"flyte.credentials.auth-mode,${flyte-secret.db.password}",
			"flyte.channel.load-balancing-policy,${flyte-secret.db.password}",
			"flyte.channel.service-config,${flyte-secret.db.password}" })
	void whenASettingOfFlyteIsASecretAndCannotBeUsedThenItIsNotShown(String property, String value,
			CapturedOutput output) throws IOException {
		secret("s3cret/of/it".getBytes());
		yml(property + ": " + value);
		RuntimeException failure = fails(TestApplications.autoConfigured(this.folder)
			.variable("FLYTE_SECRETS_DEFAULT_DIR", this.secrets.toString())
			.variable("_FSEC_DB_OTHER", "s3cret/of/it")
			.argument(EVERYTHING));
		assertThat(output).contains("Property: " + property)
			.contains("It is not shown,")
			.contains("application.yml")
			.doesNotContain("s3cret/of");
		assertThat(stackTrace(failure)).doesNotContain("s3cret/of");
	}

	@Test
	void whenNobodyKeepsTheSecretOutOfTheExceptionThenItIsNotLogged(CapturedOutput output) throws IOException {
		secret("s3cret-port".getBytes());
		yml("service.port: ${flyte-secret.db.password}");
		fails(Unprotected.class, EVERYTHING);
		assertThat(output).contains("Property: service.port")
			.contains("Its value is no int.")
			.doesNotContain("s3cret-port");
	}

	@ParameterizedTest
	@ValueSource(classes = { SecretFirst.class, SecretLast.class })
	void whenSecretIsNotValidThenItIsNotShown(Class<?> validated, CapturedOutput output) throws IOException {
		secret("s3cret-long".getBytes());
		yml("service:\n  name: Somebody\n  password: ${flyte-secret.db.password}\n");
		RuntimeException failure = fails(validated, EVERYTHING);
		assertThat(output).contains("A secret cannot be used as it is")
			.contains("Property: service.password")
			.contains("application.yml]:3:13")
			.contains("Reason: '******' has more than 3 characters")
			.contains("Property: service.name")
			.contains("size must be between 0 and 3 (value: \"Somebody\")")
			.doesNotContain("s3cret-long");
		assertThat(stackTrace(failure)).doesNotContain("s3cret-long");
	}

	@Test
	void whenOtherValuesAreNotValidThenSpringBootExplains(CapturedOutput output) throws IOException {
		secret("s3c".getBytes());
		yml("service:\n  name: Somebody\n  password: ${flyte-secret.db.password}\n");
		fails(SecretLast.class);
		assertThat(output).contains("Property: service.name").contains("Value: \"Somebody\"").doesNotContain("s3c");
	}

	@Test
	void whenOnlyAnotherPlaceholderHasADefaultThenTheSecretIsMissing(CapturedOutput output) throws IOException {
		yml("""
				other: of-another
				service:
				  port: 1
				  user: ${flyte-secret.db.missing:${other}}
				  password: ${flyte-secret.db.missing}
				""");
		fails(Service.class);
		assertThat(output).contains("The secret with group 'db', key 'missing' was not found. Looked at:");
	}

	@Test
	void whenOtherValuesAreOfTheWrongTypeThenSpringBootExplains(CapturedOutput output) throws IOException {
		yml("service.port: no number");
		fails(Service.class);
		assertThat(output).contains("Failed to bind properties under 'service.port' to int").contains("no number");
	}

	@Test
	void whenTheFolderOfSecretsIsASecretThenThatIsRefused(CapturedOutput output) throws IOException {
		yml("service.password: ${flyte-secret.db.password}\nflyte.secrets.file-prefix: ${flyte-secret.a.b}");
		fails(Service.class);
		assertThat(output).contains("Property: flyte.secrets")
			.contains("Where secrets are found cannot be a secret itself.")
			.contains("Write flyte.secrets.* without any ${flyte-secret...}.");
	}

	private RuntimeException fails(Class<?> source, String... arguments) {
		TestApplications application = application(source);
		for (String argument : arguments) {
			application.argument(argument);
		}
		return fails(application);
	}

	private TestApplications application(Class<?> source) {
		return new TestApplications(this.folder).variable("FLYTE_SECRETS_DEFAULT_DIR", this.secrets.toString())
			.source(source);
	}

	private static RuntimeException fails(TestApplications application) {
		return assertThatExceptionOfType(RuntimeException.class).isThrownBy(application::run).actual();
	}

	private static String stackTrace(RuntimeException failure) {
		StringWriter text = new StringWriter();
		failure.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

	private Path secret(byte[] content) throws IOException {
		Path file = Files.createDirectories(this.secrets.resolve("db")).resolve("password");
		return Files.write(file, content);
	}

	private void yml(String text) throws IOException {
		Files.writeString(this.folder.resolve("application.yml"), text);
	}

	@ConfigurationProperties("service")
	record ServiceProperties(int port, String password) {

	}

	@ConfigurationProperties("numbers")
	record NumbersProperties(List<Integer> list) {

	}

	@Validated
	@ConfigurationProperties("service")
	record SecretFirstProperties(
			@Size(max = 3, message = "'${validatedValue}' has more than {max} characters") String password,
			@Size(max = 3) String name) {

	}

	@Validated
	@ConfigurationProperties("service")
	record SecretLastProperties(@Size(max = 3) String name,
			@Size(max = 3, message = "'${validatedValue}' has more than {max} characters") String password) {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(ServiceProperties.class)
	@ImportAutoConfiguration(FlyteSanitizingAutoConfiguration.class)
	static class Service {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(ServiceProperties.class)
	static class Unprotected {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(NumbersProperties.class)
	@ImportAutoConfiguration(FlyteSanitizingAutoConfiguration.class)
	static class Numbers {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(SecretFirstProperties.class)
	@ImportAutoConfiguration(FlyteSanitizingAutoConfiguration.class)
	static class SecretFirst {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(SecretLastProperties.class)
	@ImportAutoConfiguration(FlyteSanitizingAutoConfiguration.class)
	static class SecretLast {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(PropertyPlaceholderAutoConfiguration.class)
	static class Injected {

		@Value("${flyte-secret.db.injected}")
		String injected = "";

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(PropertyPlaceholderAutoConfiguration.class)
	static class InjectedProperty {

		@Value("${injected}")
		String injected = "";

	}

}
