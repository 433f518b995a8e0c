package io.flyteconnect.autoconfigure.connection;

import java.util.List;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.env.ConfigurableEnvironment;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.autoconfigure.aot.SetAtRunTime;
import io.flyteconnect.autoconfigure.secret.SecretBindHandler;
import io.flyteconnect.config.FlyteApi;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.config.connection.ConnectionApi;
import io.flyteconnect.internal.config.connection.NamedConnection;
import io.flyteconnect.internal.config.connection.NamedConnections;
import io.flyteconnect.internal.config.origin.PropertyLookup;

/**
 * Registers the beans of the named connections, which are known when the application
 * runs, also where its other beans are defined ahead of time. Takes those of the unnamed
 * connection away where there are names and nothing configures it.
 */
class NamedConnectionsRegistrar implements BeanDefinitionRegistryPostProcessor {

	private final ConfigurableEnvironment environment;

	NamedConnectionsRegistrar(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		if (SetAtRunTime.isUnknown()) {
			return;
		}
		List<NamedConnection> connections = NamedConnections.of(this.environment);
		connections.forEach((connection) -> register(new NamedBeans(registry, connection.name()), connection));
		if (!connections.isEmpty() && registry instanceof ConfigurableListableBeanFactory beans
				&& !UnnamedConnection.isConfigured(this.environment, beans, false)) {
			UnnamedConnection.remove(registry);
		}
		else {
			chooseApi(registry, ConnectionApi.of(PropertyLookup.of(this.environment, "flyte")));
		}
	}

	private static void chooseApi(BeanDefinitionRegistry registry, FlyteApi api) {
		if (api == FlyteApi.V2) {
			UnnamedConnection.removeOfFlyte1(registry);
		}
		if (api != FlyteApi.V1) {
			ApiBeans.registerRuns(NamedBeans.ofUnnamed(registry), null);
		}
	}

	private void register(NamedBeans beans, NamedConnection connection) {
		beans.register("flytePlatformConfig", PlatformConfig.class, (factory) -> config(connection, factory));
		RootBeanDefinition made = beans.register("flyteConnection", FlyteConnection.class,
				(factory) -> connect(beans, factory));
		if (made != null) {
			// A setting that cannot be used stops the startup.
			made.setLazyInit(false);
			made.setDestroyMethodName("close");
		}
		FlyteApi api = ConnectionApi.of(connection.lookup(this.environment));
		if (api != FlyteApi.V2) {
			beans.register("flyteAdminStub", FlyteAdminStub.class,
					(factory) -> factory.getBean(beans.name("flyteConnection"), FlyteConnection.class).admin());
			GeneratedStub.ALL.forEach((stub) -> stub.register(beans));
		}
		if (api != FlyteApi.V1) {
			ApiBeans.registerRuns(beans, connection.name());
		}
	}

	private PlatformConfig config(NamedConnection connection, BeanFactory factory) {
		return SecretBindHandler.withoutSecrets(this.environment,
				() -> PlatformConfigs.named(connection, this.environment, (ListableBeanFactory) factory));
	}

	private FlyteConnection connect(NamedBeans beans, BeanFactory factory) {
		FlyteConnectionFactory connections = factory.getBean(FlyteConnectionFactory.class);
		PlatformConfig config = factory.getBean(beans.name("flytePlatformConfig"), PlatformConfig.class);
		return SecretBindHandler.withoutSecrets(this.environment, () -> connections.create(config));
	}

}
