package io.flyteconnect.integration.canary;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.integration.canary.search.CanaryWatch;
import io.flyteconnect.login.FlyteBrowserLoginEvent;
import io.flyteconnect.login.FlyteDeviceLoginEvent;
import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.testsupport.FreePorts;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A person logs in: codes, verifiers and tokens are not to be read anywhere.
 */
@Tag("once")
class PersonCanaryTests {

	@RegisterExtension
	final CanaryWatch watch = new CanaryWatch();

	private FlyteTestServer server;

	@BeforeEach
	void start() {
		this.server = FlyteTestServer.builder()
			.login()
			.scopes("all", "offline")
			.redirectUri("http://localhost:" + FreePorts.reserve() + "/callback")
			.withSampleData()
			.start();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void whenAPersonLogsInWithABrowserThenNothingShows() throws Exception {
		try (ConfigurableApplicationContext context = run("pkce")) {
			CompletableFuture<Integer> call = CompletableFuture.supplyAsync(() -> CanaryTestSupport.projects(context));
			URI link = event(FlyteBrowserLoginEvent.class).link();
			assertThat(Visitor.logIn(link)).contains("You are logged in to Flyte");
			assertThat(call.get(30, TimeUnit.SECONDS)).isEqualTo(3);
			this.watch.learnTokens(context);
			this.server.identityProvider().revokeTokens();
			assertThat(CanaryTestSupport.projects(context)).as("refreshed").isEqualTo(3);
			this.watch.learnTokens(context);
			this.watch.look(context);
			this.server.identityProvider().revokeTokens();
			this.server.identityProvider().failNext(9, 503, "no " + this.watch.canaries().values());
			this.watch.failureOf(() -> CanaryTestSupport.projects(context));
		}
	}

	@Test
	void whenTheLoginIsTamperedWithAndDeniedThenNothingShows() throws Exception {
		try (ConfigurableApplicationContext context = run("pkce")) {
			CompletableFuture<Throwable> call = CompletableFuture
				.supplyAsync(() -> this.watch.failureOf(() -> CanaryTestSupport.projects(context)));
			URI link = event(FlyteBrowserLoginEvent.class).link();
			String code = this.watch.canaries().token("code of somebody else");
			assertThat(Visitor.comeBack(link, "state=not-this-one&code=" + code)).contains("another login");
			assertThat(Visitor.comeBack(link, Visitor.state(link) + "&error=access_denied&code=" + code))
				.contains("failed");
			assertThat(call.get(30, TimeUnit.SECONDS)).hasMessageContaining("access_denied");
			this.watch.look(context);
		}
	}

	@Test
	void whenTheCodeIsWrongThenNothingShows() throws Exception {
		try (ConfigurableApplicationContext context = run("pkce")) {
			CompletableFuture<Throwable> call = CompletableFuture
				.supplyAsync(() -> this.watch.failureOf(() -> CanaryTestSupport.projects(context)));
			URI link = event(FlyteBrowserLoginEvent.class).link();
			String code = this.watch.canaries().token("code");
			this.server.identityProvider()
				.failNext(1, 400, "{\"error\":\"invalid_grant\",\"error_description\":\"no such code: " + code + "\"}");
			assertThat(Visitor.comeBack(link, Visitor.state(link) + "&code=" + code)).contains("failed");
			assertThat(call.get(30, TimeUnit.SECONDS)).hasMessageContaining("invalid_grant");
			this.watch.look(context);
		}
	}

	@Test
	void whenAPersonLogsInOnAnotherDeviceThenNothingShows() throws Exception {
		try (ConfigurableApplicationContext context = run("device-flow")) {
			CompletableFuture<Integer> call = CompletableFuture.supplyAsync(() -> CanaryTestSupport.projects(context));
			this.server.identityProvider().approveDevice(event(FlyteDeviceLoginEvent.class).userCode());
			assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo(3);
			this.watch.learnTokens(context);
			this.watch.look(context);
		}
	}

	@Test
	void whenADeviceIsDeniedOrItsCodeExpiresThenNothingShows() throws Exception {
		try (ConfigurableApplicationContext context = run("device-flow")) {
			CompletableFuture<Throwable> call = CompletableFuture
				.supplyAsync(() -> this.watch.failureOf(() -> CanaryTestSupport.projects(context)));
			this.server.identityProvider().denyDevice(event(FlyteDeviceLoginEvent.class).userCode());
			assertThat(call.get(60, TimeUnit.SECONDS)).hasMessageContaining("device-flow");
			this.watch.look(context);
		}
		try (ConfigurableApplicationContext context = run("device-flow")) {
			this.watch.events().clear();
			CompletableFuture<Throwable> call = CompletableFuture
				.supplyAsync(() -> this.watch.failureOf(() -> CanaryTestSupport.projects(context)));
			event(FlyteDeviceLoginEvent.class);
			this.server.identityProvider()
				.failNext(1, 400, "{\"error\":\"expired_token\",\"error_description\":\"it is over\"}");
			assertThat(call.get(60, TimeUnit.SECONDS)).hasMessageContaining("device-flow");
		}
	}

	private ConfigurableApplicationContext run(String mode) {
		return this.watch.application()
			.properties(this.server.properties())
			.property("flyte.channel.deadline", "60s")
			.property("flyte.credentials.auth-mode", mode)
			.property("flyte.credentials.interactive", "always")
			.property("flyte.credentials.pkce.open-browser", false)
			.property("flyte.credentials.device-flow.qr-code", true)
			.run();
	}

	private <T> T event(Class<T> type) throws InterruptedException {
		return this.watch.events().await(type);
	}

}
