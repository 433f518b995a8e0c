package io.flyteconnect.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import flyteidl.service.AdminServiceGrpc;
import flyteidl.service.DataProxyServiceGrpc;
import flyteidl.service.IdentityServiceGrpc;
import flyteidl.service.SignalServiceGrpc;
import io.grpc.Channel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractStub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.grpc.client.autoconfigure.GrpcClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.grpc.client.ClientInterceptorsConfigurer;
import org.springframework.javapoet.ClassName;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.login.FlyteTokenSupplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Each condition of the auto-configuration, and each bean that gives way.
 */
@ExtendWith(OutputCaptureExtension.class)
class FlyteAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FlyteAutoConfiguration.class, GrpcClientAutoConfiguration.class,
				SslAutoConfiguration.class))
		.withPropertyValues("flyte.platform.url=mine.flyte.test:443");

	@Test
	void whenNothingIsDefinedThenEverythingIsThere() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(PlatformConfig.class)
				.hasSingleBean(FlyteConnectionFactory.class)
				.hasSingleBean(FlyteConnection.class)
				.hasSingleBean(FlyteAdminStub.class);
			assertThat(context.getBean(FlyteConnection.class).config()).isSameAs(context.getBean(PlatformConfig.class));
			assertThat(context.getBean(FlyteAdminStub.class)).isSameAs(context.getBean(FlyteConnection.class).admin());
			assertThat(context.getBean(PlatformConfig.class).endpoint()).hasToString("mine.flyte.test:443");
		});
	}

	@ParameterizedTest
	@MethodSource("stubs")
	<S extends AbstractStub<S>> void whenStubIsInjectedThenItIsThatOfTheConnection(Class<S> type,
			Function<Channel, S> create) {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(type);
			assertThat(context.getBean(type).getChannel()).isSameAs(context.getBean(FlyteConnection.class).channel());
		});
	}

	@ParameterizedTest
	@MethodSource("stubs")
	<S extends AbstractStub<S>> void whenFurtherStubIsDefinedThenThatOfTheConnectionIsInjected(Class<S> type,
			Function<Channel, S> create) {
		Channel own = NettyChannelBuilder.forTarget("localhost:1").build();
		this.runner.withBean("own", type, () -> create.apply(own)).run((context) -> {
			assertThat(context.getBean(type).getChannel()).isSameAs(context.getBean(FlyteConnection.class).channel());
			assertThat(context.getBean("own", type).getChannel()).isSameAs(own);
			assertThat(context.getBeanNamesForType(AbstractStub.class)).hasSize(17);
		});
	}

	static Stream<Arguments> stubs() {
		return Stream.of(stub(AdminServiceGrpc.AdminServiceBlockingStub.class, AdminServiceGrpc::newBlockingStub),
				stub(AdminServiceGrpc.AdminServiceBlockingV2Stub.class, AdminServiceGrpc::newBlockingV2Stub),
				stub(AdminServiceGrpc.AdminServiceFutureStub.class, AdminServiceGrpc::newFutureStub),
				stub(AdminServiceGrpc.AdminServiceStub.class, AdminServiceGrpc::newStub),
				stub(DataProxyServiceGrpc.DataProxyServiceBlockingStub.class, DataProxyServiceGrpc::newBlockingStub),
				stub(DataProxyServiceGrpc.DataProxyServiceBlockingV2Stub.class,
						DataProxyServiceGrpc::newBlockingV2Stub),
				stub(DataProxyServiceGrpc.DataProxyServiceFutureStub.class, DataProxyServiceGrpc::newFutureStub),
				stub(DataProxyServiceGrpc.DataProxyServiceStub.class, DataProxyServiceGrpc::newStub),
				stub(SignalServiceGrpc.SignalServiceBlockingStub.class, SignalServiceGrpc::newBlockingStub),
				stub(SignalServiceGrpc.SignalServiceBlockingV2Stub.class, SignalServiceGrpc::newBlockingV2Stub),
				stub(SignalServiceGrpc.SignalServiceFutureStub.class, SignalServiceGrpc::newFutureStub),
				stub(SignalServiceGrpc.SignalServiceStub.class, SignalServiceGrpc::newStub),
				stub(IdentityServiceGrpc.IdentityServiceBlockingStub.class, IdentityServiceGrpc::newBlockingStub),
				stub(IdentityServiceGrpc.IdentityServiceBlockingV2Stub.class, IdentityServiceGrpc::newBlockingV2Stub),
				stub(IdentityServiceGrpc.IdentityServiceFutureStub.class, IdentityServiceGrpc::newFutureStub),
				stub(IdentityServiceGrpc.IdentityServiceStub.class, IdentityServiceGrpc::newStub));
	}

	private static <S extends AbstractStub<S>> Arguments stub(Class<S> type, Function<Channel, S> create) {
		return Arguments.of(type, create);
	}

	@ParameterizedTest
	@MethodSource
	void whenClassIsAbsentThenThereIsNothingOfFlyte(Class<?> absent) {
		this.runner.withClassLoader(new FilteredClassLoader(absent)).run((context) -> {
			assertThat(context).hasNotFailed();
			assertNothingOfFlyte(context);
		});
	}

	static List<Class<?>> whenClassIsAbsentThenThereIsNothingOfFlyte() {
		return List.of(AbstractStub.class, AdminServiceGrpc.class, NettyChannelBuilder.class,
				OAuth2AuthorizedClientManager.class);
	}

	@Test
	void whenSwitchedOffThenThereIsNothingOfFlyte() {
		this.runner
			.withPropertyValues("flyte.enabled=false", "flyte.platform.url=no endpoint", "flyte.startup-check=fail")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertNothingOfFlyte(context);
			});
	}

	@Test
	void whenSwitchedOffThenNoFlyteFileIsRead(@TempDir Path directory) throws Exception {
		Path file = Files.writeString(directory.resolve("config.yaml"), "admin: [this: is: no: yaml");
		SpringApplication application = new SpringApplicationBuilder(Flyte.class).web(WebApplicationType.NONE).build();
		application.run("--flyte.enabled=false", "--flyte.config-file=" + file).close();
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> application.run("--flyte.config-file=" + file))
			.withMessageContaining("config.yaml");
	}

	@Test
	void whenTokenSupplierIsDefinedThenNoCommandIsNeeded() {
		ApplicationContextRunner external = this.runner
			.withPropertyValues("flyte.credentials.auth-mode=external-command");
		external.run((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessageContaining("flyte.credentials.command")
			.hasMessageContaining("no command is set"));
		external.withBean(FlyteTokenSupplier.class, () -> () -> "token")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(FlyteAdminStub.class));
	}

	@Test
	void whenConnectionFactoryIsDefinedThenOursGivesWay() {
		FlyteConnectionFactory own = new FlyteConnectionFactory();
		this.runner.withBean("own", FlyteConnectionFactory.class, () -> own)
			.run((context) -> assertThat(context).getBean(FlyteConnectionFactory.class).isSameAs(own));
	}

	@Test
	void whenManagerIsWantedByTypeThenThereIsNone() {
		this.runner.withUserConfiguration(ByType.class).run((context) -> {
			assertThat(context.getBean(ByType.class).manager.getIfAvailable()).isNull();
			assertThat(context.getBean(ByType.class).manager.stream()).isEmpty();
		});
		this.runner.withUserConfiguration(NeedsOneByType.class).run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).hasRootCauseInstanceOf(NoSuchBeanDefinitionException.class);
		});
	}

	@Test
	void whenManagerIsWantedByQualifierThenItIsThatOfTheConnection() {
		this.runner.withUserConfiguration(ByQualifier.class)
			.run((context) -> assertThat(context.getBean(ByQualifier.class).manager)
				.isSameAs(context.getBean("flyteAuthorizedClientManager")));
	}

	@Test
	void whenManagerOfThatNameIsDefinedThenOursGivesWay() {
		OAuth2AuthorizedClientManager own = (request) -> null;
		this.runner.withBean("flyteAuthorizedClientManager", OAuth2AuthorizedClientManager.class, () -> own)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean("flyteAuthorizedClientManager")).isSameAs(own);
			});
	}

	@Test
	void whenBootsGrpcClientsAreSwitchedOffThenFlyteIsThereAllTheSame() {
		this.runner.withPropertyValues("spring.grpc.client.enabled=false").run((context) -> {
			assertThat(context).doesNotHaveBean(ClientInterceptorsConfigurer.class);
			assertThat(context).hasSingleBean(FlyteAdminStub.class);
		});
	}

	@Test
	void whenOtherAutoConfigurationsAreAbsentThenFlyteIsThereAllTheSame() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(FlyteAutoConfiguration.class))
			.run((context) -> assertThat(context).hasSingleBean(FlyteAdminStub.class));
	}

	@Test
	void whenSslBundlesAreAbsentThenTheOneThatIsNamedIsMissedInPlainWords() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(FlyteAutoConfiguration.class))
			.withPropertyValues("flyte.platform.ssl-bundle=corporate")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("No SSL bundles are known here"));
	}

	@Test
	void whenAnApplicationStartsThenTheReportSaysWhyFlyteIsThere() {
		this.runner
			.run((context) -> assertThat(outcomes(context))
				.anySatisfy((outcome) -> assertThat(outcome).contains("@ConditionalOnClass found required classes")
					.contains("AdminServiceGrpc"))
				.anySatisfy((outcome) -> assertThat(outcome).contains("flyte.enabled")));
	}

	@Test
	void whenDebugIsAskedForThenTheReportSaysWhyFlyteIsThereOrNot(CapturedOutput output) {
		SpringApplication application = new SpringApplicationBuilder(Flyte.class).web(WebApplicationType.NONE).build();
		application.run("--debug", "--flyte.config-file=none").close();
		assertThat(output).containsSubsequence("Positive matches:", "FlyteAutoConfiguration matched:",
				"FlyteAutoConfiguration#flyteConnection matched:", "Negative matches:");
		application.run("--debug", "--flyte.enabled=false").close();
		assertThat(output).containsSubsequence("Negative matches:", "FlyteAutoConfiguration:", "Did not match:",
				"flyte.enabled");
	}

	@Test
	void whenBeansAreDefinedThenWithoutInstanceSuppliers() {
		this.runner.run((context) -> {
			List<String> names = Stream.of(context.getBeanDefinitionNames())
				.filter((name) -> name.startsWith("flyte") || name.startsWith("io.flyteconnect"))
				.toList();
			assertThat(names).hasSizeGreaterThan(20);
			// Boot makes records of properties by a supplier, and knows them ahead of
			// time.
			assertThat(names).filteredOn((name) -> !name.endsWith("Properties")).allSatisfy((name) -> {
				AbstractBeanDefinition definition = (AbstractBeanDefinition) context.getBeanFactory()
					.getBeanDefinition(name);
				assertThat(definition.getInstanceSupplier()).isNull();
			});
		});
	}

	@Test
	void whenProcessedAheadOfTimeThenEachBeanHasItsDefinition() {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.register(Flyte.class);
		InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
		DefaultGenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get(Flyte.class)), files);
		new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
		generation.writeGeneratedContent();
		Set<String> sources = files.getGeneratedFiles(Kind.SOURCE).keySet();
		assertThat(sources).anyMatch((file) -> file.contains("FlyteAuthorizedClientManagerConfiguration__"))
			.anyMatch((file) -> file.contains("FlyteStubsConfiguration__"))
			.anyMatch((file) -> file.contains("FlyteAutoConfiguration__"));
	}

	@Test
	void whenTheLateDefinitionsAreThereAlreadyThenTheyStay() {
		this.runner.run((first) -> {
			String name = FlyteAuthorizedClientManagerConfiguration.SecondRound.class.getName();
			this.runner.withAllowBeanDefinitionOverriding(false)
				.withInitializer((context) -> ((GenericApplicationContext) context).registerBeanDefinition(name,
						first.getBeanFactory().getBeanDefinition(name)))
				.run((second) -> assertThat(second).hasNotFailed().hasBean("flyteAuthorizedClientManager"));
		});
	}

	private static List<String> outcomes(ConfigurableApplicationContext context) {
		return Objects
			.requireNonNull(ConditionEvaluationReport.get(context.getBeanFactory())
				.getConditionAndOutcomesBySource()
				.get(FlyteAutoConfiguration.class.getName()))
			.stream()
			.map((outcome) -> outcome.getOutcome().toString())
			.toList();
	}

	private static List<String> outcomes(AssertableApplicationContext context) {
		return outcomes(context.getSourceApplicationContext());
	}

	private static void assertNothingOfFlyte(AssertableApplicationContext context) {
		assertThat(context.getBeanDefinitionNames())
			.noneMatch((name) -> name.startsWith("flyte") || name.startsWith("io.flyteconnect"));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ FlyteAutoConfiguration.class, GrpcClientAutoConfiguration.class,
			SslAutoConfiguration.class })
	static class Flyte {

	}

	@Configuration(proxyBeanMethods = false)
	static class ByType {

		private final ObjectProvider<OAuth2AuthorizedClientManager> manager;

		ByType(ObjectProvider<OAuth2AuthorizedClientManager> manager) {
			this.manager = manager;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NeedsOneByType {

		@Bean
		String needy(OAuth2AuthorizedClientManager manager) {
			return manager.toString();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ByQualifier {

		private final OAuth2AuthorizedClientManager manager;

		ByQualifier(@Qualifier("flyteAuthorizedClientManager") OAuth2AuthorizedClientManager manager) {
			this.manager = manager;
		}

	}

}
