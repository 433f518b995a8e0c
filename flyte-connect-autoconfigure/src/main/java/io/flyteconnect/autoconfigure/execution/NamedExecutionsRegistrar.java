package io.flyteconnect.autoconfigure.execution;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.env.Environment;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.autoconfigure.aot.SetAtRunTime;
import io.flyteconnect.autoconfigure.connection.NamedBeans;
import io.flyteconnect.config.FlyteApi;
import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.identity.FlyteUsers;
import io.flyteconnect.internal.config.connection.ConnectionApi;
import io.flyteconnect.internal.config.connection.NamedConnection;
import io.flyteconnect.internal.config.connection.NamedConnections;

/**
 * Registers what launches executions, and what tells the user, of each named connection:
 * {@code flyte.connections.<name>.execution.*} says whom its executions run as.
 */
class NamedExecutionsRegistrar implements BeanDefinitionRegistryPostProcessor {

	private final Environment environment;

	NamedExecutionsRegistrar(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		if (!SetAtRunTime.isUnknown()) {
			NamedConnections.of(this.environment)
				.forEach((connection) -> register(new NamedBeans(registry, connection.name()), connection));
		}
	}

	private void register(NamedBeans beans, NamedConnection connection) {
		if (ConnectionApi.of(connection.lookup(this.environment)) != FlyteApi.V2) {
			registerExecutions(beans, connection);
		}
		beans.register("flyteUsers", FlyteUsers.class,
				(factory) -> new FlyteUsers(factory.getBean(beans.name("flyteConnection"), FlyteConnection.class)));
	}

	private void registerExecutions(NamedBeans beans, NamedConnection connection) {
		RootBeanDefinition made = beans.register("flyteExecutions", FlyteExecutions.class,
				(factory) -> factory.getBean(FlyteExecutionsRefresh.class)
					.create(factory.getBean(beans.name("flyteConnection"), FlyteConnection.class),
							ExecutionModels.named(this.environment, connection).settings()));
		if (made != null) {
			// A setting that cannot be used stops the startup.
			made.setLazyInit(false);
		}
	}

}
