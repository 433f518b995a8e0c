package io.flyteconnect.autoconfigure.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

import io.flyteconnect.autoconfigure.TestApplications;
import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.secret.FlyteSecretChangedEvent;
import io.flyteconnect.secret.Secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Properties that are secrets, in applications that start.
 */
@Tag("once")
class FlyteSecretPropertiesTests {

	private final Path folder;

	FlyteSecretPropertiesTests(@TempDir Path folder) throws IOException {
		this.folder = folder;
		secret("db/password", "s3cret\n");
	}

	@Test
	void whenPropertiesNameSecretsThenTheyAreTheValues() throws IOException {
		secret("db/v1/password", "of-v1");
		secret("my.group/tls.crt", "of-brackets");
		secret("my-group/key", "of-upper-case");
		yml("""
				values:
				  plain: ${flyte-secret.db.password}
				  versioned: ${flyte-secret.db.v1.password}
				  dotted: ${flyte-secret.[my.group].[tls.crt]}
				  upper: ${flyte-secret.My-Group.KEY}
				  within: jdbc://user:${flyte-secret.db.password}@host
				  indirect: ${values.plain}
				""");
		try (ConfigurableApplicationContext context = application().source(Values.class).run()) {
			assertThat(context.getBean(ValueProperties.class).values())
				.isEqualTo(Map.of("plain", "s3cret", "versioned", "of-v1", "dotted", "of-brackets", "upper",
						"of-upper-case", "within", "jdbc://user:s3cret@host", "indirect", "s3cret"));
			assertThat(context.getBean(Values.class).injected).isEqualTo("s3cret");
			assertThat(context.getEnvironment().getProperty("values.within")).isEqualTo("jdbc://user:s3cret@host");
		}
	}

	@Test
	void whenSecretIsOfAVariableThenItIsTheValue() throws IOException {
		yml("values.plain: ${flyte-secret.my-db.pass_word}");
		try (ConfigurableApplicationContext context = application().variable("_FSEC_MY_DB_PASS_WORD", "of-variable")
			.source(Values.class)
			.run()) {
			assertThat(values(context)).containsEntry("plain", "of-variable");
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "a${b}c", "${values.other}", "\\${x}", "$", "${", "a${b", "{}${}", "a:b", "a\\b", "${a:${b}}" })
	void whenSecretLooksLikeAPlaceholderThenItIsTakenAsItIs(String secret) throws IOException {
		secret("db/password", secret);
		yml("values.plain: ${flyte-secret.db.password}\nvalues.indirect: ${values.plain}\n");
		try (ConfigurableApplicationContext context = application().source(Values.class).run()) {
			assertThat(values(context)).containsEntry("plain", secret).containsEntry("indirect", secret);
			assertThat(context.getBean(Values.class).injected).isEqualTo(secret);
			assertThat(context.getEnvironment().getProperty("values.indirect")).isEqualTo(secret);
			assertThat(context.getEnvironment().getProperty("flyte-secret.db.password")).isEqualTo(secret);
		}
	}

	@Test
	void whenPlaceholderHasADefaultThenItStandsForAMissingSecret() throws IOException {
		yml("""
				other: of-another
				values:
				  found: ${flyte-secret.db.password:none}
				  plain: ${flyte-secret.db.missing:none}
				  empty: ${flyte-secret.db.missing:}
				  nested: ${flyte-secret.nested.missing:${other}}
				  composed: ${flyte-secret.nested.${other}:${other}}
				""");
		try (ConfigurableApplicationContext context = application().source(Values.class).source(Defaults.class).run()) {
			assertThat(values(context)).isEqualTo(Map.of("found", "s3cret", "plain", "none", "empty", "", "nested",
					"of-another", "composed", "of-another"));
			Defaults injected = context.getBean(Defaults.class);
			assertThat(injected.plain).isEqualTo("none");
			assertThat(injected.nested).isEqualTo("of-another");
		}
	}

	@Test
	void whenDatabaseHasASecretPasswordThenItConnects() throws Exception {
		yml("""
				spring.datasource:
				  url: jdbc:h2:mem:secrets
				  user: sa
				  password: ${flyte-secret.db.password}
				""");
		try (ConfigurableApplicationContext context = application().source(Database.class).run();
				Connection connection = context.getBean(DataSource.class).getConnection()) {
			assertThat(connection.isValid(1)).isTrue();
			assertThat(context.getBean(JdbcDataSource.class).getPassword()).isEqualTo("s3cret");
		}
	}

