package io.flyteconnect.autoconfigure;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;

import io.flyteconnect.FlyteConnections;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.login.FlyteTokenSupplier;
import io.flyteconnect.testsupport.LoginServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whose tokens a supplier gives where there are several connections.
 */
@Tag("once")
class TokenSuppliersTests {

	private LoginServer one;

	private LoginServer two;

	private ApplicationContextRunner both;

	@BeforeEach
	void start() throws Exception {
		this.one = new LoginServer();
		this.two = new LoginServer();
		this.one.accepted.add("of-one");
		this.two.accepted.add("of-two");
		this.both = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(FlyteAutoConfiguration.class))
			.withPropertyValues("flyte.connections.one.platform.url=localhost:" + this.one.port(),
					"flyte.connections.one.platform.insecure=true",
					"flyte.connections.one.credentials.auth-mode=external-command",
					"flyte.connections.two.platform.url=localhost:" + this.two.port(),
					"flyte.connections.two.platform.insecure=true",
					"flyte.connections.two.credentials.auth-mode=external-command");
	}

	@AfterEach
	void stop() throws Exception {
		this.one.close();
		this.two.close();
	}

	@Test
	void whenASupplierIsQualifiedThenItIsForThatConnectionAndTheOtherRunsItsCommand() {
		this.both
			.withPropertyValues("flyte.connections.one.credentials.command=never-run",
					"flyte.connections.two.credentials.command=printf,of-two")
			.withUserConfiguration(OfOne.class)
			.run(this::assertEachHasItsOwnToken);
	}

	@Test
	void whenASupplierIsForNoConnectionThenOneWithACommandOfItsOwnStillRunsIt() {
		this.both.withPropertyValues("flyte.connections.two.credentials.command=printf,of-two")
			.withBean(FlyteTokenSupplier.class, () -> () -> "of-one")
			.run(this::assertEachHasItsOwnToken);
	}

	@Test
	void whenEachConnectionHasASupplierThenNoneGetsThatOfAnother() {
		this.both.withUserConfiguration(OfOne.class, OfTwo.class).run(this::assertEachHasItsOwnToken);
	}

	@Test
	void whenTheOnlySupplierIsForAnotherConnectionThenTheStartupFailsForTheOneWithoutACommand() {
		this.both.withUserConfiguration(OfOne.class).run((context) -> {
			Throwable cause = NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure());
			assertThat(cause).isInstanceOfSatisfying(InvalidFlyteConfigurationException.class,
					(ex) -> assertThat(ex.getProperty()).isEqualTo("flyte.connections.two.credentials.command"));
		});
	}

	@Test
	void whenTwoSuppliersMayBeMeantThenTheErrorNamesThem() {
		this.both.withBean("first", FlyteTokenSupplier.class, () -> () -> "of-one")
			.withBean("second", FlyteTokenSupplier.class, () -> () -> "of-two")
			.run((context) -> assertThat(NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure()))
				.isInstanceOf(NoUniqueBeanDefinitionException.class)
				.hasMessageContaining("first,second"));
	}

	private void assertEachHasItsOwnToken(ApplicationContext context) {
		FlyteConnections connections = context.getBean(FlyteConnections.class);
		for (String name : new String[] { "one", "two" }) {
			connections.get(name).admin().blocking().getVersion(GetVersionRequest.getDefaultInstance());
		}
		assertThat(this.one.authorizations).contains("Bearer of-one").doesNotContain("Bearer of-two");
		assertThat(this.two.authorizations).contains("Bearer of-two").doesNotContain("Bearer of-one");
	}

	@Configuration(proxyBeanMethods = false)
	static class OfOne {

		@Bean
		@Qualifier("one")
		FlyteTokenSupplier tokensOfOne() {
			return () -> "of-one";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OfTwo {

		@Bean
		@Qualifier("two")
		FlyteTokenSupplier tokensOfTwo() {
			return () -> "of-two";
		}

	}

}
