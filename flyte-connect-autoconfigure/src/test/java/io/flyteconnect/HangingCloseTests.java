package io.flyteconnect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLSocket;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.service.Auth.OAuth2MetadataResponse;
import flyteidl.service.Auth.PublicClientAuthConfigResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.Interactive;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigBuilder;
import io.flyteconnect.config.TokenStore;
import io.flyteconnect.login.FlyteBrowserLoginEvent;
import io.flyteconnect.testsupport.HangingFile;
import io.flyteconnect.testsupport.LoginServer;
import io.flyteconnect.testsupport.TestCertificates;
import io.flyteconnect.testsupport.TokenServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the end of a connection while something of its login hangs, and goes on
 * hanging.
 */
@Tag("fault")
@ExtendWith(OutputCaptureExtension.class)
class HangingCloseTests {

	private static final Duration SHORT = Duration.ofMillis(100);

	private static final Duration ENDLESS = Duration.ofHours(1);

	/** Said where a command has not been ended before. */
	private static final String LIMIT_OF_A_COMMAND = "did not end within";

	private final TokenServer idp = new TokenServer("token-1");

	private final List<Object> events = new CopyOnWriteArrayList<>();

	@TempDir
	Path folder;

	private LoginServer server;

	@BeforeEach
	void start() throws Exception {
		this.server = new LoginServer();
		this.server.accepted.add("token-1");
		this.server.metadata = OAuth2MetadataResponse.newBuilder()
			.setTokenEndpoint("http://localhost:" + this.idp.port() + "/token")
			.setAuthorizationEndpoint("http://localhost:" + this.idp.port() + "/authorize")
			.build();
		this.server.client = PublicClientAuthConfigResponse.newBuilder()
			.setClientId("id")
			.setRedirectUri("http://localhost:53593/callback")
			.build();
	}

	@AfterEach
	void stop() throws Exception {
		this.server.close();
		this.idp.close();
	}

	@Test
	void whenTheReadOfASecretHangsThenTheConnectionCloses() throws Exception {
		Path secret = Files.writeString(this.folder.resolve("secret"), "s3cret");
		FlyteConnection connection = connect(builder(SHORT, (properties) -> {
			properties.property("flyte.credentials.client-id", "id");
			properties.property("flyte.credentials.client-secret-location", secret.toString());
		}));
		try (HangingFile hanging = new HangingFile(secret)) {
			closesWhile(() -> !threads("flyte-file").isEmpty(), connection);
			assertThat(threads("flyte-file")).isNotEmpty().allMatch(Thread::isDaemon);
			await().until(() -> threads("flyte-hanging-").isEmpty());
		}
	}

	@Test
	void whenTheReadOfACaFileHangsThenTheConnectionCloses() throws Exception {
		TestCertificates certificates = TestCertificates.in(this.folder);
		Path file = Files.copy(certificates.otherCaFile(), this.folder.resolve("of-the-connection.pem"));
		try (ServerSocket tls = certificates.serverContext()
			.getServerSocketFactory()
			.createServerSocket(0, 50, InetAddress.getByName("localhost"))) {
			accept(tls, (socket) -> ((SSLSocket) socket).startHandshake());
			FlyteConnection connection = connect(builder(SHORT, (properties) -> {
			}).endpoint("localhost:" + tls.getLocalPort()).insecure(false).caCertFile(file).authMode(AuthMode.NONE));
			try (HangingFile hanging = new HangingFile(file)) {
				closesWhile(() -> !threads("flyte-hanging-ca-file").isEmpty(), connection);
				assertThat(threads("flyte-hanging-ca-file")).allMatch(Thread::isDaemon);
			}
		}
		await().until(() -> threads("flyte-hanging-").isEmpty());
	}

	@Test
	void whenTheWriteOfTheStoreHangsThenTheConnectionCloses() throws Exception {
		Path lock = Files.writeString(this.folder.resolve("login.lock"), "");
		try (HangingFile hanging = new HangingFile(lock)) {
			closesWhile(() -> !threads("flyte-file").isEmpty(), builder(SHORT, (properties) -> {
				properties.property("flyte.credentials.client-id", "id");
				properties.property("flyte.credentials.client-secret", "s3cret");
				properties.property("flyte.credentials.store", TokenStore.FILE);
				properties.property("flyte.credentials.store-file", this.folder.resolve("login").toString());
			}));
		}
	}

