package io.flyteconnect.samples.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.grpc.Status;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each command and each exit code, against a Flyte with a login.
 */
class FlyteCliTests {

	private static final String SECRET = "s3cret-of-cli";

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
		server = FlyteTestServer.builder().clientCredentials("cli", SECRET).withSampleData().start();
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

	/**
	 * Where the libraries do not fit together, the analysis of the start says so: it has
	 * to come that far.
	 */
	@Test
	void whenTheCommandLineIsReadThenNothingOfTheIdlIsNeededYet() throws Exception {
		ProcessBuilder help = command("executions", "--help");
		help.command().add(1, "-Xlog:class+init=info");
		Process process = help.start();
		String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).isZero();
		assertThat(log).contains("Initializing 'io/flyteconnect/samples/cli/FlyteCli'", "--phase")
			.doesNotContain("Initializing 'flyteidl/");
	}

	@Test
	void whenCommandIsUnknownThenUsageIsShown() {
		assertThat(FlyteCli.run("nonsense")).isEqualTo(2);
		assertThat(FlyteCli.run("executions")).isEqualTo(2);
		assertThat(FlyteCli.run("version", "--output=xml")).isEqualTo(2);
		assertThat(this.output.err()).contains("nonsense", "--project", "xml");
		assertThat(this.output.out()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"--nonsense|'--nonsense' is no option of flyte-connect-cli|",
			"version surplus|'surplus' is one argument too many| version",
			"version --nonsense|'--nonsense' is no option of flyte-connect-cli version| version",
			"executions --projet=x|'--projet' is no option of flyte-connect-cli executions; did you mean '--project'?| executions",
			"lunch x|'lunch' is no command; did you mean 'launch'?; there are version, projects, executions|",
			"executions -p x --limit=many|'many' is no number| executions",
			"executions -p x --project=y|'--project' is given more than once| executions",
			"executions -p x --output=xml|'xml' is neither table nor json| executions",
			"executions --project|'--project'| executions", "projects --output|'--output'| projects",
			"launch a -p x --timeout=5m|--timeout says how long --wait waits| launch",
			"relaunch a -p x --timeout=5m|add --wait, or leave --timeout out| relaunch",
			"launch a -p x --input=i=5 --input=i=6|--input gives 'i' more than once| launch",
			"launch a -p x --input=i|'i' names no input and value; write name=value| launch",
			"launch a -p x --input==5|'=5' names no input and value| launch" })
	void whenUsageIsWrongThenALineSaysSoAndAnotherWhereItIsExplained(String arguments, String message, String command) {
		assertThat(FlyteCli.run(arguments.split(" "))).isEqualTo(2);
		assertThat(this.output.err().lines()).satisfiesExactly(
				(line) -> assertThat(line).contains(message).doesNotContain("[TABLE", "option option"),
				(line) -> assertThat(line)
					.isEqualTo("See flyte-connect-cli" + ((command != null) ? " " + command.strip() : "") + " --help"));
		assertThat(this.output.out()).isEmpty();
		this.output.clear();
		assertThat(FlyteCli.run((arguments + " --output=json").split(" "))).isEqualTo(2);
		JsonNode error = JsonMapper.shared().readTree(this.output.err()).get("error");
		assertThat(error.get("message").asString()).doesNotContain("--help");
	}

	@Test
	void whenVersionIsAskedForThenItIsShownAndNothingElse() {
		assertThat(cli("version")).isZero();
		assertThat(this.output.out().lines()).hasSize(3).first().asString().startsWith("VERSION  v");
		assertThat(this.output.err()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "version,version", "whoami,subject", "login,login", "logout,login" })
	void whenASingleAnswerIsWantedAsJsonThenItIsAnObject(String command, String field) {
		assertThat(cli(command, "--output=json")).isZero();
		JsonNode answer = JsonMapper.shared().readTree(this.output.out());
		assertThat(answer.isObject()).isTrue();
		assertThat(answer.get(field).asString()).isNotBlank();
		assertThat(this.output.err()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "version,VERSION", "projects,ID", "executions -p flytesnacks,NAME", "whoami,SUBJECT",
			"config,PROPERTY", "login,ENDPOINT", "logout,ENDPOINT" })
	void whenNothingIsSaidOfTheOutputThenItIsATable(String command, String heading) {
		assertThat(cli(command.split(" "))).isZero();
		String table = this.output.out();
		assertThat(table).startsWith(heading);
		assertThat(table.lines()).hasSizeGreaterThan(1);
		this.output.clear();
		assertThat(cli((command + " --output=table").split(" "))).isZero();
		assertThat(this.output.out().lines().map((line) -> line.split(" ")[0]))
			.containsExactlyElementsOf(table.lines().map((line) -> line.split(" ")[0]).toList());
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
		JsonNode user = JsonMapper.shared().readTree(this.output.out());
		assertThat(user.get("subject").asString()).isEqualTo("cli");
		assertThat(user.get("name").asString()).isEqualTo("cli");
		assertThat(user.get("username").asString()).isEqualTo("cli-username");
		assertThat(user.get("email").asString()).isEqualTo("cli@flyte.example");
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
		assertThat(setting(settings, "flyte.credentials.auth-mode").get("value").asString())
			.isEqualTo("client-credentials");
		assertThat(setting(settings, "flyte.credentials.store").get("value").asString()).isEqualTo("file");
		assertThat(setting(settings, "flyte.channel.max-retries").get("origin").asString()).isEqualTo("default");
	}

	@Test
	void whenASettingIsASecretThenItsNameIsShown() throws Exception {
		Path secret = Files.createDirectories(this.folder.resolve("secrets/login")).resolve("id");
		Files.writeString(secret, "s3cret-of-flyte");
		assertThat(FlyteCli.run("config", "--output=json", "--flyte.config-file=none",
				"--flyte.secrets.default-dir=" + this.folder.resolve("secrets"),
				"--flyte.credentials.client-id=${flyte-secret.login.id}",
				"--flyte.credentials.audience=${flyte.credentials.client-id}",
				"--flyte.credentials.authorization-header=${flyte-secret.login.id:fallback}",
				"--flyte.platform.console-endpoint=http://${_FSEC_CONSOLE_HOST:localhost}/",
				"--flyte.platform.url=${no.such.host:localhost}:1"))
			.isZero();
		assertThat(this.output.out() + this.output.err()).doesNotContain("s3cret-of-flyte");
		JsonNode settings = JsonMapper.shared().readTree(this.output.out());
		for (String name : List.of("flyte.credentials.client-id", "flyte.credentials.audience")) {
			assertThat(setting(settings, name).get("value").asString()).isEqualTo("${flyte-secret.login.id}");
		}
		assertThat(setting(settings, "flyte.credentials.authorization-header").get("value").asString())
			.isEqualTo("${flyte-secret.login.id:fallback}");
		assertThat(setting(settings, "flyte.platform.console-endpoint").get("value").asString())
			.isEqualTo("http://${_FSEC_CONSOLE_HOST:localhost}/");
		assertThat(setting(settings, "flyte.platform.url").get("value").asString()).isEqualTo("localhost:1");
	}

	@ParameterizedTest
	@CsvSource({ "api-key,aG9zdDppZDprZXktczNjcmV0Om9yZw==", "credentials.store-key,s3cret-s3cret-s3cret",
			"credentials.command,tool --key=s3cret", "credentials.command[0],s3cret-tool",
			"credentials.proxy-command,tool --key=s3cret", "connections.other.credentials.client-secret,s3cret",
			"connections.other.credentials.command[0],s3cret", "connections.other.credentials.clientSecret,s3cret",
			"connections.other.platform.http-proxy-url,http://me:s3cret@localhost:1" })
	void whenASettingHasASecretThenItIsMasked(String name, String value) {
		// A client secret belongs to a client id.
		String id = name.toLowerCase(Locale.ROOT).endsWith("secret")
				? "--flyte.connections.other.credentials.client-id=me" : "--flyte.platform.insecure=true";
		assertThat(FlyteCli.run("config", "--output=json", "--flyte.config-file=none", id,
				"--flyte." + name + "=" + value))
			.isZero();
		String shown = name.replace("[0]", "").replace("clientSecret", "client-secret");
		assertThat(setting(JsonMapper.shared().readTree(this.output.out()), "flyte." + shown).get("value").asString())
			.contains("******");
		assertThat(this.output.out() + this.output.err()).doesNotContain("s3cret", "aG9zdDppZDprZXk");
	}

	@Test
	void whenThereIsAnApiKeyThenWhatItSaysIsShownAsInForce() {
		// flyte.example.com:443, key-client, Canary-key-secret
		assertThat(FlyteCli.run("config", "--output=json", "--flyte.config-file=none",
				"--flyte.api-key=ZG5zOi8vL2ZseXRlLmV4YW1wbGUuY29tOmtleS1jbGllbnQ6Q2FuYXJ5LWtleS1zZWNyZXQ6Tm9uZQ=="))
			.isZero();
		assertThat(this.output.out() + this.output.err()).doesNotContain("Canary");
		JsonNode settings = JsonMapper.shared().readTree(this.output.out());
		Map.of("platform.url", "flyte.example.com", "credentials.client-id", "key-client", "credentials.client-secret",
				"******", "credentials.auth-mode", "client-credentials")
			.forEach((name, value) -> {
				JsonNode setting = setting(settings, "flyte." + name);
				assertThat(setting.get("value").asString()).isEqualTo(value);
				assertThat(setting.get("origin").asString()).startsWith("flyte.api-key (");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "endpoint: dns:///b.example.com", "authType: Pkce",
			"tokenUrl: https://idp.b.example.com/token" })
	void whenFileIsThatOfAnotherClusterThanTheApiKeyThenBothAreNamed(String admin) throws Exception {
		Path file = this.folder.resolve("config.yaml");
		Files.writeString(file, "admin:\n  " + admin + "\n");
		assertThat(FlyteCli.run("projects", "--flyte.config-file=" + file,
				"--flyte.api-key=MTI3LjAuMC4xOjE6a2V5LWNsaWVudDpDYW5hcnkta2V5LXNlY3JldDpOb25l"))
			.isEqualTo(3);
		assertThat(this.output.out() + this.output.err()).contains("config.yaml", "flyte.api-key")
			.doesNotContain("Canary");
	}

	@Test
	void whenConfigIsShownThenFieldsOfListsAndFurtherConnectionsAreThere() {
		assertThat(FlyteCli.run("config", "--output=json", "--flyte.config-file=none",
				"--flyte.execution.run-as.iam-role=role", "--flyte.execution.secrets[0].group=db",
				"--flyte.execution.secrets[0].key=password", "--flyte.execution.secrets[0].envVar=DB_PASSWORD",
				"--flyte.connections.other.platform.url=other.example",
				"--flyte.connections.other.credentials.scopes[0]=all",
				"--flyte.connections.other.credentials.scopes[1]=offline"))
			.isZero();
		JsonNode settings = JsonMapper.shared().readTree(this.output.out());
		List<String> names = new ArrayList<>();
		settings.forEach((setting) -> names.add(setting.get("property").asString()));
		assertThat(names).doesNotHaveDuplicates()
			.isSorted()
			.contains("flyte.execution.secrets[0].group", "flyte.execution.secrets[0].key", "flyte.execution.tokens")
			.doesNotContain("flyte.execution.secrets", "flyte.connections.other.credentials.scopes[0]");
		assertThat(setting(settings, "flyte.execution.secrets[0].key").get("value").asString()).isEqualTo("password");
		assertThat(setting(settings, "flyte.connections.other.platform.url").get("value").asString())
			.isEqualTo("other.example");
		assertThat(setting(settings, "flyte.connections.other.credentials.scopes").get("value").asString())
			.isEqualTo("all,offline");
	}

	@Test
	void whenSettingsAreVariablesThenEachIsThereOnce() throws Exception {
		ProcessBuilder config = command("config", "--output=json", "--flyte.config-file=none");
		config.environment()
			.putAll(Map.of("FLYTE_CHANNEL_MAX_RETRIES", "7", "FLYTE_INTERNAL_EXECUTION_ID", "f1",
					"FLYTE_EXECUTION_RUN_AS_IAM_ROLE", "role", "FLYTE_CONNECTIONS_OTHER_CREDENTIALS_CLIENT_ID",
					"of-other", "FLYTE_EXECUTION_SECRETS_0_GROUP", "db"));
		Process process = config.start();
		JsonNode settings = JsonMapper.shared().readTree(process.getInputStream().readAllBytes());
		List<String> names = new ArrayList<>();
		settings.forEach((setting) -> names.add(setting.get("property").asString()));
		assertThat(names).doesNotHaveDuplicates().noneMatch((name) -> name.contains("internal"));
		assertThat(setting(settings, "flyte.channel.max-retries").get("value").asString()).isEqualTo("7");
		assertThat(setting(settings, "flyte.connections.other.credentials.client-id").get("value").asString())
			.isEqualTo("of-other");
		assertThat(setting(settings, "flyte.execution.secrets[0].group").get("value").asString()).isEqualTo("db");
	}

	@Test
	void whenNoLoginIsConfiguredThenNoneIsNeeded() {
		try (FlyteTestServer open = FlyteTestServer.start()) {
			assertThat(cli("login", "--flyte.platform.url=" + open.endpoint(), "--flyte.credentials.auth-mode=none"))
				.isZero();
		}
		assertThat(this.output.out()).contains("not needed");
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
	void whenTheServerIsGoneThenLogoutForgetsTheLoginAllTheSame() throws Exception {
		Forwarder gone = new Forwarder(server.port());
		String endpoint = "--flyte.platform.url=" + gone.endpoint();
		int login = cli("login", endpoint);
		gone.close();
		assertThat(login).isZero();
		assertThat(this.folder.resolve("tokens")).isNotEmptyFile();
		this.output.clear();
		assertThat(cli("logout", endpoint)).isZero();
		assertThat(this.output.out()).contains("forgotten");
		assertThat(this.output.err()).isEmpty();
		assertThat(this.folder.resolve("tokens")).content().isEmpty();
	}

	@Test
	void whenCallFailsThenExitCodeIsOne() {
		server.behaviour().failNext("GetVersion", 1, Status.PERMISSION_DENIED.withDescription("not you"));
		assertThat(cli("version")).isEqualTo(1);
		assertThat(this.output.err()).contains("PERMISSION_DENIED", "not you").doesNotContain("\tat ");
		assertThat(this.output.out()).isEmpty();
	}

	@Test
	void whenTheServerSaysMoreThanOneLineThenItSteersNoTerminal() {
		server.behaviour()
			.failNext("GetVersion", 1, Status.PERMISSION_DENIED.withDescription("not\u001b[31m\r\nyou\u009b1m"));
		assertThat(cli("version")).isEqualTo(1);
		assertThat(this.output.err()).contains("PERMISSION_DENIED: not [31m you 1m")
			.doesNotContain("\u001b", "\u009b", "\r");
	}

	@Test
	void whenServerCannotBeReachedThenExitCodeIsOne() {
		for (String mode : List.of("none", "pkce", "client-credentials")) {
			this.output.clear();
			assertThat(cli("version", "--flyte.platform.url=localhost:1", "--flyte.credentials.auth-mode=" + mode,
					"--flyte.channel.max-retries=0"))
				.as(mode)
				.isEqualTo(1);
			assertThat(this.output.err()).startsWith("The call failed: UNAVAILABLE: ")
				.contains("localhost")
				.doesNotContain("\tat ");
			assertThat(this.output.err().lines()).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "version", "projects", "whoami", "executions -p flytesnacks", "execution e -p flytesnacks",
			"login" })
	void whenAServerIsSilentThenTheCommandFailsAtTheDeadlineAndSaysSo(String command) throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			assertThat(cli((command + " --flyte.channel.deadline=300ms --flyte.credentials.auth-mode=none"
					+ " --flyte.platform.url=localhost:" + silent.getLocalPort())
				.split(" "))).isEqualTo(1);
		}
		assertThat(this.output.err()).startsWith("The call failed: DEADLINE_EXCEEDED: ")
			.contains("silent", "flyte.channel.deadline")
			.doesNotContain("\tat ");
	}

	@Test
	void whenTheDoctorIsAskedThenEachStepIsShownAndTheExitCodeSaysWhatFails() {
		assertThat(cli("doctor", "--output=json")).isZero();
		JsonNode steps = JsonMapper.shared().readTree(this.output.out());
		assertThat(steps.valueStream().map((step) -> step.get("step").asString())).containsExactly("DNS", "TCP",
				"proxy", "TLS", "HTTP/2", "metadata", "token", "call");
		assertThat(steps.valueStream().map((step) -> step.get("outcome").asString())).containsOnly("ok", "not there");
		assertThat(cli("doctor", "--flyte.credentials.client-secret=wr0ng")).isEqualTo(4);
		assertThat(cli("doctor", "--flyte.channel.max-retries=0", "--flyte.platform.url=localhost:1")).isEqualTo(1);
		assertThat(this.output.out()).contains("nothing listens there").doesNotContain(SECRET, "wr0ng");
	}

	@Test
	void whenTheTimeOfTheDoctorIsOverThenItNamesTheOptionThatGivesMore() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			assertThat(cli("doctor", "--timeout=600ms", "--flyte.platform.url=localhost:" + silent.getLocalPort()))
				.isEqualTo(1);
		}
		assertThat(this.output.out()).contains("DEADLINE_EXCEEDED", "--timeout")
			.doesNotContain("flyte.channel.deadline");
	}

	@Test
	void whenNothingIsSaidOfTheDeadlineThenItIsThatOfEveryConnection() {
		assertThat(FlyteCli.run("config", "--output=json", "--flyte.config-file=none")).isZero();
		JsonNode deadline = setting(JsonMapper.shared().readTree(this.output.out()), "flyte.channel.deadline");
		assertThat(deadline.get("value").asString()).isEqualTo("30s");
		assertThat(deadline.get("origin").asString()).isEqualTo("default");
	}

	@Test
	void whenThePortIsOneThatClosesOnGrpcThenTheWrongPortIsSuspected() throws Exception {
		try (ServerSocket closing = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			CompletableFuture<Void> server = CompletableFuture.runAsync(() -> closeAll(closing));
			assertThat(cli("version", "--flyte.channel.max-retries=0", "--flyte.credentials.auth-mode=none",
					"--flyte.platform.url=localhost:" + closing.getLocalPort()))
				.isEqualTo(1);
			closing.close();
			server.join();
		}
		assertThat(this.output.err()).contains("closed the connection", "a wrong one that does not speak gRPC",
				"HTTP/1.1", "flyte.platform.url");
	}

	private static void closeAll(ServerSocket server) {
		while (!server.isClosed()) {
			try (Socket connection = server.accept()) {
				connection.getInputStream().read();
			}
			catch (IOException ex) {
				// The test is over, or the client was faster.
			}
		}
	}

	@Test
	void whenConfigurationFileIsWrongThenExitCodeIsThreeAndTheLineIsNamed() throws Exception {
		Path file = Files.writeString(this.folder.resolve("config.yaml"),
				"admin:\n  endpoint: dns:///localhost\n  insecure: perhaps\n");
		assertThat(FlyteCli.run("version", "--flyte.config-file=" + file)).isEqualTo(3);
		assertThat(this.output.err()).contains(file + "", "3:13", "perhaps").doesNotContain("\tat ");
		assertThat(this.output.out()).isEmpty();
	}

	@Test
	void whenASettingMakesNoSenseThenExitCodeIsThreeAndTheSettingIsNamed() {
		assertThat(cli("version", "--flyte.credentials.client-secret-location=" + this.folder.resolve("absent"),
				"--flyte.credentials.client-secret="))
			.isEqualTo(3);
		assertThat(this.output.err()).contains("client-secret-location", "absent").doesNotContain("\tat ");
	}

	@Test
	void whenFlyteIsSwitchedOffThenExitCodeIsThree() {
		assertThat(cli("version", "--flyte.enabled=false")).isEqualTo(3);
		assertThat(this.output.err()).contains("flyte.enabled=false").doesNotContain("\tat ");
		assertThat(this.output.err().lines()).hasSize(1);
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
		assertThat(this.output.err()).contains("invalid_client").doesNotContain("wrong-secret", "\tat ");
		assertThat(this.output.err().lines()).hasSize(1);
		assertThat(this.output.out()).isEmpty();
	}

	@Test
	void whenTheSecretIsAnotherOneThenTheKeptLoginIsNotUsed() {
		assertThat(cli("whoami")).isZero();
		int before = tokens();
		assertThat(cli("whoami", "--flyte.credentials.client-secret=of-somebody-else")).isEqualTo(4);
		assertThat(this.output.err()).contains("invalid_client").doesNotContain("of-somebody-else");
		int refused = tokens() - before;
		assertThat(cli("whoami")).isZero();
		assertThat(tokens() - before).as("the kept login is still there").isEqualTo(refused);
	}

	@Test
	void whenFlyteHasNoLoginThenWhoamiSaysSo() {
		try (FlyteTestServer open = FlyteTestServer.builder().start()) {
			assertThat(FlyteCli.run("whoami", "--flyte.config-file=none", "--flyte.platform.url=" + open.endpoint(),
					"--flyte.platform.insecure=true", "--flyte.credentials.store=memory"))
				.isEqualTo(1);
		}
		assertThat(this.output.err()).contains("This Flyte has no login, so it knows no users")
			.doesNotContain("Method not found");
		assertThat(this.output.out()).isEmpty();
	}

	@Test
	void whenProviderFailsThenExitCodeIsFour() {
		server.identityProvider().failNext(50, 500, "<html>");
		int exitCode = cli("version");
		server.identityProvider().reset();
		assertThat(exitCode).isEqualTo(4);
		assertThat(this.output.err()).contains("HTTP 500").doesNotContain("\tat ");
	}

	@Test
	void whenRunAsProcessThenItEndsWithTheExitCode() throws Exception {
		Process process = process("version", "--flyte.credentials.client-secret=wrong");
		assertThat(process.getInputStream().readAllBytes()).isEmpty();
		assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
		assertThat(process.exitValue()).isEqualTo(4);
		assertThat(Files.readString(this.folder.resolve("err"))).contains("invalid_client");
	}

	// What main() ends the process with.
	@ParameterizedTest
	@CsvSource({ "0,--help,Usage",
			"1,version --flyte.platform.url=localhost:1 --flyte.channel.max-retries=0,UNAVAILABLE",
			"2,nonsense,nonsense", "3,version --flyte.platform.insecure=maybe,flyte.platform.insecure" })
	void whenRunThenItEndsWithTheExitCode(int code, String arguments, String said) {
		assertThat(cli(arguments.split(" "))).isEqualTo(code);
		assertThat(this.output.out() + this.output.err()).contains(said);
	}

	@Test
	void whenEverythingIsLoggedThenNoSecretIs() throws Exception {
		Process process = process("whoami", "--output=json", "--logging.level.root=trace");
		JsonNode user = JsonMapper.shared().readTree(process.getInputStream().readAllBytes());
		assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
		assertThat(user.get("subject").asString()).isEqualTo("cli");
		assertThat(Files.readString(this.folder.resolve("err"))).contains("grant_type")
			.doesNotContain(SECRET, Base64.getEncoder().encodeToString(("cli:" + SECRET).getBytes()))
			.doesNotContainPattern("eyJ[\\w-]{8,}\\.[\\w-]+");
	}

	@Test
	void whenRunAsProcessThenItAnswersAndKeepsTheLoginInTheHomeOfTheJvm() throws Exception {
		Path home = Files.createDirectory(this.folder.resolve("home"));
		List<String> arguments = arguments("login");
		arguments.removeIf((argument) -> argument.startsWith("--flyte.credentials.store-file="));
		ProcessBuilder tool = command(arguments.toArray(String[]::new));
		tool.command().add(1, "-Duser.home=" + home);
		tool.environment().put("HOME", this.folder.resolve("other").toString());
		Process process = tool.start();
		String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
		assertThat(Files.readString(this.folder.resolve("err"))).isEmpty();
		assertThat(process.exitValue()).isZero();
		assertThat(out).startsWith("ENDPOINT").contains("yes");
		assertThat(home.resolve(".flyte-connect/tokens/default")).isNotEmptyFile();
		assertThat(this.folder.resolve("other")).doesNotExist();
	}

	private Process process(String... arguments) throws IOException {
		return command(arguments(arguments).toArray(String[]::new)).start();
	}

	private ProcessBuilder command(String... arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-XX:+UseSerialGC", "-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote", "-cp",
						System.getProperty("java.class.path"), FlyteCli.class.getName()));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).redirectError(this.folder.resolve("err").toFile());
	}

	private int cli(String... arguments) {
		return FlyteCli.run(arguments(arguments).toArray(String[]::new));
	}

	private List<String> arguments(String... arguments) {
		List<String> all = new ArrayList<>();
		all.addAll(List.of(arguments));
		Map<String, String> properties = server.properties();
		properties.put("flyte.credentials.store-file", this.folder.resolve("tokens").toString());
		properties.forEach((name, value) -> {
			// Spring takes two values for a list.
			if (all.stream().noneMatch((argument) -> argument.startsWith("--" + name + "="))) {
				all.add("--" + name + "=" + value);
			}
		});
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
