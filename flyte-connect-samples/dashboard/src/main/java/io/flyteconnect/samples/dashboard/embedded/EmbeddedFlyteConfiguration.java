package io.flyteconnect.samples.dashboard.embedded;

import java.nio.file.Path;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
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

	private static final Log logger = LogFactory.getLog(EmbeddedFlyteConfiguration.class);

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
	ApplicationListener<ApplicationReadyEvent> embeddedClient(FlyteTestServer embeddedFlyte,
			@Value("${flyte.secrets.default-dir}") Path secrets) {
		return (event) -> logger.info("The embedded Flyte at " + embeddedFlyte.endpoint() + " knows the client '"
				+ CLIENT_ID + "', whose secret is in " + secrets.resolve(CLIENT_ID).resolve("client-secret"));
	}

	@Bean
	EmbeddedCluster embeddedCluster(FlyteTestServer embeddedFlyte) {
		return new EmbeddedCluster(embeddedFlyte.executions());
	}

}
