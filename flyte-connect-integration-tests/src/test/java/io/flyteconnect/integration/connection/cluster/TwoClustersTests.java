package io.flyteconnect.integration.connection.cluster;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

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

	@Test
	void whenBothKeepTheirLoginsInOneTableThenEachFindsItsOwnAfterARestart() {
		JdbcDataSource database = new JdbcDataSource();
		database.setURL("jdbc:h2:mem:two-clusters;DB_CLOSE_DELAY=-1");
		JdbcTemplate table = new JdbcTemplate(database);
		new ResourceDatabasePopulator(
				new ClassPathResource("org/springframework/security/oauth2/client/oauth2-client-schema.sql"))
			.execute(database);
		try (FlyteTestServer left = server(); FlyteTestServer right = server()) {
			for (int run = 0; run < 2; run++) {
				try (ConfigurableApplicationContext context = stored(left, right, database).run()) {
					FlyteConnections connections = context.getBean(FlyteConnections.class);
					assertThat(projects(connections.get("left"))).isEqualTo(3);
					assertThat(projects(connections.get("right"))).isEqualTo(3);
				}
				assertThat(table.queryForList("SELECT client_registration_id FROM oauth2_authorized_client"
						+ " WHERE access_token_value IS NOT NULL", String.class))
					.filteredOn((id) -> id.equals("flyte-left") || id.equals("flyte-right"))
					.containsExactlyInAnyOrder("flyte-left", "flyte-right");
				for (FlyteTestServer server : List.of(left, right)) {
					assertThat(server.identityProvider().tokenRequestCount()).isOne();
					assertThat(server.calls().refused()).isZero();
				}
			}
			table.update("DELETE FROM oauth2_authorized_client WHERE client_registration_id = 'flyte-left'");
			try (ConfigurableApplicationContext context = stored(left, right, database).run()) {
				FlyteConnections connections = context.getBean(FlyteConnections.class);
				connections.forEach(TwoClustersTests::projects);
				connections.get("right").logout();
				assertThat(
						table.queryForList("SELECT client_registration_id FROM oauth2_authorized_client", String.class))
					.contains("flyte-left")
					.doesNotContain("flyte-right");
			}
			assertThat(left.identityProvider().tokenRequestCount()).isEqualTo(2);
			assertThat(right.identityProvider().tokenRequestCount()).isOne();
		}
		finally {
			table.execute("SHUTDOWN");
		}
	}

	// The client is the same one: only the connection tells the logins apart.
	private static FlyteTestServer server() {
		return FlyteTestServer.builder().clientCredentials("service", "s3cret").withSampleData().start();
	}

	private static Applications stored(FlyteTestServer left, FlyteTestServer right, DataSource database) {
		return Applications.create()
			.bean(DataSource.class, database)
			.properties(named("left", left.properties()))
			.properties(named("right", right.properties()))
			.property("flyte.connections.left.credentials.store", "jdbc")
			.property("flyte.connections.left.credentials.store-key", "0123456789abcdef")
			.property("flyte.connections.right.credentials.store", "jdbc")
			.property("flyte.connections.right.credentials.store-key", "fedcba9876543210");
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
