package io.flyteconnect.integration.connection;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.login.FlyteBrowserLoginEvent;
import io.flyteconnect.login.FlyteDeviceLoginEvent;
import io.flyteconnect.login.FlyteLoginEvent;
import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.test.identity.TokenRequest;
import io.flyteconnect.testsupport.Chromium;
import io.flyteconnect.testsupport.FreePorts;
import io.flyteconnect.testsupport.TestHttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The modes that are no client credentials, from the application to the identity provider
 * and back: where a person is needed, one logs in with a real browser.
 */
@Tag("once")
class PersonLoginTests {

	@TempDir
	private Path folder;

	private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();

	@Test
	void whenAPersonLogsInWithABrowserThenTheCallSucceeds() throws Exception {
		try (FlyteTestServer server = FlyteTestServer.builder()
			.login()
			.redirectUri("http://localhost:" + FreePorts.reserve() + "/callback")
			.withSampleData()
			.start(); ConfigurableApplicationContext context = run(server, "pkce")) {
			CompletableFuture<Integer> call = call(context);
			URI link = ((FlyteBrowserLoginEvent) event()).link();
			try (Chromium browser = new Chromium(this.folder)) {
				browser.open(link);
				browser.screenshot("pkce-login-form");
				browser.logIn();
				assertThat(browser.heading("logged in")).isEqualTo("You are logged in to Flyte");
				assertThat(browser.style("main", "border-top-width")).as("the style is let in").isEqualTo("6px");
				browser.assertThatNothingWasBlocked();
				browser.screenshot("pkce-success");
			}
			assertThat(call.get(30, TimeUnit.SECONDS)).isEqualTo(3);
			assertThat(server.identityProvider().tokenRequestCount()).isOne();
			assertThat(projects(context)).isEqualTo(3);
			assertThat(server.calls().refused()).as("the call that showed that a login is needed").isOne();
			assertThat(server.identityProvider().tokenRequestCount()).isOne();
		}
	}

	@Test
	void whenTheCodeIsNotAcceptedThenThePageSaysSo() throws Exception {
		try (FlyteTestServer server = FlyteTestServer.builder()
			.login()
			.redirectUri("http://localhost:" + FreePorts.reserve() + "/callback")
			.start(); ConfigurableApplicationContext context = run(server, "pkce")) {
			CompletableFuture<StatusRuntimeException> call = CompletableFuture
				.supplyAsync(() -> catchThrowableOfType(StatusRuntimeException.class, () -> projects(context)));
			URI link = ((FlyteBrowserLoginEvent) event()).link();
			server.identityProvider()
				.failNext(1, 400, "{\"error\":\"invalid_grant\",\"error_description\":\"<b>not</b> this code\"}");
			try (Chromium browser = new Chromium(this.folder)) {
				browser.open(link);
				browser.logIn();
				assertThat(browser.heading("failed")).isEqualTo("The login failed");
				assertThat(browser.text()).contains("HTTP 400 invalid_grant: <b>not</b> this code");
				browser.assertThatNothingWasBlocked();
				browser.screenshot("pkce-failure");
			}
			assertThat(call.get(30, TimeUnit.SECONDS)).hasMessageContaining("invalid_grant");
		}
	}

	@Test
	void whenAPersonLogsInOnAnotherDeviceThenTheCallSucceeds() throws Exception {
		try (FlyteTestServer server = FlyteTestServer.builder().login().withSampleData().start();
				ConfigurableApplicationContext context = run(server, "device-flow")) {
			CompletableFuture<Integer> call = call(context);
			FlyteDeviceLoginEvent event = (FlyteDeviceLoginEvent) event();
			assertThat(event.verificationUriComplete()).isNotNull();
			try (Chromium browser = new Chromium(this.folder)) {
				browser.open(event.verificationUriComplete());
				browser.logIn();
				assertThat(browser.value("user_code")).isEqualTo(event.userCode());
				browser.screenshot("device-code");
				browser.submit();
				browser.select("input[type=checkbox][value=all]");
				browser.screenshot("device-consent");
				browser.select("#submit-consent");
				assertThat(browser.heading("The device is logged in")).isEqualTo("The device is logged in");
				browser.screenshot("device-done");
			}
			assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo(3);
			assertThat(server.identityProvider().requests()).extracting(TokenRequest::path)
				.startsWith("/oauth2/device_authorization")
				.endsWith("/oauth2/token");
		}
	}

	@Test
	void whenACommandPrintsTheTokenThenTheCallSucceeds() throws Exception {
		try (FlyteTestServer server = FlyteTestServer.builder()
			.clientCredentials("printer", "of tokens")
			.withSampleData()
			.start()) {
			String token = new TestHttp(HttpClient.newBuilder()).token(server.identityProvider().tokenEndpoint(),
					"printer", "of tokens");
			Path file = Files.writeString(this.folder.resolve("token"), token + "\n");
			server.identityProvider().clearRequests();
			try (ConfigurableApplicationContext context = Applications.create()
				.properties(server.properties())
				.property("flyte.credentials.auth-mode", "external-command")
				.property("flyte.credentials.command", "cat " + file)
				.run()) {
				assertThat(projects(context)).isEqualTo(3);
				assertThat(projects(context)).isEqualTo(3);
				assertThat(server.identityProvider().requests()).isEmpty();
				assertThat(server.calls().refused()).isZero();
			}
		}
	}

	private ConfigurableApplicationContext run(FlyteTestServer server, String mode) {
		ConfigurableApplicationContext context = Applications.create()
			.properties(server.properties())
			.property("flyte.credentials.auth-mode", mode)
			.property("flyte.credentials.interactive", "always")
			.property("flyte.credentials.pkce.open-browser", false)
			.run();
		context.addApplicationListener((event) -> {
			if (event instanceof PayloadApplicationEvent<?> payload
					&& !(payload.getPayload() instanceof FlyteLoginEvent)) {
				this.events.add(payload.getPayload());
			}
		});
		return context;
	}

	private Object event() throws InterruptedException {
		Object event = this.events.poll(30, TimeUnit.SECONDS);
		assertThat(event).as("somebody is asked to log in").isNotNull();
		return event;
	}

	private static CompletableFuture<Integer> call(ConfigurableApplicationContext context) {
		return CompletableFuture.supplyAsync(() -> projects(context));
	}

	private static int projects(ConfigurableApplicationContext context) {
		return context.getBean(FlyteAdminStub.class)
			.blocking()
			.withDeadlineAfter(2, TimeUnit.MINUTES)
			.listProjects(ProjectListRequest.getDefaultInstance())
			.getProjectsCount();
	}

}
