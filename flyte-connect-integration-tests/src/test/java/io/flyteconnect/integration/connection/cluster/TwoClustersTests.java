package io.flyteconnect.integration.connection.cluster;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnections;
import io.flyteconnect.integration.connection.Applications;
import io.flyteconnect.login.FlyteDeviceLoginEvent;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * One application on two clusters: one with TLS and client credentials, one in plaintext
 * where a person logs in on another device.
 */
class TwoClustersTests {

	@Test
	void whenEachClusterHasALoginOfItsOwnThenNeitherSeesTheToken() throws Exception {
		try (FlyteTestServer secured = FlyteTestServer.builder()
			.tls()
			.clientCredentials("service", "s3cret")
			.withSampleData()
			.start(); FlyteTestServer plain = FlyteTestServer.builder().login().start()) {
			CompletableFuture<FlyteDeviceLoginEvent> asked = new CompletableFuture<>();
			try (ConfigurableApplicationContext context = application(secured, plain).listener(whenAsked(asked))
				.run()) {
				FlyteConnections connections = context.getBean(FlyteConnections.class);
				assertThat(projects(connections.get("secured"))).isEqualTo(3);
				CompletableFuture<Integer> waiting = CompletableFuture
					.supplyAsync(() -> projects(connections.get("plain")));
				FlyteDeviceLoginEvent login = asked.get(30, TimeUnit.SECONDS);
				assertThat(login.connection()).isEqualTo("plain");
				assertThat(projects(connections.get("secured"))).as("while the other waits for a person").isEqualTo(3);
				plain.identityProvider().approveDevice(login.userCode());
				assertThat(waiting.get(30, TimeUnit.SECONDS)).isZero();
				assertThat(secured.identityProvider().tokenRequestCount()).isOne();
				assertThat(secured.identityProvider().requests())
					.noneMatch((request) -> request.toString().contains("device"));
				assertThat(secured.calls().refused()).isZero();
			}
		}
	}

	@Test
	void whenOneClusterIsDownThenCallsToTheOtherGoOn() {
		try (FlyteTestServer secured = FlyteTestServer.builder().tls().clientCredentials("service", "s3cret").start()) {
			FlyteTestServer plain = FlyteTestServer.builder().login().start();
			Applications application = application(secured, plain).property("flyte.connections.plain.channel.deadline",
					"2s");
			try (ConfigurableApplicationContext context = application.run()) {
				plain.close();
				FlyteConnections connections = context.getBean(FlyteConnections.class);
				for (int i = 0; i < 2; i++) {
					assertThatExceptionOfType(StatusRuntimeException.class)
						.isThrownBy(() -> projects(connections.get("plain")))
						.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isIn(Status.Code.UNAVAILABLE,
								Status.Code.DEADLINE_EXCEEDED));
					assertThat(projects(connections.get("secured"))).isZero();
				}
				assertThat(secured.identityProvider().tokenRequestCount()).isOne();
				assertThat(secured.acceptedConnections()).isOne();
			}
		}
	}

	private static Applications application(FlyteTestServer secured, FlyteTestServer plain) {
		return Applications.create()
			.properties(named("secured", secured.properties()))
			.properties(named("plain", plain.properties()))
			.property("flyte.connections.plain.credentials.auth-mode", "device-flow")
			.property("flyte.connections.plain.credentials.interactive", "always")
			.property("flyte.connections.plain.credentials.device-flow.poll-interval", "1s");
	}

	private static Map<String, String> named(String connection, Map<String, String> properties) {
		return properties.entrySet()
			.stream()
			.collect(Collectors.toUnmodifiableMap(
					(property) -> "flyte.connections." + connection + property.getKey().substring("flyte".length()),
					Map.Entry::getValue));
	}

	private static ApplicationListener<PayloadApplicationEvent<?>> whenAsked(
			CompletableFuture<FlyteDeviceLoginEvent> asked) {
		return (event) -> {
			if (event.getPayload() instanceof FlyteDeviceLoginEvent login) {
				asked.complete(login);
			}
		};
	}

	private static int projects(FlyteConnection connection) {
		return connection.admin().blocking().listProjects(ProjectListRequest.getDefaultInstance()).getProjectsCount();
	}

}
