package io.flyteconnect.samples.cli;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import io.flyteconnect.samples.cli.Terminal.Run;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A person logs in with the tool: processes, a real identity provider, a real browser.
 */
class PersonLoginTests {

	private static final String CODE = "log in within \\d+ s at (\\S+) with the code (\\S+)";

	private static final String CODE_AS_JSON = "\"login\":\\{\"link\":\"(\\S+?)\",\"userCode\":\"(\\S+?)\",\"expiresAt\"";

	/**
	 * Access tokens, and what only an authorization code, a device code, a code verifier
	 * or a refresh token is as long as.
	 */
	private static final Pattern SECRET = Pattern.compile("eyJ[\\w-]{8,}\\.[\\w-]+|[\\w-]{96,}");

	private FlyteTestServer server;

	private final List<Terminal> terminals = new ArrayList<>();

	@TempDir
	Path folder;

	@BeforeEach
	void start() throws Exception {
		this.server = FlyteTestServer.builder()
			.login()
			.redirectUri("http://localhost:" + freePort() + "/callback")
			.withSampleData()
			.start();
	}

	@AfterEach
	void stop() {
		this.terminals.forEach(Terminal::close);
		this.server.close();
	}

	private Terminal terminal(String authType) {
		Terminal terminal = new Terminal(this.folder, this.server, authType);
		this.terminals.add(terminal);
		return terminal;
	}

	@Test
	void whenAPersonLogsInWithABrowserThenTheyStayLoggedInUntilLogout() throws Exception {
		Terminal terminal = terminal("Pkce");
		try (Chromium browser = new Chromium(this.folder.resolve("profile"))) {
			Run login = terminal.start("login");
			String link = terminal.openedLink();
			assertThat(login.told("log in within 120 s at (\\S+)").group(1)).isEqualTo(link);
			browser.open(link);
			browser.logIn();
			assertThat(browser.heading("logged in")).isEqualTo("You are logged in to Flyte");
			assertThat(login.exitCode()).isZero();
			assertThat(login.out().lines()).hasSize(3);
			assertThat(login.out()).contains(this.server.endpoint(), "yes");
			assertThat(login.err().lines()).hasSize(1);

			assertThatTheLoginIsUsedUntilLogout(terminal, "pkce");

			Run again = terminal.start("whoami", "--output=json", "--logging.level.root=trace");
			browser.open(terminal.openedLink());
			assertThat(again.exitCode()).isZero();
			assertThatItIsTheUser(again);
			assertThatNothingIsToldBy(again);
		}
	}

	@Test
	void whenAPersonLogsInOnAnotherDeviceThenTheyStayLoggedInUntilLogout() throws Exception {
		Terminal terminal = terminal("DeviceFlow");
		try (Chromium browser = new Chromium(this.folder.resolve("profile"))) {
			Run login = terminal.start("login", "--output=json");
			confirm(browser, login.told(CODE_AS_JSON), true);
			assertThat(login.exitCode()).isZero();
			assertThat(JsonMapper.shared().readTree(login.out()).get("login").asString()).isEqualTo("yes");
			assertThat(login.err().lines()).hasSize(1);
			assertThat(terminal.isBrowserOpened()).isFalse();

			assertThatTheLoginIsUsedUntilLogout(terminal, "device-flow");

			Run again = terminal.start("whoami", "--output=json", "--logging.level.root=trace",
					"--flyte.channel.deadline=8s");
			Matcher told = again.told(CODE_AS_JSON);
			// A person takes longer than a call may.
			Thread.sleep(8500);
			confirm(browser, told, false);
			assertThat(again.exitCode()).isZero();
			assertThatItIsTheUser(again);
			assertThatNothingIsToldBy(again);
		}
	}

	@Test
	void whenNobodyComesThenTheExitCodeIsThatOfTheLogin() {
		Run run = terminal("Pkce").run("projects", "--flyte.credentials.pkce.timeout=1s");
		assertThat(run.exitCode()).isEqualTo(4);
		assertThat(run.err()).contains("Login failed: ", "nobody logged in within 1 s").doesNotContain("\tat ");
		assertThat(run.out()).isEmpty();
	}

	@Test
	void whenThePersonDeniesThenTheExitCodeIsThatOfTheLogin() {
		Run run = terminal("DeviceFlow").start("projects");
		this.server.identityProvider().denyDevice(run.told(CODE).group(2));
		assertThat(run.exitCode()).isEqualTo(4);
		assertThat(run.err()).contains("Login failed: ", "the person denied the login").doesNotContain("\tat ");
	}

	private void assertThatTheLoginIsUsedUntilLogout(Terminal terminal, String mode) throws IOException {
		int before = this.server.identityProvider().requests().size();
		Run whoami = terminal.run("whoami", "--output=json");
		assertThat(whoami.exitCode()).isZero();
		assertThat(whoami.err()).isEmpty();
		assertThatItIsTheUser(whoami);
		assertThat(terminal.isBrowserOpened()).isFalse();
		assertThat(this.server.identityProvider().requests()).as("nothing is asked of the provider").hasSize(before);
		assertThat(Files.readString(terminal.storeFile())).doesNotContainPattern(Pattern.compile("eyJ[\\w-]{8,}\\."));

		assertThat(terminal.run("logout").exitCode()).isZero();
		Run alone = terminal.run("whoami", "--flyte.credentials.interactive=never");
		assertThat(alone.exitCode()).isEqualTo(4);
		assertThat(alone.err()).contains("Login failed: UNAUTHENTICATED: ", "mode " + mode + " asks a person for it")
			.doesNotContain("\tat ");
		assertThat(alone.out()).isEmpty();
		assertThat(this.server.identityProvider().requests()).hasSize(before);
	}

	/**
	 * Do what the terminal says, with the browser of another device: the provider
	 * remembers who has logged in there, and what they agreed to.
	 */
	private static void confirm(Chromium browser, Matcher told, boolean first) {
		browser.open(told.group(1));
		if (first) {
			browser.logIn();
		}
		assertThat(browser.value("user_code")).isEqualTo(told.group(2));
		browser.click("button[type=submit]");
		if (first) {
			browser.agree();
		}
		assertThat(browser.heading("The device is logged in")).isEqualTo("The device is logged in");
	}

	private static void assertThatItIsTheUser(Run run) {
		assertThat(JsonMapper.shared().readTree(run.out()).get("subject").asString()).isEqualTo("user");
	}

	private static void assertThatNothingIsToldBy(Run run) {
		assertThat(run.err()).contains("io.flyteconnect", "io.netty", "org.springframework");
		assertThat(run.err().lines().filter((line) -> SECRET.matcher(line).find())).isEmpty();
	}

	// Below the ports that the system gives away by itself to others.
	private static int freePort() throws IOException {
		while (true) {
			int port = ThreadLocalRandom.current().nextInt(10_000, 15_000);
			try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				return socket.getLocalPort();
			}
			catch (BindException ex) {
				// Somebody has it.
			}
		}
	}

}
