package io.flyteconnect.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.service.AdminServiceGrpc;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import flyteidl.service.SignalServiceGrpc.SignalServiceFutureStub;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.ClientCalls;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.grpc.client.autoconfigure.GrpcClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.FlyteConnections;
import io.flyteconnect.autoconfigure.execution.FlyteExecutionAutoConfiguration;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.identity.FlyteUsers;
import io.flyteconnect.testsupport.LoginServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Connections that have a name, beside the unnamed one and without it.
 */
@Tag("once")
@ExtendWith(OutputCaptureExtension.class)
class NamedConnectionTests {

	private static final List<Class<?>> TYPES = List.of(FlyteConnection.class, FlyteAdminStub.class,
			AdminServiceBlockingStub.class, SignalServiceFutureStub.class, FlyteExecutions.class, FlyteUsers.class,
			PlatformConfig.class);

	private final ApplicationContextRunner none = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FlyteAutoConfiguration.class, FlyteExecutionAutoConfiguration.class,
				GrpcClientAutoConfiguration.class, SslAutoConfiguration.class));

	private final ApplicationContextRunner named = this.none.withPropertyValues(
			"flyte.connections.staging.platform.url=staging.flyte.test",
			"flyte.connections.prodEu.platform.url=prod.flyte.test:8089");

	private final ApplicationContextRunner both = this.named.withPropertyValues("flyte.platform.url=mine.flyte.test");

	@Test
	void whenConnectionsHaveNamesThenEachBeanIsFoundByQualifier() {
		this.both.run((context) -> {
			for (Class<?> type : TYPES) {
				Object staging = BeanFactoryAnnotationUtils.qualifiedBeanOfType(context.getBeanFactory(), type,
						"staging");
				Object prod = BeanFactoryAnnotationUtils.qualifiedBeanOfType(context.getBeanFactory(), type, "prodEu");
				assertThat(staging).isNotSameAs(prod).isNotSameAs(context.getBean(type));
			}
			FlyteConnection staging = BeanFactoryAnnotationUtils.qualifiedBeanOfType(context.getBeanFactory(),
					FlyteConnection.class, "staging");
			assertThat(staging).hasToString("FlyteConnection[staging to staging.flyte.test]")
				.isSameAs(context.getBean("stagingFlyteConnection"));
			assertThat(staging.clientRegistrationId()).isEqualTo("flyte-staging");
			assertThat(context.getBean("stagingFlyteAdminBlockingStub", AdminServiceBlockingStub.class).getChannel())
				.isSameAs(staging.channel());
			assertThat(context.getBean("prodEuFlyteConnection"))
				.hasToString("FlyteConnection[prodEu to prod.flyte.test:8089]");
		});
	}

	@Test
	@SuppressWarnings("rawtypes")
	void whenConnectionsHaveNamesThenEachGeneratedStubCallsTheClusterOfItsOwn() throws Exception {
		try (LoginServer one = new LoginServer(); LoginServer two = new LoginServer()) {
			one.tokenWanted = false;
			two.tokenWanted = false;
			this.none
				.withPropertyValues("flyte.connections.one.platform.url=localhost:" + one.port(),
						"flyte.connections.one.platform.insecure=true",
						"flyte.connections.two.platform.url=localhost:" + two.port(),
						"flyte.connections.two.platform.insecure=true")
				.run((context) -> {
					Map<String, AbstractStub> stubs = context.getBeansOfType(AbstractStub.class);
					assertThat(stubs).hasSize(32);
					stubs.forEach((name, stub) -> {
						LoginServer own = name.startsWith("one") ? one : two;
						int before = own.headers.size();
						ClientCalls.blockingUnaryCall(stub.getChannel(), AdminServiceGrpc.getGetVersionMethod(),
								stub.getCallOptions(), GetVersionRequest.getDefaultInstance());
						assertThat(own.headers).as(name).hasSize(before + 1);
						assertThat(BeanFactoryAnnotationUtils.qualifiedBeanOfType(context.getBeanFactory(),
								stub.getClass(), name.substring(0, 3)))
							.isSameAs(stub);
					});
					assertThat(one.headers).hasSize(16);
					assertThat(two.headers).hasSize(16);
				});
		}
	}

	@Test
	void whenSeveralConnectionsLogInAtAPortOfTheirServersThenTheStartWarnsOfTheClash(CapturedOutput output) {
		ApplicationContextRunner browsers = this.named.withPropertyValues(
				"flyte.connections.staging.credentials.auth-mode=pkce",
				"flyte.connections.prodEu.credentials.auth-mode=pkce");
		String warning = "Flyte connections 'staging' and 'prodEu' both log in with a browser";
		browsers.withPropertyValues("flyte.connections.prodEu.credentials.pkce.any-port=true")
			.run((context) -> assertThat(context.getBean(FlyteConnections.class).names()).hasSize(2));
		this.named.run((context) -> assertThat(context.getBean(FlyteConnections.class).names()).hasSize(2));
		assertThat(output).doesNotContain("both log in with a browser");
		browsers.run((context) -> {
			context.getBean("stagingFlyteConnection");
			context.getBean("prodEuFlyteConnection");
		});
		assertThat(output).containsOnlyOnce(warning).contains("flyte.connections.prodEu.credentials.pkce.any-port");
	}

	@Test
	void whenConnectionsHaveNamesThenTheyAreOrdinaryBeansAndTheUnnamedOneIsInjected() {
		this.both.withUserConfiguration(Injected.class).run((context) -> {
			Injected injected = context.getBean(Injected.class);
			assertThat(injected.unnamed.name()).isEqualTo("default");
			assertThat(injected.prod.getObject().name()).isEqualTo("prodEu");
			assertThat(injected.all).extracting(FlyteConnection::name)
				.containsExactlyInAnyOrder("default", "staging", "prodEu");
			assertThat(context.getBean(AdminServiceBlockingStub.class).getChannel())
				.isSameAs(injected.unnamed.channel());
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "flyte.platform.url=mine.flyte.test", "flyte.platform.insecure=true",
			"flyte.api-key=bWluZS5mbHl0ZS50ZXN0Om1lOnMzY3JldDo=" })
	void whenAnythingConfiguresTheUnnamedConnectionThenItIsThereAndPrimary(String property) {
		this.named.withPropertyValues(property)
			.run((context) -> assertThat(context.getBean(FlyteConnection.class).name()).isEqualTo("default"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "flyte.channel.deadline=3s", "flyte.platform.url=", "flyte.startup-check=none",
			"flyte.execution.run-as.iam-role=role", "flyte.credentials.client-id=me",
			"flyte.platform.ca-cert-file-path=ca.pem", "flyte.platform.require-tls=true",
			"flyte.credentials.command[0]=print-token" })
	void whenNothingConfiguresTheUnnamedConnectionThenInjectionWithoutANameFailsWithTheNames(String property) {
		this.named.withPropertyValues(property).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(FlyteConnections.class).names()).containsExactlyInAnyOrder("staging", "prodEu");
			for (Class<?> type : TYPES) {
				assertThat(context.getBeanNamesForType(type)).hasSize(2);
				assertThatExceptionOfType(NoUniqueBeanDefinitionException.class)
					.isThrownBy(() -> context.getBean(type));
			}
			assertThat(context.getBeanNamesForType(OAuth2AuthorizedClientManager.class)).hasSize(2);
		});
	}

	@Test
	void whenABeanOfTheApplicationIsTheUnnamedConnectionThenItIsPrimary() {
		this.named
			.withBean("flyteConnection", FlyteConnection.class,
					() -> new FlyteConnectionFactory().create(PlatformConfig.forEndpoint("own.flyte.test")))
			.run((context) -> {
				assertThat(context.getBean(FlyteConnection.class).config().endpoint()).hasToString("own.flyte.test");
				assertThat(context.getBean(FlyteAdminStub.class))
					.isSameAs(context.getBean(FlyteConnection.class).admin());
			});
	}

	@Test
	void whenOnlyOneConnectionHasANameThenItNeedsNoQualifier() {
		this.none.withPropertyValues("flyte.connections.only.platform.url=only.flyte.test").run((context) -> {
			assertThat(context.getBean(FlyteConnection.class).name()).isEqualTo("only");
			assertThat(context.getBean(FlyteExecutions.class)).isNotNull();
		});
	}

	@Test
	void whenAnotherEndpointOfANamedConnectionIsWrongThenItsOwnPropertyIsNamed() {
		this.named.run((context) -> assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(
					() -> context.getBean(FlyteConnections.class).get("staging").config().withEndpoint("no endpoint"))
			.satisfies((ex) -> {
				assertThat(ex.getProperty()).isEqualTo("flyte.connections.staging.platform.url");
				assertThat(ex).hasMessageStartingWith("flyte.connections.staging.platform.url: ");
				assertThat(ex.getAction()).doesNotContain("flyte.platform.url");
			}));
	}

	@Test
	void whenThereAreNoNamesThenTheUnnamedConnectionGoesToTheDefault() {
		this.none.run((context) -> assertThat(context.getBean(FlyteConnections.class).names()).containsOnly("default"));
	}

	@ParameterizedTest
	@CsvSource({ "staging, staging", "prodEu, prodEu", "default, default" })
	void whenAPrimaryOneIsNamedThenAllThatIsInjectedIsOfIt(String primary, String name) {
		this.both.withPropertyValues("flyte.primary=" + primary).run((context) -> {
			FlyteConnection connection = context.getBean(FlyteConnection.class);
			assertThat(connection.name()).isEqualTo(name);
			assertThat(context.getBean(FlyteAdminStub.class)).isSameAs(connection.admin());
			assertThat(context.getBean(PlatformConfig.class)).isSameAs(connection.config());
			assertThat(context.getBean(AdminServiceBlockingStub.class).getChannel()).isSameAs(connection.channel());
			assertThat(context.getBean("flyteConnection", FlyteConnection.class).name()).isEqualTo("default");
			assertThat(context.getBean("flyteAdminStub"))
				.isSameAs(context.getBean("flyteConnection", FlyteConnection.class).admin());
			assertThat(context.getBean("flyteAdminBlockingStub", AdminServiceBlockingStub.class).getChannel())
				.isSameAs(context.getBean("flyteConnection", FlyteConnection.class).channel());
			assertThat(context.getBean(FlyteExecutions.class)).isNotNull();
		});
	}

	@Test
	void whenThePrimaryOneIsUnknownThenTheNamesAreListed() {
		this.named.withPropertyValues("flyte.primary=stagng").run((context) -> {
			assertThat(context).getFailure()
				.isInstanceOf(InvalidFlyteConfigurationException.class)
				.hasMessageContaining("flyte.primary")
				.hasMessageContaining("no Flyte connection named 'stagng'; did you mean 'staging'?");
			assertThat(((InvalidFlyteConfigurationException) Objects.requireNonNull(context.getStartupFailure()))
				.getAction()).contains("one of").contains("staging").contains("prodEu").doesNotContain("default");
		});
	}

	@Test
	void whenTheApplicationMarksItsOwnAsPrimaryThenThatWins() {
		this.both.withPropertyValues("flyte.primary=staging")
			.withBean("own", FlyteConnection.class,
					() -> new FlyteConnectionFactory()
						.create(PlatformConfig.builder().name("own").endpoint("own.flyte.test").build()),
					(definition) -> definition.setPrimary(true))
			.run((context) -> {
				assertThat(context.getBean(FlyteConnection.class).name()).isEqualTo("own");
				assertThat(context.getBean(FlyteConnections.class).names()).containsExactlyInAnyOrder("own", "default",
						"staging", "prodEu");
				assertThat(context.getBean("stagingFlyteAdminStub"))
					.isSameAs(context.getBean("stagingFlyteConnection", FlyteConnection.class).admin());
			});
	}

	@Test
	void whenAManagerIsAskedForThenItIsThatOfTheNameAndNoneIsFoundByType() {
		this.both.run((context) -> {
			OAuth2AuthorizedClientManager manager = BeanFactoryAnnotationUtils
				.qualifiedBeanOfType(context.getBeanFactory(), OAuth2AuthorizedClientManager.class, "staging");
			assertThat(manager).isSameAs(context.getBean("stagingFlyteAuthorizedClientManager"));
			for (String bean : context.getBeanNamesForType(OAuth2AuthorizedClientManager.class)) {
				assertThat(context.getBeanFactory().getMergedBeanDefinition(bean))
					.hasFieldOrPropertyWithValue("defaultCandidate", false);
			}
		});
		this.both.withUserConfiguration(ManagerHolder.class)
			.run((context) -> assertThat(context.getBean(ManagerHolder.class).manager).isNull());
	}

	@Test
	void whenANameIsUnknownThenTheNamesAndTheNearestAreSaid() {
		this.both.run((context) -> {
			FlyteConnections connections = context.getBean(FlyteConnections.class);
			assertThat(connections.get("staging")).isSameAs(context.getBean("stagingFlyteConnection"));
			assertThat(connections).hasSize(3);
			assertThat(connections.find("other")).isEmpty();
			assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> connections.get("stagin"))
				.withMessageContaining("'stagin'; did you mean 'staging'?")
				.withMessageContaining("default")
				.withMessageContaining("prodEu");
		});
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"',
			value = { "flyte.connections[my.cluster].platform.url, 'my.cluster' is no name of a connection",
					"flyte.connections[0].platform.url, '0' is no name of a connection",
					"flyte.connections[a b].platform.url, 'a b' is no name of a connection",
					"flyte.connections.default.platform.url, The name 'default' is that of the connection",
					"flyte.connections.staging, It has settings below it" })
	void whenAKeyIsNoNameThenThatIsSaid(String property, String reason) {
		this.none.withPropertyValues(property + "=flyte.test")
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidFlyteConfigurationException.class)
				.hasMessageContaining("flyte.connections")
				.hasMessageContaining(reason));
	}

	@ParameterizedTest
	@CsvSource({ "flyte.connections[Prod].platform.url, Prod", "flyte.connections[us_east].platform.url, us_east",
			"flyte.connections.us-east.platform.url, us-east", "flyte.connections.usEast.platform.url, usEast",
			"flyte.connections.us_east.platform.url, us_east" })
	void whenAKeyIsWrittenInAnotherWayThenItIsTheNameAsItIsWritten(String property, String name) {
		this.none.withPropertyValues(property + "=other.flyte.test").run((context) -> {
			FlyteConnection connection = context.getBean(FlyteConnections.class).get(name);
			assertThat(connection.config().endpoint()).hasToString("other.flyte.test");
			assertThat(context.getBean(name + "FlyteConnection")).isSameAs(connection);
		});
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"',
			value = { "platform.url, no endpoint, 'no endpoint' is no endpoint",
					"credentials.store-key, short, fewer than 16 characters",
					"credentials.auth-mode, client-credentials, no client secret is set",
					"execution.poll-interval, 0s, less than a millisecond",
					"platform.url, ${absent}, Nothing resolves the placeholder",
					"platform.ca-cert-file-path, /absent/ca.pem, /absent/ca.pem",
					"platform.ssl-bundle, absent, no SSL bundle named",
					"credentials.store, jdbc, flyte.connections.prodEu.credentials.store" })
	void whenASettingCannotBeUsedThenItIsNamedAsItIsWritten(String setting, String value, String reason) {
		this.named.withPropertyValues("flyte.connections.prodEu." + setting + "=" + value).run((context) -> {
			Throwable failure = Objects.requireNonNull(context.getStartupFailure());
			while (!(failure instanceof InvalidFlyteConfigurationException)) {
				failure = Objects.requireNonNull(failure.getCause());
			}
			assertThat(((InvalidFlyteConfigurationException) failure).getProperty())
				.startsWithIgnoringCase("flyte.connections.prodeu.");
			assertThat(failure).hasMessageContaining(reason);
		});
	}

	@Test
	void whenTwoConnectionsKeepTheirLoginInOneFileThenBothAreNamed() {
		this.both
			.withPropertyValues("flyte.connections.staging.credentials.store=file",
					"flyte.connections.staging.credentials.store-key=0123456789abcdef",
					"flyte.connections.prodEu.credentials.store=file",
					"flyte.connections.prodEu.credentials.store-key=0123456789abcdef",
					"flyte.connections.prodEu.credentials.store-file=/tmp/flyte/login")
			.run((context) -> assertThat(context).hasNotFailed());
		this.both
			.withPropertyValues("flyte.connections.staging.credentials.store=file",
					"flyte.connections.staging.credentials.store-key=0123456789abcdef",
					"flyte.connections.staging.credentials.store-file=/tmp/flyte/../flyte/login",
					"flyte.connections.prodEu.credentials.store=file",
					"flyte.connections.prodEu.credentials.store-key=0123456789abcdef",
					"flyte.connections.prodEu.credentials.store-file=/tmp/flyte/login")
			.run((context) -> {
				Throwable failure = Objects.requireNonNull(context.getStartupFailure());
				failure = NestedExceptionUtils.getMostSpecificCause(failure);
				assertThat(failure).isInstanceOf(InvalidFlyteConfigurationException.class)
					.hasMessageContaining("'staging'")
					.hasMessageContaining("'prodEu'");
				assertThat(((InvalidFlyteConfigurationException) failure).getAction())
					.contains("flyte.connections.staging.credentials.store-file")
					.contains("flyte.connections.prodEu.credentials.store-file");
			});
	}

	@Test
	void whenACallFailsThenTheSettingsOfItsConnectionAreNamed() {
		this.none
			.withPropertyValues("flyte.connections.gone.platform.url=localhost:1",
					"flyte.connections.gone.platform.insecure=true",
					"flyte.connections.gone.credentials.auth-mode=none", "flyte.connections.gone.channel.max-retries=0")
			.run((context) -> assertThatExceptionOfType(StatusRuntimeException.class)
				.isThrownBy(() -> context.getBean(AdminServiceBlockingStub.class)
					.getVersion(GetVersionRequest.getDefaultInstance()))
				.withMessageContaining(
						"(flyte.connections.gone.platform.url: \"flyte.connections.gone.platform.url\""));
	}

	@Test
	void whenAConnectionIsWarnedOfThenItsOwnSettingIsNamed(CapturedOutput output) {
		this.both
			.withPropertyValues("flyte.connections.prodEu.platform.insecure-skip-verify=true",
					"flyte.connections.staging.inherit=true", "flyte.platform.insecure-skip-verify=true")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("Flyte connection 'prodEu' does not verify")
			.contains("(flyte.connections.prodEu.platform.insecure-skip-verify is set)")
			.contains("(flyte.platform.insecure-skip-verify is set)")
			.contains("(flyte.connections.staging.platform.insecure-skip-verify is set)");
	}

	@Test
	void whenConnectionsHaveNamesThenTheLogSaysWhichOneIsInjected(CapturedOutput output) {
		this.named.withPropertyValues("flyte.primary=staging").run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).containsOnlyOnce("Flyte connections with a name: ")
			.contains("where none is named, 'staging' is injected");
	}

	@Configuration(proxyBeanMethods = false)
	static class Injected {

		private final FlyteConnection unnamed;

		private final ObjectProvider<FlyteConnection> prod;

		private final List<FlyteConnection> all;

		Injected(FlyteConnection unnamed, @Qualifier("prodEu") ObjectProvider<FlyteConnection> prod,
				List<FlyteConnection> all) {
			this.unnamed = unnamed;
			this.prod = prod;
			this.all = all;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ManagerHolder {

		private final @Nullable OAuth2AuthorizedClientManager manager;

		ManagerHolder(ObjectProvider<OAuth2AuthorizedClientManager> manager) {
			this.manager = manager.getIfAvailable();
		}

	}

}
