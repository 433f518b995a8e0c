package io.flyteconnect.autoconfigure;

import java.nio.file.Path;
import java.util.function.Consumer;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinitionCustomizer;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.grpc.client.autoconfigure.GrpcClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.security.crypto.encrypt.Encryptors;
import org.springframework.security.crypto.encrypt.TextEncryptor;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.config.CredentialSettings.StoreSettings;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.TokenStore;
import io.flyteconnect.internal.config.ConnectionProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where an application keeps its login.
 */
class TokenStoreConfigurationTests {

	private static final String KEY = "flyte.credentials.store-key=0123456789abcdef";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FlyteAutoConfiguration.class, GrpcClientAutoConfiguration.class,
				SslAutoConfiguration.class))
		.withPropertyValues("flyte.platform.url=mine.flyte.test:443", "flyte.config-file=none");

	@Test
	void whenNothingIsSetThenLoginIsKeptInMemoryAndNoDatabaseIsAskedFor() {
		this.runner.withBean(DataSource.class, TokenStoreConfigurationTests::broken, lazy()).run((context) -> {
			StoreSettings store = context.getBean(PlatformConfig.class).credentials().store();
			assertThat(store.kind()).isEqualTo(TokenStore.MEMORY);
			assertThat(store.key()).isNull();
			assertThat(store.file())
				.isEqualTo(Path.of(System.getenv("HOME"), ".flyte-connect", "tokens", "default").toAbsolutePath());
			assertThat(context).hasSingleBean(FlyteConnection.class);
		});
	}

	private static DataSource broken() {
		throw new IllegalStateException("A database that nobody needs");
	}

	private static BeanDefinitionCustomizer lazy() {
		return (definition) -> definition.setLazyInit(true);
	}

	@Test
	void whenDatabaseHasNoKeyThenStartFailsInPlainWords() {
		this.runner.withBean(DataSource.class, JdbcDataSource::new)
			.withPropertyValues("flyte.credentials.store=jdbc")
			.run((context) -> assertFailure(context.getStartupFailure(), "flyte.credentials.store-key",
					(ex) -> assertThat(ex.getAction()).contains("flyteTextEncryptor")));
	}

	@Test
	void whenKeyIsShortThenStartFailsWithoutShowingIt() {
		this.runner.withPropertyValues("flyte.credentials.store=file", "flyte.credentials.store-key=sh0rt")
			.run((context) -> assertFailure(context.getStartupFailure(), "flyte.credentials.store-key",
					(ex) -> assertThat(ex.getMessage() + ex.getAction()).contains("16").doesNotContain("sh0rt")));
	}

	@Test
	void whenThereIsNoDataSourceThenStartFailsInPlainWords() {
		this.runner.withPropertyValues("flyte.credentials.store=jdbc", KEY)
			.run((context) -> assertFailure(context.getStartupFailure(), "flyte.credentials.store",
					(ex) -> assertThat(ex.getReason()).contains("DataSource")));
	}

	@Test
	void whenThereAreTwoDataSourcesThenStartFailsInPlainWords() {
		this.runner.withBean("one", DataSource.class, JdbcDataSource::new)
			.withBean("two", DataSource.class, JdbcDataSource::new)
			.withPropertyValues("flyte.credentials.store=jdbc", KEY)
			.run((context) -> assertFailure(context.getStartupFailure(), "flyte.credentials.store",
					(ex) -> assertThat(ex.getReason()).contains("primary")));
	}

	@Test
	void whenSpringJdbcIsAbsentThenStartFailsInPlainWords() {
		this.runner.withClassLoader(new FilteredClassLoader(JdbcOperations.class.getPackageName()))
			.withBean(DataSource.class, JdbcDataSource::new)
			.withPropertyValues("flyte.credentials.store=jdbc", KEY)
			.run((context) -> assertFailure(context.getStartupFailure(), "flyte.credentials.store",
					(ex) -> assertThat(ex.getAction()).contains("spring-boot-starter-jdbc")));
	}

	@Test
	void whenSpringJdbcIsAbsentThenOtherStoresWork() {
		this.runner.withClassLoader(new FilteredClassLoader(JdbcOperations.class.getPackageName()))
			.withPropertyValues("flyte.credentials.store=file")
			.run((context) -> assertThat(context).hasSingleBean(FlyteConnection.class));
	}

	@Test
	void whenDatabaseAndKeyAreThereThenNothingIsConnected() {
		this.runner.withBean(DataSource.class, JdbcDataSource::new)
			.withPropertyValues("flyte.credentials.store=JDBC", KEY)
			.run((context) -> assertThat(context).hasSingleBean(FlyteConnection.class));
	}

	@Test
	void whenEncryptorIsDefinedThenNoKeyIsNeeded() {
		this.runner.withBean(DataSource.class, JdbcDataSource::new)
			.withBean("other", TextEncryptor.class, Encryptors::noOpText)
			.withBean("flyteTextEncryptor", TextEncryptor.class, () -> Encryptors.delux("0123456789abcdef", "abcdef12"))
			.withPropertyValues("flyte.credentials.store=jdbc")
			.run((context) -> assertThat(context).hasSingleBean(FlyteConnection.class));
	}

	@Test
	void whenOnlyAnotherEncryptorIsDefinedThenItIsNotOurs() {
		this.runner.withBean(DataSource.class, JdbcDataSource::new)
			.withBean("other", TextEncryptor.class, Encryptors::noOpText)
			.withPropertyValues("flyte.credentials.store=jdbc")
			.run((context) -> assertFailure(context.getStartupFailure(), "flyte.credentials.store-key", (ex) -> {
			}));
	}

	@Test
	void whenSettingsAreShownThenTheKeyIsNot() {
		this.runner.withPropertyValues("flyte.credentials.store=file", KEY, "flyte.credentials.store-file=/tmp/logins")
			.run((context) -> {
				assertThat(context.getBean(PlatformConfig.class).credentials().store().file())
					.isEqualTo(Path.of("/tmp/logins"));
				assertThat(context.getBean(PlatformConfig.class).toString()).contains("kind=FILE")
					.doesNotContain("0123456789abcdef");
				assertThat(context.getBean(ConnectionProperties.class).credentials().toString())
					.doesNotContain("0123456789abcdef");
			});
	}

	private static void assertFailure(Throwable failure, String property,
			Consumer<InvalidFlyteConfigurationException> more) {
		assertThat(failure).isNotNull();
		Throwable cause = failure;
		while (cause != null && !(cause instanceof InvalidFlyteConfigurationException)) {
			cause = cause.getCause();
		}
		assertThat(cause).isInstanceOfSatisfying(InvalidFlyteConfigurationException.class, (ex) -> {
			assertThat(ex.getProperty()).isEqualTo(property);
			more.accept(ex);
		});
	}

}