	@Test
	void whenTheClientSecretOfFlyteIsASecretThenTheLoginHasIt() throws IOException {
		secret("flyte/client", "client-s3cret");
		yml("""
				flyte.credentials:
				  client-id: id
				  client-secret: ${flyte-secret.flyte.client}
				""");
		try (ConfigurableApplicationContext context = application().run()) {
			PlatformConfig config = context.getBean(PlatformConfig.class);
			assertThat(config.credentials().authMode()).isEqualTo(AuthMode.CLIENT_CREDENTIALS);
			assertThat(Objects.requireNonNull(config.credentials().clientSecret()).read()).isEqualTo("client-s3cret");
		}
	}

	@Test
	void whenFlyteIsSwitchedOffThenSecretsStaySecrets() throws IOException {
		yml("flyte.enabled: false\nvalues.plain: ${flyte-secret.db.password}\n");
		try (ConfigurableApplicationContext context = application().source(Values.class).run()) {
			assertThat(values(context)).containsEntry("plain", "s3cret");
		}
	}

	@Test
	void whenAnImportIsASecretThenItIsThereInTime() throws IOException {
		Path imported = Files.writeString(this.folder.resolve("imported.yml"), "values.plain: of-the-import");
		secret("config/location", "file:" + imported);
		yml("spring.config.import: ${flyte-secret.config.location}");
		try (ConfigurableApplicationContext context = application().source(Values.class).run()) {
			assertThat(values(context)).containsEntry("plain", "of-the-import");
		}
	}

	@Test
	void whenAnotherSourceSetsThePropertyThenItStandsForTheSecret() throws IOException {
		yml("""
				flyte-secret.db.password: of-the-application
				values.plain: ${flyte-secret.db.password}
				values.other: ${flyte-secret.db.other}
				""");
		try (ConfigurableApplicationContext context = application().variable("FLYTE_SECRET_DB_OTHER", "of-a-variable")
			.source(Values.class)
			.run()) {
			assertThat(values(context)).containsEntry("plain", "of-the-application")
				.containsEntry("other", "of-a-variable");
		}
	}

	@Test
	void whenAnotherSourceSetsThePropertyThenADefaultChangesNothing() throws IOException {
		yml("""
				flyte-secret.db.password: of-the-application
				flyte-secret.db.other: of-the-application
				values.plain: ${flyte-secret.db.password:none}
				values.other: ${flyte-secret.db.other:none}
				""");
		try (ConfigurableApplicationContext context = application().source(Values.class).run()) {
			assertThat(values(context)).containsEntry("plain", "of-the-application")
				.containsEntry("other", "of-the-application");
			assertThat(context.getBean(Values.class).injected).isEqualTo("of-the-application");
		}
	}

	@Test
	void whenNameHasAColonInBracketsThenItsDefaultIsWhatFollowsTheName() throws IOException {
		secret("arn:aws:db/password", "of-the-arn");
		yml("""
				values.found: ${flyte-secret.[arn:aws:db].password:none}
				values.escaped: ${flyte-secret.[arn\\:aws\\:db].password:none}
				values.missing: ${flyte-secret.[arn:aws:db].missing:none}
				values.plain: ${flyte-secret.[arn\\:aws\\:db].missing:none}
				""");
		try (ConfigurableApplicationContext context = application().source(Values.class).run()) {
			assertThat(values(context))
				.isEqualTo(Map.of("found", "of-the-arn", "escaped", "of-the-arn", "missing", "none", "plain", "none"));
			assertThat(context.getBean(Values.class).injected).isEqualTo("none");
		}
	}

