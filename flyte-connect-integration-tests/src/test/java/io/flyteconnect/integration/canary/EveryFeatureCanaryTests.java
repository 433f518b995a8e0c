package io.flyteconnect.integration.canary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.core.Execution.WorkflowExecution.Phase;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import io.grpc.Context;
import io.grpc.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.execution.LaunchRequest;
import io.flyteconnect.integration.canary.search.Canary;
import io.flyteconnect.integration.canary.search.CanaryApplication;
import io.flyteconnect.integration.canary.search.CanaryWatch;
import io.flyteconnect.integration.connection.Person;
import io.flyteconnect.login.FlyteCallerToken;
import io.flyteconnect.login.FlyteTokenSupplier;
import io.flyteconnect.secret.FlyteSecretChangedEvent;
import io.flyteconnect.secret.Secret;
import io.flyteconnect.secret.SecretResolver;
import io.flyteconnect.secret.SecretValue;
import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.testsupport.FreePorts;
import io.flyteconnect.testsupport.TestHttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Applications that have every feature on at once, for each way to log in: one feature
 * may show what another one keeps to itself.
 */
@Tag("once")
class EveryFeatureCanaryTests {

	private static final String CLIENT_ID = "canary-client";

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@RegisterExtension
	final CanaryWatch watch = new CanaryWatch();

	@TempDir
	private Path folder;

	private FlyteTestServer server;

	private Person person;

	private String secret;

	private String proxyToken;

	@BeforeEach
	void start() throws IOException {
		this.secret = this.watch.canaries().secret("client secret in a file");
		this.server = FlyteTestServer.builder()
			.tls()
			.clientCredentials(CLIENT_ID, this.secret)
			.redirectUri("http://localhost:" + FreePorts.reserve() + "/callback")
			.withSampleData()
			.start();
		this.person = new Person(this.server, true);
		this.proxyToken = this.watch.canaries().token("token for the proxy");
		write("proxy-token", this.proxyToken);
		write("secrets/login/client-secret", this.secret + "\n");
		write("secrets/login/binary", this.watch.canaries().token("binary secret") + "\u00ff");
		write("secrets/store/key", this.watch.canaries().secret("store key in a file"));
		write("token", token("token from elsewhere"));
		behave();
	}

	@AfterEach
	void stop() {
		SecurityContextHolder.clearContext();
		this.person.close();
		this.server.close();
	}

	/** Be good, but let in only those whom the proxy in front has let in. */
	private void behave() {
		this.server.behaviour().reset();
		this.server.behaviour().requireProxyAuthorization(this.proxyToken);
		this.server.identityProvider().reset();
		this.server.identityProvider().requireProxyAuthorization(this.proxyToken);
	}

	@ParameterizedTest
	@EnumSource
	void whenEveryFeatureIsOnThenNothingShows(Mode mode) throws Exception {
		String caller = token("token of a caller");
		String user = token("token of a user");
		try (ConfigurableApplicationContext context = run(mode)) {
			assertThat(CanaryTestSupport.projects(context)).isEqualTo(3);
			this.watch.learnTokens(context);
			assertThat(projectsOfCaller(context, caller)).isEqualTo(3);
			assertThat(projectsOfUser(context, user)).isEqualTo(3);
			readSecrets(context);
			launch(context);
			rotate(context);
			this.watch.look(context);
			// These two have been revoked, too.
			this.watch.failureOf(() -> projectsOfCaller(context, caller));
			this.watch.failureOf(() -> projectsOfUser(context, user));
			launchInVain(context);
			missSecrets(context);
			beRefused(context);
			logInInVain(mode, context);
			this.watch.look(context);
			this.watch.learnFromServers();
			assertThat(this.watch.canaries().all()).extracting(Canary::name).contains(mode.sent);
		}
	}

	private ConfigurableApplicationContext run(Mode mode) throws IOException {
		CanaryApplication application = this.watch.application()
			.bean(this.person)
			.property("flyte.platform.url", this.server.endpoint())
			.property("flyte.platform.ca-cert-file-path", this.server.caCertificate())
			.property("flyte.platform.console-endpoint", "https://flyte.example.com/console")
			.property("flyte.startup-check", "warn")
			.property("flyte.credentials.relay", true)
			.property("flyte.credentials.interactive", "always")
			.property("flyte.credentials.pkce.open-browser", false)
			.property("flyte.credentials.device-flow.qr-code", true)
			.property("flyte.credentials.device-flow.poll-interval", "100ms")
			.property("flyte.credentials.store", "file")
			.property("flyte.credentials.store-file", this.folder.resolve("store"))
			.property("flyte.credentials.store-key", "${flyte-secret.store.key}")
			.property("flyte.secrets.default-dir", this.folder.resolve("secrets"))
			.property("flyte.secrets.refresh", "100ms")
			.property("my.own.setting", "${flyte-secret.login.client-secret}")
			.property("my.database.variable", "${_FSEC_DB_PASSWORD}")
			.property("my.own.copy", "key ${flyte.credentials.store-key}")
			.property("my.database.password", "${flyte-secret.db.password}")
			.property("my.database.url", "jdbc:h2://me:${flyte-secret.db.password}@database/it")
			.variable("_FSEC_DB_PASSWORD", this.watch.canaries().secret("password in a variable"))
			.variable("DB_PASSWORD", this.watch.canaries().secret("password in a variable of its own"));
		execution(application);
		command(application, "proxy-command", "proxy-token");
		switch (mode) {
			// Set in both ways, of which the file is followed when it changes.
			case CLIENT_CREDENTIALS -> application.property("flyte.credentials.auth-mode", "client-credentials")
				.property("flyte.credentials.client-id", CLIENT_ID)
				.property("flyte.credentials.client-secret", "${flyte-secret.login.client-secret}")
				.property("flyte.credentials.client-secret-location",
						this.folder.resolve("secrets/login/client-secret"));
			case DEVICE_FLOW -> application.property("flyte.credentials.auth-mode", "device-flow");
			case PKCE -> application.property("flyte.credentials.auth-mode", "pkce");
			case EXTERNAL_COMMAND ->
				command(application.property("flyte.credentials.auth-mode", "external-command"), "command", "token");
			case TOKEN_SUPPLIER -> application.property("flyte.credentials.auth-mode", "external-command")
				.bean((FlyteTokenSupplier) () -> read("token"));
		}
		return application.run();
	}

