package io.flyteconnect.autoconfigure;

import java.util.function.Supplier;

import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanDefinitionCustomizer;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.grpc.client.autoconfigure.GrpcClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.autoconfigure.connection.DuplicateConnectionNameException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.config.origin.Explanation;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections, stubs and settings of the application's own beside the configured ones.
 */
@Tag("once")
@ExtendWith(OutputCaptureExtension.class)
class SecondConnectionTests {

	private static final BeanDefinitionCustomizer PRIMARY = (definition) -> definition.setPrimary(true);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FlyteAutoConfiguration.class, GrpcClientAutoConfiguration.class,
				SslAutoConfiguration.class))
		.withPropertyValues("flyte.platform.url=mine.flyte.test:443");

	@Test
	void whenAConnectionIsDefinedThenTheConfiguredOneIsInjectedAndThatIsSaid(CapturedOutput output) {
		this.runner.withBean("other", FlyteConnection.class, connection("other")).run((context) -> {
			FlyteConnection injected = context.getBean(FlyteConnection.class);
			assertThat(injected).isSameAs(context.getBean("flyteConnection"))
				.hasToString("FlyteConnection[default to" + " mine.flyte.test:443]");
			assertThat(context.getBean(FlyteAdminStub.class)).isSameAs(injected.admin());
			assertThat(context.getBean(AdminServiceBlockingStub.class).getChannel()).isSameAs(injected.channel());
			assertThat(context.getBeansOfType(FlyteConnection.class)).containsOnlyKeys("flyteConnection", "other");
		});
		assertThat(output).containsOnlyOnce("A FlyteConnection is injected as the bean 'flyteConnection'")
			.contains("there is also 'other'");
	}

	@Test
	void whenSeveralConnectionsAreDefinedThenTheConfiguredOneIsInjected(CapturedOutput output) {
		this.runner.withBean("one", FlyteConnection.class, connection("one"))
			.withBean("two", FlyteConnection.class, connection("two"))
			.run((context) -> assertThat(context.getBean(FlyteConnection.class).name()).isEqualTo("default"));
		assertThat(output).contains("there is also 'one', 'two'");
	}

	@Test
	void whenAConnectionIsPrimaryThenItIsInjectedAndThatIsSaid(CapturedOutput output) {
		this.runner.withBean("other", FlyteConnection.class, connection("other"), PRIMARY).run((context) -> {
			FlyteConnection injected = context.getBean(FlyteConnection.class);
			assertThat(injected.name()).isEqualTo("other");
			assertThat(context.getBean(FlyteAdminStub.class)).isSameAs(injected.admin());
			assertThat(context.getBean("flyteConnection", FlyteConnection.class).name()).isEqualTo("default");
			assertThat(context.getBean("flyteAuthorizedClientManager"))
				.isInstanceOf(OAuth2AuthorizedClientManager.class);
		});
		assertThat(output).contains("injected as the bean 'other', which is primary");
	}

	@Test
	void whenAConnectionHasTheNameOfOursThenItTakesItsPlace() {
		this.runner.withPropertyValues("flyte.platform.url=no endpoint")
			.withBean("flyteConnection", FlyteConnection.class, connection("default"))
			.run((context) -> {
				assertThat(context).hasSingleBean(FlyteConnection.class).hasNotFailed();
				assertThat(context.getBean(FlyteAdminStub.class))
					.isSameAs(context.getBean(FlyteConnection.class).admin());
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "flyte.platform.url", "flyte.api-key" })
	void whenABeanTakesThePlaceOfAConfiguredOneThenThatIsSaidOnce(String property, CapturedOutput output) {
		this.runner.withPropertyValues(property + "=s3cret.example")
			.withBean("flyteConnection", FlyteConnection.class, connection("default"))
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).containsOnlyOnce("The bean 'flyteConnection' of the application takes the place")
			.containsPattern("takes the place of the one that would be made of .*" + property + " \\(")
			.doesNotContain("s3cret", "'flytePlatformConfig' of the application");
		this.runner.withPropertyValues(property + "=s3cret.example")
			.withBean("flytePlatformConfig", PlatformConfig.class, () -> config("default"))
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).containsOnlyOnce("The bean 'flytePlatformConfig' of the application takes the place");
	}

	@Test
	void whenNothingIsConfiguredOrNothingIsReplacedThenNoBeanIsSaidToTakeAPlace(CapturedOutput output) {
		this.runner.withPropertyValues("flyte.platform.url=", "flyte.api-key=")
			.withBean("flyteConnection", FlyteConnection.class, connection("default"))
			.run((context) -> assertThat(context).hasNotFailed());
		this.runner.withPropertyValues("flyte.platform.url=flyte.example")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("takes the place of");
	}

	@Test
	void whenTheNameOfATypeBeginsWithAVowelThenItsArticleFits(CapturedOutput output) {
		FlyteConnection other = connection("other").get();
		this.runner.withBean("otherStub", AdminServiceBlockingStub.class, () -> other.admin().admin().blocking())
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("An AdminServiceGrpc.AdminServiceBlockingStub is injected as the bean")
			.doesNotContain("A AdminService");
		other.close();
	}

	@Test
	void whenTwoConnectionsHaveTheSameNameThenBothBeansAreNamed() {
		this.runner.withBean("other", FlyteConnection.class, connection("default")).run((context) -> {
			Throwable cause = NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure());
			assertThat(cause).isInstanceOf(DuplicateConnectionNameException.class);
			FailureAnalysis analysis = Explanation.of((DuplicateConnectionNameException) cause,
					new StandardEnvironment());
			assertThat(analysis.getDescription()).contains("'other'")
				.contains("'flyteConnection'")
				.endsWith("the name 'default'.");
			assertThat(analysis.getAction()).contains("name(\"other\")").contains("name the bean 'flyteConnection'");
		});
	}

	@Test
	void whenAnAdminStubIsDefinedThenThatOfTheConnectionIsInjected(CapturedOutput output) {
		FlyteConnection other = connection("other").get();
		this.runner.withBean("otherStub", FlyteAdminStub.class, other::admin)
			.run((context) -> assertThat(context.getBean(FlyteAdminStub.class))
				.isSameAs(context.getBean(FlyteConnection.class).admin()));
		assertThat(output).contains("A FlyteAdminStub is injected as the bean 'flyteAdminStub'");
		this.runner.withBean("otherStub", FlyteAdminStub.class, other::admin, PRIMARY).run((context) -> {
			assertThat(context.getBean(FlyteAdminStub.class)).isSameAs(other.admin());
			assertThat(context.getBean(AdminServiceBlockingStub.class).getChannel()).isSameAs(other.channel());
		});
		this.runner.withBean("flyteAdminStub", FlyteAdminStub.class, other::admin)
			.run((context) -> assertThat(context).getBean(FlyteAdminStub.class).isSameAs(other.admin()));
		other.close();
	}

	@Test
	void whenFurtherSettingsAreDefinedThenTheConnectionIsMadeOfTheConfiguredOnes() {
		this.runner.withBean("otherConfig", PlatformConfig.class, () -> config("other"))
			.run((context) -> assertThat(context.getBean(FlyteConnection.class).config())
				.isSameAs(context.getBean("flytePlatformConfig")));
	}

	@Test
	void whenSettingsArePrimaryOrHaveTheNameOfOursThenTheConnectionIsMadeOfThem() {
		PlatformConfig own = config("default");
		ApplicationContextRunner unusable = this.runner.withPropertyValues("flyte.platform.url=no endpoint");
		unusable.withBean("own", PlatformConfig.class, () -> own, PRIMARY)
			.run((context) -> assertThat(context.getBean(FlyteConnection.class).config()).isSameAs(own));
		unusable.withBean("flytePlatformConfig", PlatformConfig.class, () -> own)
			.run((context) -> assertThat(context.getBean(FlyteConnection.class).config()).isSameAs(own));
	}

	@Test
	void whenSettingsHaveTheNameOfTheConfiguredOnesThenBothBeansAreNamed() {
		this.runner.withBean("own", PlatformConfig.class, () -> config("default"))
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(DuplicateConnectionNameException.class)
				.rootCause()
				.hasMessageContaining("'own'")
				.hasMessageContaining("'flytePlatformConfig'"));
	}

	@Test
	void whenNothingElseIsDefinedThenNothingIsSaid(CapturedOutput output) {
		this.runner.run((context) -> assertThat(context).hasSingleBean(FlyteConnection.class));
		assertThat(output).doesNotContain("is injected as the bean");
	}

	private static Supplier<FlyteConnection> connection(String name) {
		return () -> new FlyteConnectionFactory().create(config(name));
	}

	private static PlatformConfig config(String name) {
		return PlatformConfig.builder().name(name).endpoint("other.flyte.test:443").build();
	}

}
