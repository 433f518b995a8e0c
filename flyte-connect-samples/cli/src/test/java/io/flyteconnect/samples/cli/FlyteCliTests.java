package io.flyteconnect.samples.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.grpc.Status;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each command and each exit code, against a Flyte with a login.
 */
class FlyteCliTests {

	private static FlyteTestServer server;

	private final StandardStreams output = new StandardStreams();

	@TempDir
	Path folder;

	@AfterEach
	void release() {
		this.output.close();
	}

	@BeforeAll
	static void start() {
		server = FlyteTestServer.builder().clientCredentials("cli", "s3cret-of-cli").withSampleData().start();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void whenThereIsNoArgumentThenItHelps() {
		assertThat(FlyteCli.run()).isZero();
		assertThat(this.output.out()).contains("Usage: flyte-connect-cli", "projects", "executions", "whoami",
				"logout");
		assertThat(this.output.err()).isEmpty();
	}

	@Test
	void whenHelpIsAskedForThenTheCommandIsExplained() {
		assertThat(FlyteCli.run("executions", "--help")).isZero();
		assertThat(this.output.out()).contains("--project", "--output");
	}

	@Test
	void whenCommandIsUnknownThenUsageIsShown() {
		assertThat(FlyteCli.run("nonsense")).isEqualTo(2);
		assertThat(FlyteCli.run("executions")).isEqualTo(2);
		assertThat(FlyteCli.run("version", "--output=xml")).isEqualTo(2);
		assertThat(this.output.err()).contains("nonsense", "--project", "xml");
		assertThat(this.output.out()).isEmpty();
	}

	@Test
	void whenVersionIsAskedForThenItIsShownAndNothingElse() {
		assertThat(cli("version")).isZero();
		assertThat(this.output.out().lines()).hasSize(2).first().asString().startsWith("VERSION");
		assertThat(this.output.err()).isEmpty();
	}

	@Test
	void whenProjectsAreListedThenAllAreThere() {
		assertThat(cli("projects")).isZero();
		assertThat(this.output.out()).contains("flytesnacks", "forecasting", "genomics", "development");
	}

	@Test
	void whenProjectsAreListedAsJsonThenEachIsAnObject() {
		assertThat(cli("projects", "--output=json")).isZero();
		JsonNode projects = JsonMapper.shared().readTree(this.output.out());
		assertThat(projects.isArray()).isTrue();
		assertThat(projects.findValuesAsString("id")).contains("flytesnacks", "forecasting", "genomics");
	}

	@Test
	void whenExecutionsAreListedThenTheyAreThoseOfTheProject() {
		assertThat(cli("executions", "-p", "flytesnacks", "--limit=3", "--output=json")).isZero();
		JsonNode executions = JsonMapper.shared().readTree(this.output.out());
		assertThat(executions.size()).isBetween(1, 3);
		assertThat(executions.get(0).get("phase").asString()).isNotBlank();
	}

	@Test
	void whenUserAsksWhoTheyAreThenTheSubjectIsShown() {
		assertThat(cli("whoami", "--output=json")).isZero();
		assertThat(JsonMapper.shared().readTree(this.output.out()).get("subject").asString()).isEqualTo("cli");
	}

	@Test
	void whenConfigIsShownThenValuesOriginsAndNoSecretAreThere() throws Exception {
		Path file = this.folder.resolve("config.yaml");
		Files.writeString(file, "admin:\n  endpoint: dns:///flyte.example.com\n  scopes:\n    - all\n    - offline\n");
		assertThat(FlyteCli.run("config", "--output=json", "--flyte.config-file=" + file,
				"--flyte.credentials.client-secret=s3cret-of-cli", "--flyte.credentials.client-id=cli",
				"--flyte.platform.http-proxy-url=http://me:pr0xy@localhost:1"))
			.isZero();
		assertThat(this.output.out() + this.output.err()).doesNotContain("s3cret-of-cli", "pr0xy");
		JsonNode settings = JsonMapper.shared().readTree(this.output.out());
		assertThat(setting(settings, "flyte.platform.url").get("origin").asString()).contains("config.yaml")
			.contains("2:13");
		assertThat(setting(settings, "flyte.credentials.scopes").get("value").asString()).isEqualTo("all,offline");
		assertThat(setting(settings, "flyte.credentials.client-secret").get("value").asString()).isEqualTo("******");
		assertThat(setting(settings, "flyte.platform.http-proxy-url").get("value").asString())
			.isEqualTo("http://******@localhost:1");
		assertThat(setting(settings, "flyte.credentials.store").get("value").asString()).isEqualTo("file");
		assertThat(setting(settings, "flyte.channel.max-retries").get("origin").asString()).isEqualTo("default");
	}

	@Test
	void whenLoggedInThenTheNextRunAsksForNoTokenUntilLogout() {
		int before = tokens();
		assertThat(cli("login")).isZero();
		assertThat(cli("projects")).isZero();
		assertThat(tokens()).isEqualTo(before + 1);
		assertThat(cli("logout")).isZero();
		assertThat(cli("version")).isZero();
		assertThat(tokens()).isEqualTo(before + 2);
		assertThat(this.output.out()).contains("yes", "forgotten");
		assertThat(this.output.err()).isEmpty();
	}

	@Test
	void whenCallFailsThenExitCodeIsOne() {
		server.behaviour().failNext("GetVersion", 1, Status.PERMISSION_DENIED.withDescription("not you"));
		assertThat(cli("version")).isEqualTo(1);
		assertThat(this.output.err()).contains("PERMISSION_DENIED", "not you").doesNotContain("\tat ");
		assertThat(this.output.out()).isEmpty();
	}

	@Test
	void whenConfigurationIsWrongThenExitCodeIsThree() {
		assertThat(FlyteCli.run("version", "--flyte.config-file=none", "--flyte.platform.insecure=maybe")).isEqualTo(3);
		assertThat(this.output.err()).contains("flyte.platform.insecure", "maybe");
		assertThat(this.output.out()).isEmpty();
	}

	@Test
	void whenLoginFailsThenExitCodeIsFour() {
		assertThat(cli("version", "--flyte.credentials.client-secret=wrong-secret")).isEqualTo(4);
		assertThat(this.output.err()).contains("invalid_client").doesNotContain("wrong-secret");
	}

	@Test
	void whenRunAsProcessThenExitCodeAndOutputAreThose() throws Exception {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
						System.getProperty("java.class.path"), FlyteCli.class.getName()));
		command.addAll(arguments("version"));
		Process process = new ProcessBuilder(command).redirectError(this.folder.resolve("err").toFile()).start();
		String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(Files.readString(this.folder.resolve("err"))).isEmpty();
		assertThat(process.exitValue()).isZero();
		assertThat(out).startsWith("VERSION");
	}

	private int cli(String... arguments) {
		return FlyteCli.run(arguments(arguments).toArray(String[]::new));
	}

	private List<String> arguments(String... arguments) {
		List<String> all = new ArrayList<>();
		server.properties().forEach((name, value) -> all.add("--" + name + "=" + value));
		all.add("--flyte.credentials.store-file=" + this.folder.resolve("tokens"));
		all.addAll(List.of(arguments));
		return all;
	}

	private static int tokens() {
		return server.identityProvider().tokenRequestCount();
	}

	private static JsonNode setting(JsonNode settings, String name) {
		for (JsonNode setting : settings) {
			if (setting.get("property").asString().equals(name)) {
				return setting;
			}
		}
		throw new AssertionError("No setting " + name);
	}

}