	private static void execution(CanaryApplication application) {
		String client = "flyte.execution.run-as.oauth2-client.";
		String token = "flyte.execution.tokens[0].";
		application.property("flyte.execution.run-as.k8s-service-account", "robot")
			.property(client + "client-id", "client-of-tasks")
			.property(client + "client-secret.group", "login")
			.property(client + "client-secret.key", "client-secret")
			.property("flyte.execution.secrets[0].group", "db")
			.property("flyte.execution.secrets[0].key", "password")
			.property("flyte.execution.secrets[0].env-var", "DB_PASSWORD")
			.property(token + "name", "token-of-tasks")
			.property(token + "type", "client-credentials")
			.property(token + "client.client-id", "client-of-tasks")
			.property(token + "client.client-secret.group", "login")
			.property(token + "client.client-secret.key", "client-secret")
			.property(token + "token-endpoint", "https://login.example.com/token")
			.property("flyte.execution.poll-interval", "50ms");
	}

	private void command(CanaryApplication application, String property, String file) throws IOException {
		Path script = write(property + ".sh", "cat '" + this.folder.resolve(file)
				+ "' && exit\necho \"unknown option $1\" >&2; echo '" + read(file) + "'; exit 1\n");
		application.command("flyte.credentials." + property, script,
				this.watch.canaries().secret("argument of " + property));
	}

	private static int projectsOfCaller(ConfigurableApplicationContext context, String token) throws Exception {
		return Context.current().withValue(FlyteCallerToken.KEY, token).call(() -> CanaryTestSupport.projects(context));
	}

	private static int projectsOfUser(ConfigurableApplicationContext context, String token) {
		SecurityContextHolder.getContext()
			.setAuthentication(new JwtAuthenticationToken(
					Jwt.withTokenValue(token).header("alg", "none").subject("somebody").build(), null));
		try {
			return CanaryTestSupport.projects(context);
		}
		finally {
			SecurityContextHolder.clearContext();
		}
	}

	private void readSecrets(ConfigurableApplicationContext context) {
		SecretResolver resolver = context.getBean(SecretResolver.class);
		Secret own = Secret.builder().group("db").key("password").envVar("DB_PASSWORD").build();
		for (Secret secret : new Secret[] { own, Secret.of("db", "password"), Secret.of("login", "client-secret") }) {
			try (SecretValue value = resolver.get(secret)) {
				this.watch.look("secret", secret + " " + value + " " + value.origin());
				assertThat(this.watch.canaries().all()).anyMatch((canary) -> canary.value().equals(value.text()));
			}
		}
		Environment environment = context.getEnvironment();
		assertThat(environment.getProperty("my.database.url")).contains(environment.getProperty("my.database.password"),
				"@database/it");
	}

	private WorkflowExecutionIdentifier launch(ConfigurableApplicationContext context) throws Exception {
		FlyteExecutions executions = context.getBean(FlyteExecutions.class);
		LaunchRequest request = LaunchRequest.launchPlan("flytesnacks", "development", "hello_world").build();
		WorkflowExecutionIdentifier id = executions.launch(request);
		WorkflowExecutionIdentifier again = executions.relaunch(id);
		for (WorkflowExecutionIdentifier launched : new WorkflowExecutionIdentifier[] { id, again }) {
			this.server.executions().complete(launched, Phase.SUCCEEDED);
			Execution ended = executions.await(launched, PATIENCE);
			assertThat(ended.getSpec().getSecurityContext().getSecretsCount()).isOne();
			assertThat(ended.getSpec().getSecurityContext().getTokensCount()).isOne();
			assertThat(ended.getSpec().getSecurityContext().getRunAs().getOauth2Client().getClientSecret().getKey())
				.isEqualTo("client-secret");
			this.watch.look("execution", ended + " " + request + " " + executions.console(launched));
		}
		return again;
	}

