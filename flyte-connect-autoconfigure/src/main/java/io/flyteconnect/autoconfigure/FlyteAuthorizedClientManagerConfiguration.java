package io.flyteconnect.autoconfigure;

import java.util.stream.Stream;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.autoconfigure.connection.DefaultConnection;
import io.flyteconnect.autoconfigure.connection.NamedBeans;

/**
 * Publishes the {@link OAuth2AuthorizedClientManager} of each connection so that it is
 * found by its name only. Spring Security registers a manager of its own where it sees
 * none, and counts the ones it sees by type: so ours is defined after Security has
 * looked, by a post-processor that a first one adds, and is no candidate for injection by
 * type.
 */
@Configuration(proxyBeanMethods = false)
public class FlyteAuthorizedClientManagerConfiguration {

	/** Name of the bean. */
	public static final String BEAN_NAME = "flyteAuthorizedClientManager";

	private static final String CONNECTION = "flyteConnection";

	@Bean
	static FirstRound flyteAuthorizedClientManagerRegistrar() {
		return new FirstRound();
	}

	static final class FirstRound implements BeanDefinitionRegistryPostProcessor {

		@Override
		public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
			// Already there where the definitions were made ahead of time.
			if (!registry.containsBeanDefinition(SecondRound.class.getName())) {
				registry.registerBeanDefinition(SecondRound.class.getName(), new RootBeanDefinition(SecondRound.class));
			}
		}

	}

	static final class SecondRound implements BeanDefinitionRegistryPostProcessor {

		@Override
		public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
			for (String name : registry.getBeanDefinitionNames()) {
				BeanDefinition definition = registry.getBeanDefinition(name);
				String connection = NamedBeans.connection(definition);
				if (connection != null && name.equals(NamedBeans.name(connection, CONNECTION))) {
					registerNamed(registry, connection);
				}
			}
			if (!registry.containsBeanDefinition(CONNECTION)) {
				// Those of an application that was processed ahead of time.
				Stream.of(BEAN_NAME, Source.class.getName())
					.filter(registry::containsBeanDefinition)
					.forEach(registry::removeBeanDefinition);
			}
			else if (!registry.containsBeanDefinition(BEAN_NAME)) {
				register(registry);
			}
		}

		private static void registerNamed(BeanDefinitionRegistry registry, String connection) {
			NamedBeans beans = new NamedBeans(registry, connection);
			RootBeanDefinition manager = beans.register(BEAN_NAME, OAuth2AuthorizedClientManager.class,
					(factory) -> factory.getBean(beans.name(CONNECTION), FlyteConnection.class)
						.authorizedClientManager());
			if (manager != null) {
				manager.setDefaultCandidate(false);
			}
		}

		private static void register(BeanDefinitionRegistry registry) {
			RootBeanDefinition manager = (RootBeanDefinition) BeanDefinitionBuilder
				.rootBeanDefinition(OAuth2AuthorizedClientManager.class)
				.setFactoryMethodOnBean("manager", Source.class.getName())
				.setLazyInit(true)
				.getBeanDefinition();
			manager.setDefaultCandidate(false);
			RootBeanDefinition source = source();
			DefaultConnection.mark(source);
			DefaultConnection.mark(manager);
			registry.registerBeanDefinition(Source.class.getName(), source);
			registry.registerBeanDefinition(BEAN_NAME, manager);
		}

		private static RootBeanDefinition source() {
			RootBeanDefinition source = new RootBeanDefinition(Source.class);
			source.setAutowireMode(RootBeanDefinition.AUTOWIRE_CONSTRUCTOR);
			source.setLazyInit(true);
			return source;
		}

	}

	/**
	 * Gives the manager of the unnamed connection, the application's own included.
	 */
	static final class Source {

		private final DefaultConnection connection;

		Source(DefaultConnection connection) {
			this.connection = connection;
		}

		OAuth2AuthorizedClientManager manager() {
			return this.connection.connection().authorizedClientManager();
		}

	}

}
