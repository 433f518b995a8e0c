package io.flyteconnect.test.context;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.ClassUtils;

import io.flyteconnect.autoconfigure.connection.PrimaryConnection;
import io.flyteconnect.test.FlyteTestServer;

/**
 * Starts a {@link FlyteTestServer} for what each annotation of a test stands in for.
 * Being a record, it is part of the key that contexts are cached by.
 *
 * @param connections the annotations
 */
record FlyteTestContextCustomizer(List<TestedConnection> connections) implements ContextCustomizer {

	private static final boolean AUTO_CONFIGURED = ClassUtils.isPresent(
			"io.flyteconnect.autoconfigure.FlyteConnectionDetails", FlyteTestContextCustomizer.class.getClassLoader());

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
		List<String> named = this.connections.stream().map(TestedConnection::name).toList();
		List<String> configured = AUTO_CONFIGURED ? Configured.names(context.getEnvironment())
				: List.of(TestedConnection.UNNAMED);
		// All are known before the first server starts.
		Map<TestedConnection, List<String>> names = new LinkedHashMap<>();
		this.connections.forEach((connection) -> names.put(connection, connection.connections(named, configured)));
		names.forEach((connection, standsInFor) -> start(connection, standsInFor, context));
	}

	private static void start(TestedConnection connection, List<String> names, ConfigurableApplicationContext context) {
		FlyteTestServer server = connection.start();
		DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
		// Registered first, so closed last.
		connection.register(server, beans);
		Map<String, Object> properties = new LinkedHashMap<>();
		for (String name : names) {
			properties.putAll(TestedConnection.properties(name, server));
			if (AUTO_CONFIGURED) {
				beans.registerSingleton(TestedConnection.beanName(name, "flyteTestConnectionDetails"),
						new FlyteTestConnectionDetails(name, server));
			}
		}
		context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource(connection.beanName("flyteTestServer"), properties));
	}

	/**
	 * Keeps apart what needs the auto-configuration.
	 */
	private static final class Configured {

		static List<String> names(Environment environment) {
			return PrimaryConnection.configured(environment);
		}

	}

}