	private void rotate(ConfigurableApplicationContext context) throws Exception {
		this.secret = this.watch.canaries().secret("client secret that it changed to");
		this.server.identityProvider().addClient(CLIENT_ID, this.secret);
		write("secrets/login/client-secret", this.secret + "\n");
		this.watch.events().await(FlyteSecretChangedEvent.class);
		this.server.identityProvider().revokeTokens();
		write("token", token("another token from elsewhere"));
		assertThat(CanaryTestSupport.projects(context)).as("with another token").isEqualTo(3);
		this.watch.learnTokens(context);
		this.watch.look("store", read("store"));
	}

	private void launchInVain(ConfigurableApplicationContext context) {
		FlyteExecutions executions = context.getBean(FlyteExecutions.class);
		LaunchRequest request = LaunchRequest.launchPlan("flytesnacks", "development", "hello_world").build();
		this.server.behaviour().failNext("CreateExecution", 1, Status.PERMISSION_DENIED.withDescription("not you"));
		this.watch.failureOf(() -> executions.launch(request));
		WorkflowExecutionIdentifier unknown = WorkflowExecutionIdentifier.newBuilder()
			.setProject("flytesnacks")
			.setDomain("development")
			.setName("unknown")
			.build();
		this.watch.failureOf(() -> executions.relaunch(unknown));
		this.watch.failureOf(() -> executions.await(unknown, PATIENCE));
		WorkflowExecutionIdentifier running = executions.launch(request);
		this.watch.failureOf(() -> executions.await(running, Duration.ZERO));
	}

	private void missSecrets(ConfigurableApplicationContext context) {
		SecretResolver resolver = context.getBean(SecretResolver.class);
		this.watch.failureOf(() -> resolver.get("db", "nothing"));
		this.watch.failureOf(() -> resolver.get("login", "binary").text());
		this.watch.failureOf(() -> context.getEnvironment().getRequiredProperty("flyte-secret.db.nothing"));
	}

	private void beRefused(ConfigurableApplicationContext context) throws IOException {
		this.server.behaviour().failNext("ListProjects", 1, Status.PERMISSION_DENIED.withDescription("not you"));
		awaitFailure(context, "not you");
		this.server.behaviour().refuseNext(9);
		awaitFailure(context, "refused by the test");
		behave();
		Files.delete(this.folder.resolve("proxy-token"));
		this.server.behaviour().requireProxyAuthorization("another one");
		awaitFailure(context, "unknown option");
		write("proxy-token", this.proxyToken);
		behave();
	}

	private void logInInVain(Mode mode, ConfigurableApplicationContext context) throws IOException {
		this.server.identityProvider().revokeTokens();
		this.server.identityProvider().addClient(CLIENT_ID, "another one");
		Files.delete(this.folder.resolve("token"));
		if (mode.isAtProvider()) {
			this.server.identityProvider().failNext(9, 503, "no " + this.watch.canaries().values());
			awaitFailure(context, "HTTP 503");
			behave();
		}
		// A person logs in again.
		if (!mode.failure.isEmpty()) {
			awaitFailure(context, mode.failure);
		}
	}

	/** Fail until it is for that reason: the failure before stands for a while. */
	private void awaitFailure(ConfigurableApplicationContext context, String reason) {
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(this.watch.failureOf(() -> CanaryTestSupport.projects(context)))
				.hasMessageContaining(reason));
	}

	/** Get a token in another way than the application does. */
	private String token(String name) {
		this.server.identityProvider().requireProxyAuthorization(null);
		TestHttp http = new TestHttp(HttpClient.newBuilder().sslContext(this.server.certificates().clientContext()));
		String token = http.token(this.server.identityProvider().tokenEndpoint(), CLIENT_ID, this.secret);
		this.server.identityProvider().requireProxyAuthorization(this.proxyToken);
		return this.watch.canaries().add(name, token);
	}

	private Path write(String name, String text) throws IOException {
		Path file = this.folder.resolve(name);
		Files.createDirectories(file.getParent());
		return Files.writeString(file, text, StandardCharsets.ISO_8859_1);
	}

	private String read(String name) {
		try {
			return Files.readString(this.folder.resolve(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	enum Mode {

		CLIENT_CREDENTIALS("invalid_client", "sent token"),

		DEVICE_FLOW("", "sent token", "sent device_code", "sent refresh_token"),

		PKCE("", "sent token", "sent code", "sent code_verifier", "sent refresh_token"),

		EXTERNAL_COMMAND("exit code 1", "sent token"),

		TOKEN_SUPPLIER("the token supplier failed", "sent token");

		private final String failure;

		private final String[] sent;

		/**
		 * A way to log in.
		 * @param failure what is said of it when all that it logs in with has gone, empty
		 * where nothing has
		 * @param sent what is sent in it, and is not to be seen
		 */
		Mode(String failure, String... sent) {
			this.failure = failure;
			this.sent = sent;
		}

		private boolean isAtProvider() {
			return this != EXTERNAL_COMMAND && this != TOKEN_SUPPLIER;
		}

	}

}
