package io.flyteconnect.samples.dashboard.embedded;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.annotation.EnableScheduling;

import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.test.context.FlyteTestConnectionDetails;

/**
 * Starts a Flyte Admin and an identity provider with sample data, and points the
 * application at them. The rest of the dashboard does not know.
 */
@Configuration(proxyBeanMethods = false)
@Profile("embedded")
@EnableScheduling
class EmbeddedFlyteConfiguration {

	static final String CLIENT_ID = "dashboard";

	@Bean
	FlyteTestServer embeddedFlyte(@Value("${flyte-secret.dashboard.client-secret}") String clientSecret) {
		return FlyteTestServer.builder().clientCredentials(CLIENT_ID, clientSecret).withSampleData().start();
	}

	@Bean
	FlyteTestConnectionDetails embeddedFlyteDetails(FlyteTestServer embeddedFlyte) {
		return new FlyteTestConnectionDetails(embeddedFlyte);
	}

	@Bean
	EmbeddedCluster embeddedCluster(FlyteTestServer embeddedFlyte) {
		return new EmbeddedCluster(embeddedFlyte.executions());
	}

}
