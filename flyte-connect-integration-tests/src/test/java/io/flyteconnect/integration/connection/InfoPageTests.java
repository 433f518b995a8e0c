package io.flyteconnect.integration.connection;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.identity.FlyteUser;
import io.flyteconnect.identity.FlyteUsers;
import io.flyteconnect.login.FlyteDeviceLoginEvent;
import io.flyteconnect.login.FlyteLoginEvent;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What an application knows, and shows on its info page, of who Flyte takes it for.
 */
@Tag("once")
class InfoPageTests {

	private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();

	@Test
	void whenTheServiceLogsInThenThePageShowsItsConnectionAndUser() {
		try (FlyteTestServer server = FlyteTestServer.builder().tls().clientCredentials("service", "secret").start();
				ConfigurableApplicationContext context = application(server)
					.property("flyte.platform.console-endpoint", "https://flyte.example.com/console")
					.run()) {
			// The page waits two seconds only, which a first login may need here.
			context.getBean(FlyteAdminStub.class).blocking().getVersion(GetVersionRequest.getDefaultInstance());
			assertThat(info(context)).isEqualTo(Map.of("default",
					Map.of("endpoint", server.endpoint(), "authMode", "client-credentials", "console",
							"https://flyte.example.com/console", "user", Map.of("subject", "service", "name", "service",
									"preferredUsername", "service-username", "email", "service@flyte.example"))));
			info(context);
			assertThat(server.calls().count("UserInfo")).isOne();
			assertThat(context.getBean(FlyteUsers.class).whoAmI()).extracting(FlyteUser::subject, FlyteUser::email)
				.containsExactly("service", "service@flyte.example");
		}
	}

	@Test
	void whenTheServerKnowsNobodyThenThePageShowsTheRest() {
		try (FlyteTestServer server = FlyteTestServer.start();
				ConfigurableApplicationContext context = application(server).run()) {
			assertThat(info(context))
				.isEqualTo(Map.of("default", Map.of("endpoint", server.endpoint(), "authMode", "none")));
			StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class,
					() -> context.getBean(FlyteUsers.class).whoAmI());
			assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
			assertThat(failure).hasMessageContaining("This Flyte has no login, so it knows no users");
		}
	}

	@Test
	void whenFlyteIsDownThenThePageShowsTheRest() {
		FlyteTestServer server = FlyteTestServer.builder().clientCredentials("service", "secret").start();
		try (ConfigurableApplicationContext context = application(server).run()) {
			server.close();
			assertThat(info(context))
				.isEqualTo(Map.of("default", Map.of("endpoint", server.endpoint(), "authMode", "client-credentials")));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "pkce", "device-flow" })
	void whenAPersonWouldHaveToLogInThenNobodyIsAsked(String mode) throws Exception {
		try (FlyteTestServer server = FlyteTestServer.builder().login().start();
				ConfigurableApplicationContext context = application(server, mode).run()) {
			listen(context);
			assertThat(info(context))
				.isEqualTo(Map.of("default", Map.of("endpoint", server.endpoint(), "authMode", mode)));
			assertThat(server.calls().count("UserInfo")).isOne();
			assertThat(server.identityProvider().requests()).isEmpty();
			assertThat(this.events.poll(300, TimeUnit.MILLISECONDS)).isNull();
		}
	}

	@Test
	void whenAPersonIsLoggedInThenThePageShowsThem() throws Exception {
		try (FlyteTestServer server = FlyteTestServer.builder().login().start();
				ConfigurableApplicationContext context = application(server, "device-flow").run()) {
			logIn(server, context);
			assertThat(info(context).get("default")).asInstanceOf(InstanceOfAssertFactories.MAP).containsKey("user");
			assertThat(server.identityProvider().tokenRequestCount()).isPositive();
		}
	}

	@Test
	void whenTheTokenOfAPersonIsRefusedThenNobodyIsAskedAgain() throws Exception {
		try (FlyteTestServer server = FlyteTestServer.builder().login().start();
				ConfigurableApplicationContext context = application(server, "device-flow").run()) {
			logIn(server, context);
			server.identityProvider().revokeTokens();
			server.identityProvider().revokeRefreshTokens();
			server.identityProvider().clearRequests();
			assertThat(info(context))
				.isEqualTo(Map.of("default", Map.of("endpoint", server.endpoint(), "authMode", "device-flow")));
			assertThat(server.identityProvider().requests()).isEmpty();
			assertThat(this.events.poll(300, TimeUnit.MILLISECONDS)).isNull();
		}
	}

	private void logIn(FlyteTestServer server, ConfigurableApplicationContext context) throws Exception {
		listen(context);
		CompletableFuture<Integer> call = CompletableFuture.supplyAsync(() -> context.getBean(FlyteAdminStub.class)
			.blocking()
			.withDeadlineAfter(1, TimeUnit.MINUTES)
			.listProjects(ProjectListRequest.getDefaultInstance())
			.getProjectsCount());
		FlyteDeviceLoginEvent event = (FlyteDeviceLoginEvent) this.events.poll(30, TimeUnit.SECONDS);
		assertThat(event).as("somebody is asked to log in").isNotNull();
		server.identityProvider().approveDevice(event.userCode());
		assertThat(call.get(60, TimeUnit.SECONDS)).isZero();
	}

	private void listen(ConfigurableApplicationContext context) {
		context.addApplicationListener((event) -> {
			if (event instanceof PayloadApplicationEvent<?> payload
					&& !(payload.getPayload() instanceof FlyteLoginEvent)) {
				this.events.add(payload.getPayload());
			}
		});
	}

	private static Map<?, ?> info(ConfigurableApplicationContext context) {
		Info.Builder builder = new Info.Builder();
		context.getBeanProvider(InfoContributor.class).forEach((contributor) -> contributor.contribute(builder));
		return (Map<?, ?>) builder.build().get("flyte");
	}

	private static Applications application(FlyteTestServer server, String mode) {
		return application(server).property("flyte.credentials.auth-mode", mode)
			.property("flyte.credentials.interactive", "always")
			.property("flyte.credentials.pkce.open-browser", false);
	}

	private static Applications application(FlyteTestServer server) {
		return Applications.create().properties(server.properties());
	}

}
