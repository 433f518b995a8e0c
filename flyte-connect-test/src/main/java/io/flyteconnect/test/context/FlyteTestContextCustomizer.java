package io.flyteconnect.test.context;

import java.util.List;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.ClassUtils;

import io.flyteconnect.test.FlyteTestServer;

/**
 * Starts a {@link FlyteTestServer} for each connection of an application context that one
 * stands in for. Being a record, it is part of the key that contexts are cached by.
 *
 * @param connections the connections
 */
record FlyteTestContextCustomizer(List<TestedConnection> connections) implements ContextCustomizer {

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
		this.connections.forEach((connection) -> start(connection, context));
	}

	private static void start(TestedConnection connection, ConfigurableApplicationContext context) {
		FlyteTestServer server = connection.start();
		context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource(connection.beanName("flyteTestServer"), connection.properties(server)));
		DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
		// Registered first, so closed last.
		connection.register(server, beans);
		if (ClassUtils.isPresent("io.flyteconnect.autoconfigure.FlyteConnectionDetails",
				FlyteTestContextCustomizer.class.getClassLoader())) {
			beans.registerSingleton(connection.beanName("flyteTestConnectionDetails"),
					new FlyteTestConnectionDetails(connection.name(), server));
		}
	}

}