	@Test
	void whenATokenRequestHangsThenTheConnectionCloses() throws Exception {
		List<Socket> accepted = new CopyOnWriteArrayList<>();
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("localhost"))) {
			accept(silent, accepted::add);
			this.server.metadata = OAuth2MetadataResponse.newBuilder()
				.setTokenEndpoint("http://localhost:" + silent.getLocalPort() + "/token")
				.build();
			closesWhile(() -> !accepted.isEmpty(), builder(SHORT, (properties) -> {
				properties.property("flyte.credentials.client-id", "id");
				properties.property("flyte.credentials.client-secret", "s3cret");
				properties.property("flyte.credentials.request-timeout", ENDLESS);
			}));
			for (Socket socket : accepted) {
				socket.close();
			}
		}
	}

	@Test
	void whenACommandHangsThenTheConnectionClosesAndTheCommandEnds() throws Exception {
		Path started = this.folder.resolve("started");
		closesWhile(() -> Files.exists(started), builder(SHORT, (properties) -> {
			properties.property("flyte.credentials.auth-mode", AuthMode.EXTERNAL_COMMAND);
			properties.property("flyte.credentials.command", List.of("sh", "-c",
					"echo $$ > " + started + ".new; mv " + started + ".new " + started + "; exec sleep 3600"));
		}));
		long pid = Long.parseLong(Files.readString(started).strip());
		await().until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
	}

	@Test
	void whenAPersonHasNotLoggedInYetThenTheGraceOfCallsIsNotWaitedFor() throws Exception {
		closesWhile(() -> this.events.stream().anyMatch(FlyteBrowserLoginEvent.class::isInstance),
				builder(ENDLESS, (properties) -> {
					properties.property("flyte.credentials.auth-mode", AuthMode.PKCE);
					properties.property("flyte.credentials.client-id", "id");
					properties.property("flyte.credentials.interactive", Interactive.ALWAYS);
					properties.property("flyte.credentials.pkce.open-browser", false);
					properties.property("flyte.credentials.pkce.any-port", true);
					properties.property("flyte.credentials.pkce.timeout", ENDLESS);
				}));
		assertThat(this.events).filteredOn(FlyteBrowserLoginEvent.class::isInstance)
			.first()
			.isInstanceOfSatisfying(FlyteBrowserLoginEvent.class, (event) -> {
				Matcher port = Pattern.compile("redirect_uri=http%?.*?localhost(?::|%3A)(\\d+)")
					.matcher(event.link().toString());
				assertThat(port.find()).as(event.link().toString()).isTrue();
				await().atMost(60, TimeUnit.SECONDS).until(() -> isFree(Integer.parseInt(port.group(1))));
			});
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Test
	void whenCallersOfACommandThatHangsHaveEndedThenTheGraceOfCallsIsNotWaitedFor(CapturedOutput output)
			throws Exception {
		Path started = this.folder.resolve("started");
		closesAfter(() -> Files.exists(started), builder(ENDLESS, (properties) -> {
			properties.property("flyte.credentials.auth-mode", AuthMode.EXTERNAL_COMMAND);
			properties.property("flyte.credentials.command",
					List.of("sh", "-c", "touch " + started + "; exec sleep 3600"));
		}));
		assertThat(output).doesNotContain(LIMIT_OF_A_COMMAND);
	}

	@Test
	void whenCallersOfATokenRequestThatHangsHaveEndedThenTheGraceOfCallsIsNotWaitedFor() throws Exception {
		List<Socket> accepted = new CopyOnWriteArrayList<>();
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("localhost"))) {
			accept(silent, accepted::add);
			this.server.metadata = OAuth2MetadataResponse.newBuilder()
				.setTokenEndpoint("http://localhost:" + silent.getLocalPort() + "/token")
				.build();
			closesAfter(() -> !accepted.isEmpty(), builder(ENDLESS, (properties) -> {
				properties.property("flyte.credentials.client-id", "id");
				properties.property("flyte.credentials.client-secret", "s3cret");
				properties.property("flyte.credentials.request-timeout", ENDLESS);
				// Without retries a call is closed by its credentials alone.
				properties.property("flyte.channel.max-retries", 0);
			}));
			for (Socket socket : accepted) {
				socket.close();
			}
		}
	}

	@Test
	void whenCallersOfAProxysCommandThatHangsHaveEndedThenTheGraceOfCallsIsNotWaitedFor(CapturedOutput output)
			throws Exception {
		Path started = this.folder.resolve("started");
		closesAfter(() -> Files.exists(started), builder(ENDLESS, (properties) -> {
			properties.property("flyte.credentials.auth-mode", AuthMode.NONE);
			properties.property("flyte.credentials.proxy-command",
					List.of("sh", "-c", "touch " + started + "; exec sleep 3600"));
		}));
		assertThat(output).doesNotContain(LIMIT_OF_A_COMMAND);
	}

	@Test
	void whenTheLastCallEndsWhileTheConnectionClosesThenTheRestOfTheGraceIsNotWaitedFor(CapturedOutput output)
			throws Exception {
		Path started = this.folder.resolve("started");
		closesWhile(() -> Files.exists(started), builder(ENDLESS, (properties) -> {
			properties.property("flyte.credentials.auth-mode", AuthMode.EXTERNAL_COMMAND);
			properties.property("flyte.credentials.command",
					List.of("sh", "-c", "touch " + started + "; exec sleep 3600"));
			properties.property("flyte.channel.deadline", Duration.ofSeconds(2));
		}));
		assertThat(output).doesNotContain(LIMIT_OF_A_COMMAND);
	}

	@Test
	void whenTheThreadThatClosesIsInterruptedThenItStaysSoAndTheCallsEnd() throws Exception {
		Path started = this.folder.resolve("started");
		FlyteConnection connection = connect(builder(ENDLESS, (properties) -> {
			properties.property("flyte.credentials.auth-mode", AuthMode.EXTERNAL_COMMAND);
			properties.property("flyte.credentials.command",
					List.of("sh", "-c", "touch " + started + "; exec sleep 3600"));
		}));
		Future<?> call = connection.admin().admin().future().getVersion(GetVersionRequest.getDefaultInstance());
		await().until(() -> Files.exists(started));
		Thread.currentThread().interrupt();
		connection.close();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(catchThrowableOfType(ExecutionException.class, () -> call.get(60, TimeUnit.SECONDS))).isNotNull();
	}

	private PlatformConfigBuilder builder(Duration grace, Consumer<PlatformConfigBuilder> customizer) {
		return PlatformConfig.builder()
			.name("hanging")
			.endpoint("localhost:" + this.server.port())
			.insecure(true)
			.apply((properties) -> {
				properties.property("flyte.credentials.auth-mode", AuthMode.CLIENT_CREDENTIALS);
				properties.property("flyte.channel.shutdown-grace-period", grace);
				properties.property("flyte.channel.deadline", Duration.ofMinutes(5));
				customizer.accept(properties);
			});
	}

	private FlyteConnection connect(PlatformConfigBuilder config) {
		return FlyteConnectionFactory.builder()
			.environment(Map.of())
			.events(this.events::add)
			.build()
			.create(config.build());
	}

	private void closesWhile(Callable<Boolean> hanging, PlatformConfigBuilder config) throws Exception {
		closesWhile(hanging, connect(config));
		await().atMost(60, TimeUnit.SECONDS).until(() -> threads("flyte-hanging-").isEmpty());
	}

	/**
	 * Close a connection whose callers have gone while its login goes on.
	 */
	private void closesAfter(Callable<Boolean> hanging, PlatformConfigBuilder config) throws Exception {
		FlyteConnection connection = connect(config);
		await().atMost(60, TimeUnit.SECONDS).until(() -> {
			StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class,
					() -> connection.admin()
						.blocking()
						.withDeadlineAfter(300, TimeUnit.MILLISECONDS)
						.getVersion(GetVersionRequest.getDefaultInstance()));
			assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
			return hanging.call();
		});
		ExecutorService threads = Executors.newCachedThreadPool();
		try {
			threads.submit(connection::close).get(60, TimeUnit.SECONDS);
		}
		finally {
			threads.shutdownNow();
		}
	}

	/**
	 * Each in a thread of its own: the common pool has but one on two cores, and it is
	 * the call that hangs.
	 */
	private static void closesWhile(Callable<Boolean> hanging, FlyteConnection connection) throws Exception {
		ExecutorService threads = Executors.newCachedThreadPool();
		try {
			Future<StatusRuntimeException> call = threads
				.submit(() -> catchThrowableOfType(StatusRuntimeException.class,
						() -> connection.admin().blocking().getVersion(GetVersionRequest.getDefaultInstance())));
			await().atMost(60, TimeUnit.SECONDS).until(hanging);
			threads.submit(connection::close).get(60, TimeUnit.SECONDS);
			assertThat(call.get(60, TimeUnit.SECONDS)).isNotNull();
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static List<Thread> threads(String prefix) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith(prefix))
			.toList();
	}

	private static void accept(ServerSocket listener, SocketUser user) {
		Thread thread = new Thread(() -> {
			while (!listener.isClosed()) {
				try {
					user.use(listener.accept());
				}
				catch (SocketException ex) {
					// Closed.
				}
				catch (IOException ex) {
					// The handshake failed, as it should.
				}
			}
		});
		thread.setDaemon(true);
		thread.start();
	}

	private interface SocketUser {

		void use(Socket socket) throws IOException;

	}

}
