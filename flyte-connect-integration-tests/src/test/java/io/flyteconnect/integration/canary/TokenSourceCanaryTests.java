package io.flyteconnect.integration.canary;

import java.nio.file.Files;
import java.nio.file.Path;

import io.grpc.Context;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.integration.canary.search.CanaryApplication;
import io.flyteconnect.integration.canary.search.CanaryWatch;
import io.flyteconnect.login.FlyteCallerToken;
import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.testsupport.TestHttp;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The token comes from elsewhere: from a command, for which its arguments may hold
 * secrets, or from the caller. Nothing of that is to be read anywhere.
 */
@Tag("once")
class TokenSourceCanaryTests {

	private static final String CLIENT_ID = "canary-client";

	@RegisterExtension
	final CanaryWatch watch = new CanaryWatch();

	@TempDir
	private Path folder;

	private static FlyteTestServer server;

	@BeforeAll
	static void start() {
		server = FlyteTestServer.builder().clientCredentials(CLIENT_ID, "of the test").withSampleData().start();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@AfterEach
	void behave() {
		server.behaviour().reset();
		server.identityProvider().reset();
	}

	private String token() {
		return this.watch.canaries()
			.add("token", new TestHttp().token(server.identityProvider().tokenEndpoint(), CLIENT_ID, "of the test"));
	}

	private CanaryApplication application(String mode) {
		return this.watch.application()
			.property("flyte.platform.url", server.endpoint())
			.property("flyte.platform.insecure", true)
			.property("flyte.credentials.auth-mode", mode);
	}

	private CanaryApplication command(CanaryApplication application, String property, String script) throws Exception {
		Path file = Files.writeString(this.folder.resolve(property + ".sh"), script);
		return application.command("flyte.credentials." + property, file,
				this.watch.canaries().secret("argument of " + property));
	}

	@Test
	void whenACommandPrintsTheTokenAndFailsLaterThenNothingShows() throws Exception {
		String script = "test -e '" + this.folder + "/broken' || exec echo '" + token() + "'\n"
				+ "echo \"unknown option $1\" >&2; echo '" + token() + "'; exit 1\n";
		try (ConfigurableApplicationContext context = command(application("external-command"), "command", script)
			.run()) {
			assertThat(CanaryTestSupport.projects(context)).isEqualTo(3);
			this.watch.learnTokens(context);
			this.watch.look(context);
			Files.writeString(this.folder.resolve("broken"), "");
			server.identityProvider().revokeTokens();
			assertThat(this.watch.failureOf(() -> CanaryTestSupport.projects(context)))
				.hasMessageContaining("exit code 1")
				.hasMessageContaining("unknown option");
			this.watch.look(context);
		}
	}

	@Test
	void whenACommandPrintsNonsenseThenNothingShows() throws Exception {
		String script = "echo 'two words " + this.watch.canaries().token("nonsense") + "'\n";
		try (ConfigurableApplicationContext context = command(application("external-command"), "command", script)
			.withoutWeb()
			.run()) {
			assertThat(this.watch.failureOf(() -> CanaryTestSupport.projects(context)))
				.hasMessageContaining("no token");
		}
	}

	@Test
	void whenThereIsNoSuchCommandThenNothingShows() {
		try (ConfigurableApplicationContext context = application("external-command")
			.property("flyte.credentials.command", "no-such-program --key=" + this.watch.canaries().token("argument"))
			.run()) {
			assertThat(this.watch.failureOf(() -> CanaryTestSupport.projects(context)))
				.hasMessageContaining("no-such-program");
			this.watch.look(context);
		}
	}

	@Test
	void whenACommandPrintsTheTokenForAProxyThenNothingShows() throws Exception {
		String proxyToken = this.watch.canaries().token("token for the proxy");
		server.behaviour().requireProxyAuthorization(proxyToken);
		server.identityProvider().requireProxyAuthorization(null);
		String script = "test -e '" + this.folder + "/broken' || exec echo '" + proxyToken + "'\n"
				+ "echo \"unknown option $1\" >&2; exit 1\n";
		CanaryApplication application = application("client-credentials")
			.property("flyte.credentials.client-id", CLIENT_ID)
			.property("flyte.credentials.client-secret", "of the test");
		try (ConfigurableApplicationContext context = command(application, "proxy-command", script).run()) {
			assertThat(CanaryTestSupport.projects(context)).isEqualTo(3);
			this.watch.learnTokens(context);
			this.watch.look(context);
			Files.writeString(this.folder.resolve("broken"), "");
			server.behaviour().requireProxyAuthorization("another one");
			this.watch.failureOf(() -> CanaryTestSupport.projects(context));
		}
	}

	@Test
	void whenTheCallersTokenIsRelayedThenNothingShows() throws Exception {
		String token = token();
		try (ConfigurableApplicationContext context = application("none").property("flyte.credentials.relay", true)
			.run()) {
			Context caller = Context.current().withValue(FlyteCallerToken.KEY, token);
			assertThat(caller.call(() -> CanaryTestSupport.projects(context))).isEqualTo(3);
			server.identityProvider().revokeToken(token);
			this.watch.failureOf(() -> caller.call(() -> CanaryTestSupport.projects(context)));
			this.watch.look(context);
		}
	}

	@Test
	void whenThereIsNoLoginThenNothingShows() {
		try (ConfigurableApplicationContext context = application("none")
			.property("flyte.credentials.client-secret", this.watch.canaries().secret("unused client secret"))
			.property("flyte.credentials.client-id", CLIENT_ID)
			.withoutWeb()
			.run()) {
			this.watch.failureOf(() -> CanaryTestSupport.projects(context));
		}
	}

}
