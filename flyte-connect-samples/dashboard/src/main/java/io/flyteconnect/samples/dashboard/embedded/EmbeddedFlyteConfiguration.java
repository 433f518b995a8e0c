package io.flyteconnect.samples.dashboard.embedded;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.annotation.EnableScheduling;

import io.flyteconnect.autoconfigure.FlyteConnectionDetails;
import io.flyteconnect.test.FlyteTestServer;

/**
 * Starts a Flyte Admin and an identity provider with sample data, and points the
 * application at them. The rest of the dashboard does not know.
 */
@Configuration(proxyBeanMethods = false)
@Profile("embedded")
@EnableScheduling
class EmbeddedFlyteConfiguration {

	static final String CLIENT_ID = "dashboard";

	// The shell may have variables for the developer's real cluster, such as
	// FLYTE_CREDENTIALS_CLIENT_SECRET_LOCATION. They are not for this one.
	private static final List<String> OF_ANOTHER_CLUSTER = List.of("flyte.api-key",
			"flyte.credentials.authorization-header", "flyte.credentials.client-secret-env-var",
			"flyte.credentials.client-secret-location", "flyte.credentials.token-url", "flyte.credentials.audience",
			"flyte.credentials.scopes", "flyte.platform.ca-cert-file-path", "flyte.platform.console-endpoint",
			"flyte.platform.http-proxy-url", "flyte.platform.ssl-bundle");

	@Bean
	FlyteTestServer embeddedFlyte() {
		return FlyteTestServer.builder()
			.clientCredentials(CLIENT_ID, UUID.randomUUID().toString())
			.withSampleData()
			.start();
	}

	@Bean
	FlyteConnectionDetails embeddedFlyteDetails(FlyteTestServer embeddedFlyte) {
		Map<String, String> settings = new LinkedHashMap<>();
		OF_ANOTHER_CLUSTER.forEach((name) -> settings.put(name, ""));
		settings.putAll(embeddedFlyte.properties());
		Binder binder = new Binder(new MapConfigurationPropertySource(settings));
		return (properties) -> binder.bind("flyte", Bindable.ofInstance(properties));
	}

	@Bean
	EmbeddedCluster embeddedCluster(FlyteTestServer embeddedFlyte) {
		return new EmbeddedCluster(embeddedFlyte.executions());
	}

}