	@Test
	void whenSecretIsMissingThenTheEnvironmentHasNoSuchProperty() throws IOException {
		yml("values.plain: ${flyte-secret.db.missing:none}\nunused: ${flyte-secret.db.missing}\n");
		try (ConfigurableApplicationContext context = application().source(Values.class).run()) {
			Environment environment = context.getEnvironment();
			assertThat(environment.getProperty("flyte-secret.db.missing")).isNull();
			assertThat(environment.getProperty("flyte-secret.db.missing", "other")).isEqualTo("other");
			assertThat(environment.getProperty("values.plain")).isEqualTo("none");
			assertThat(environment.resolvePlaceholders("${flyte-secret.db.missing}-${flyte-secret.db.password}"))
				.isEqualTo("${flyte-secret.db.missing}-s3cret");
			assertThatIllegalStateException()
				.isThrownBy(() -> environment.getRequiredProperty("flyte-secret.db.missing"))
				.withMessageContaining("flyte-secret.db.missing");
			assertThatIllegalArgumentException().isThrownBy(() -> environment.getProperty("unused"))
				.withMessageContaining("flyte-secret.db.missing");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> environment.resolveRequiredPlaceholders("${flyte-secret.db.missing}"))
				.withMessageContaining("flyte-secret.db.missing");
		}
	}

	@Test
	void whenNobodyNamesASecretThenNothingIsLookedFor() throws IOException {
		yml("flyte.enabled: false\nvalues.plain: none\n");
		try (ConfigurableApplicationContext context = application().source(Values.class).run()) {
			assertThat(values(context)).containsEntry("plain", "none");
			FlyteSecretPropertySource source = (FlyteSecretPropertySource) Objects
				.requireNonNull(context.getEnvironment().getPropertySources().get(FlyteSecretPropertySource.NAME));
			assertThat(source.getProperty("values.plain")).isNull();
			assertThat(source.getSource().variables()).isEmpty();
		}
	}

	@Test
	void whenSecretIsRotatedThenThePropertyIsTheNewOne() throws IOException {
		try (ConfigurableApplicationContext context = application().run()) {
			Environment environment = context.getEnvironment();
			assertThat(environment.getProperty("flyte-secret.db.password")).isEqualTo("s3cret");
			secret("db/password", "rotated");
			assertThat(environment.getProperty("flyte-secret.db.password")).isEqualTo("rotated");
			Files.delete(this.folder.resolve("secrets/db/password"));
			assertThat(environment.containsProperty("flyte-secret.db.password")).isFalse();
			assertThat(environment.containsProperty("flyte-secret.db")).isFalse();
		}
	}

	@Test
	void whenSecretOfAPropertyChangesThenThatIsPublished() throws Exception {
		yml("flyte.secrets.refresh: 10ms\nvalues.plain: ${flyte-secret.db.password}\n");
		try (ConfigurableApplicationContext context = application().source(Values.class)
			.source(Refreshed.class)
			.run()) {
			secret("db/password", "rotated");
			assertThat(context.getBean(Refreshed.class).events.poll(30, TimeUnit.SECONDS))
				.isEqualTo(new FlyteSecretChangedEvent(Secret.of("db", "password")));
		}
	}

	private static Map<String, String> values(ConfigurableApplicationContext context) {
		return context.getBean(ValueProperties.class).values();
	}

	private void secret(String name, String content) throws IOException {
		Path file = this.folder.resolve("secrets").resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, content);
	}

	private void yml(String text) throws IOException {
		Files.writeString(this.folder.resolve("application.yml"), text);
	}

	private TestApplications application() {
		return new TestApplications(this.folder).variable("FLYTE_SECRETS_DEFAULT_DIR",
				this.folder.resolve("secrets").toString());
	}

	@ConfigurationProperties
	record ValueProperties(Map<String, String> values) {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(ValueProperties.class)
	static class Values {

		@Value("${values.plain:}")
		String injected = "";

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(PropertyPlaceholderAutoConfiguration.class)
	static class Defaults {

		@Value("${flyte-secret.value.missing:none}")
		String plain = "";

		@Value("${flyte-secret.value.absent:${other}}")
		String nested = "";

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties
	static class Database {

		@Bean
		@ConfigurationProperties("spring.datasource")
		JdbcDataSource dataSource() {
			return new JdbcDataSource();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(FlyteSecretsAutoConfiguration.class)
	static class Refreshed {

		final BlockingQueue<FlyteSecretChangedEvent> events = new LinkedBlockingQueue<>();

		@EventListener
		void changed(FlyteSecretChangedEvent event) {
			this.events.add(event);
		}

	}

}
