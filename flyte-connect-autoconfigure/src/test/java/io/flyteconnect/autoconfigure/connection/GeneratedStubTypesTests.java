package io.flyteconnect.autoconfigure.connection;

import java.util.List;

import io.grpc.stub.AbstractStub;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.flyteconnect.autoconfigure.FlyteAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where Spring looks for methods of its own.
 */
class GeneratedStubTypesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FlyteAutoConfiguration.class))
		.withPropertyValues("flyte.config-file=none", "flyte.platform.url=localhost:1",
				"flyte.credentials.auth-mode=none");

	@Test
	void whenAStubIsGeneratedThenItsMethodsAreNotLookedAtInAnyConnection() {
		this.runner
			.withPropertyValues("flyte.connections.left.platform.url=localhost:2",
					"flyte.connections.left.credentials.auth-mode=none")
			.run((context) -> assertThat(GeneratedStub.ALL).allSatisfy((stub) -> {
				for (String bean : List.of(stub.bean(), NamedBeans.name("left", stub.bean()))) {
					assertThat(AutoProxyUtils.determineTargetClass(context.getBeanFactory(), bean)).as(bean)
						.isEqualTo(AbstractStub.class);
					assertThat(context.getBean(bean)).isInstanceOf(stub.type());
				}
			}));
	}

	@Test
	void whenAnApplicationHasABeanOfTheNameThenItsMethodsAreLookedAt() {
		this.runner.withBean("flyteAdminBlockingStub", String.class, () -> "own")
			.run((context) -> assertThat(
					AutoProxyUtils.determineTargetClass(context.getBeanFactory(), "flyteAdminBlockingStub"))
				.isEqualTo(String.class));
	}

}
