package io.flyteconnect.test.context;

import java.util.Map;
import java.util.UUID;

import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.ClassUtils;

import io.flyteconnect.test.FlyteTest;
import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.test.FlyteTestServerBuilder;

/**
 * Starts a {@link FlyteTestServer} for an application context. Being a record, it is part
 * of the key that contexts are cached by.
 *
 * @param tls whether to speak TLS
 * @param auth how to log in
 * @param sampleData whether to start with sample data
 */
record FlyteTestContextCustomizer(boolean tls, FlyteTest.Auth auth, boolean sampleData) implements ContextCustomizer {

	private static final String BEAN_NAME = "flyteTestServer";

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
		FlyteTestServer server = start();
		context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("flyteTestServer", Map.copyOf(server.properties())));
		DefaultSingletonBeanRegistry beans = (DefaultSingletonBeanRegistry) context.getBeanFactory();
		beans.registerSingleton(BEAN_NAME, server);
		// Registered first, so closed last, and closed too if the context does not start.
		beans.registerDisposableBean(BEAN_NAME, server::close);
		if (ClassUtils.isPresent("io.flyteconnect.autoconfigure.FlyteConnectionDetails", getClass().getClassLoader())) {
			beans.registerSingleton("flyteTestConnectionDetails", new FlyteTestConnectionDetails(server));
		}
	}

	private FlyteTestServer start() {
		FlyteTestServerBuilder builder = FlyteTestServer.builder();
		if (this.tls) {
			builder.tls();
		}
		if (this.auth == FlyteTest.Auth.CLIENT_CREDENTIALS) {
			builder.clientCredentials("flyte-test", UUID.randomUUID().toString());
		}
		if (this.sampleData) {
			builder.withSampleData();
		}
		return builder.start();
	}

}
