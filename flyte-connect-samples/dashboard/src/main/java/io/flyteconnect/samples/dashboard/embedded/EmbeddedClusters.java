package io.flyteconnect.samples.dashboard.embedded;

import java.util.UUID;

import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Profiles;

import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.test.context.FlyteTestConnectionDetails;

/**
 * Starts two Flyte Admins with sample data for the profile {@code two-clusters}: one with
 * TLS and a login, one in plaintext and without.
 */
class EmbeddedClusters implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		if (context.getEnvironment().acceptsProfiles(Profiles.of("two-clusters"))) {
			DefaultSingletonBeanRegistry beans = (DefaultSingletonBeanRegistry) context.getBeanFactory();
			add("west",
					FlyteTestServer.builder()
						.tls()
						.clientCredentials("dashboard", UUID.randomUUID().toString())
						.withSampleData()
						.start(),
					beans);
			add("east", FlyteTestServer.builder().withSampleData().start(), beans);
		}
	}

	private static void add(String connection, FlyteTestServer server, DefaultSingletonBeanRegistry beans) {
		String bean = connection + "Flyte";
		beans.registerSingleton(bean, server);
		// Registered first, so closed last.
		beans.registerDisposableBean(bean, server::close);
		beans.registerSingleton(bean + "Details", new FlyteTestConnectionDetails(connection, server));
	}

}
