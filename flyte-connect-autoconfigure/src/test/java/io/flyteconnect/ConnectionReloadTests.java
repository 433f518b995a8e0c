package io.flyteconnect;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import com.google.common.util.concurrent.ListenableFuture;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.admin.VersionOuterClass.GetVersionResponse;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import flyteidl.service.Auth.PublicClientAuthConfigResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigBuilder;
import io.flyteconnect.config.TlsSettings;
import io.flyteconnect.login.FlyteBrowserLoginEvent;
import io.flyteconnect.login.FlyteTokenSupplier;
import io.flyteconnect.testsupport.FreePorts;
import io.flyteconnect.testsupport.LoginServer;
import io.flyteconnect.testsupport.TokenServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for a connection that takes over other settings while it is in use.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConnectionReloadTests {

	private static final GetVersionRequest REQUEST = GetVersionRequest.getDefaultInstance();

	private final TokenServer idp = new TokenServer("token-1", "token-2", "token-3");

	private @Nullable FlyteTokenSupplier supplier;

	private final List<Object> events = new CopyOnWriteArrayList<>();

	private final List<FlyteConnection> connections = new ArrayList<>();

	private LoginServer one;

	private LoginServer two;

	@TempDir
	Path folder;

	@BeforeEach
	void start() throws Exception {
		this.one = LoginServer.of(this.idp, "token-1", "token-2", "token-3");
		this.two = LoginServer.of(this.idp, "token-1", "token-2", "token-3");
	}

	@AfterEach
	void stop() throws Exception {
		this.connections.forEach(FlyteConnection::close);
		this.one.close();
		this.two.close();
		this.idp.close();
	}

	@Test
	void whenAnotherEndpointIsTakenOverThenStubsThatWereInjectedCallItWithALoginOfItsOwn() {
		FlyteConnection connection = connect(settings(this.one));
		FlyteAdminStub admin = connection.admin();
		AdminServiceBlockingStub stub = admin.blocking();
		FlyteAdminStub hurried = admin.withDeadline(Duration.ofMinutes(1));
		Channel channel = connection.channel();
		stub.getVersion(REQUEST);
		connection.reload(settings(this.two).build());
		stub.getVersion(REQUEST);
		hurried.blocking().getVersion(REQUEST);
		assertThat(this.one.authorizations).containsExactly("Bearer token-1");
		assertThat(this.two.authorizations).containsExactly("Bearer token-2", "Bearer token-2");
		assertThat(connection.admin()).isSameAs(admin);
		assertThat(connection.channel()).isSameAs(channel);
		assertThat(connection.config().endpoint().port()).isEqualTo(this.two.port());
		assertThat(connection).hasToString("FlyteConnection[reloaded to localhost:" + this.two.port() + "]");
		await().untilAsserted(() -> assertThat(this.events)
			.containsExactly(new FlyteReloadEvent("reloaded", FlyteReloadEvent.Part.CONNECTION, null)));
	}

	@Test
	void whenOnlyTheChannelChangesThenTheTokenStays() {
		FlyteConnection connection = connect(settings(this.one));
		connection.admin().blocking().getVersion(REQUEST);
		connection.reload(settings(this.one).apply((properties) -> {
			properties.property("flyte.channel.user-agent", "other");
			properties.property("flyte.channel.deadline", Duration.ofMinutes(2));
		}).build());
		connection.admin().blocking().getVersion(REQUEST);
		assertThat(this.one.authorizations).containsExactly("Bearer token-1", "Bearer token-1");
		assertThat(this.idp.requests()).hasSize(1);
		assertThat(this.one.connections).hasValue(2);
	}

	@Test
	void whenTheClientSecretChangesThenTheNextCallLogsInWithIt() {
		FlyteConnection connection = connect(settings(this.one));
		var manager = connection.authorizedClientManager();
		connection.admin().blocking().getVersion(REQUEST);
		connection.reload(settings(this.one).clientCredentials("client", "other-s3cret").build());
		connection.admin().blocking().getVersion(REQUEST);
		assertThat(this.one.authorizations).containsExactly("Bearer token-1", "Bearer token-2");
		assertThat(this.idp.requests()).hasSize(2);
		assertThat(manager
			.authorize(OAuth2AuthorizeRequest.withClientRegistrationId("flyte-reloaded").principal("anybody").build())
			.getAccessToken()
			.getTokenValue()).isEqualTo("token-2");
	}

	@Test
	void whenOnlyTheEndpointIsReplacedThenTheCredentialsAskForATokenAnewAndTheLogSaysWhatChanged(
			CapturedOutput output) {
		FlyteConnection connection = connect(settings(this.one));
		connection.admin().blocking().getVersion(REQUEST);
		PlatformConfig before = connection.config();
		connection.reload(connection.config().withEndpoint("localhost:" + this.two.port()));
		connection.admin().blocking().getVersion(REQUEST);
		assertThat(connection.config().credentials()).isEqualTo(before.credentials());
		assertThat(this.one.authorizations).containsExactly("Bearer token-1");
		assertThat(this.two.authorizations).containsExactly("Bearer token-2");
		assertThat(this.idp.requests()).hasSize(2);
		connection
			.reload(connection.config().withCredentials(base(this.two).authMode(AuthMode.NONE).build().credentials()));
		connection.reload(connection.config()
			.withTls(new TlsSettings(false, false, null, null))
			.withChannel(settings(this.one).property("flyte.channel.max-retries", 1).build().channel()));
		String prefix = "has taken over other settings (";
		assertThat(output)
			.contains(prefix + "endpoint localhost:" + this.one.port() + " -> localhost:" + this.two.port() + ")",
					prefix + "login client-credentials -> none)", prefix + "trust, channel)")
			.doesNotContain("s3cret");
		assertThat(connection.config().origins().isGivenByCode("platform.url")).isTrue();
		assertThat(connection.config().origins().isGivenByCode("secrets.refresh")).isFalse();
	}

	@Test
	void whenAPersonIsStillAskedThenTheNextLoginHasThePortAtOnce() throws Exception {
		int port = FreePorts.reserve();
		for (LoginServer server : List.of(this.one, this.two)) {
			server.metadata = server.metadata.toBuilder()
				.setAuthorizationEndpoint("http://localhost:" + this.idp.port() + "/authorize")
				.build();
			server.client = PublicClientAuthConfigResponse.newBuilder()
				.setClientId("id")
				.setRedirectUri("http://localhost:" + port + "/callback")
				.build();
		}
		List<FlyteBrowserLoginEvent> asked = new CopyOnWriteArrayList<>();
		FlyteConnection connection = FlyteConnectionFactory.builder().events((event) -> {
			if (event instanceof FlyteBrowserLoginEvent login) {
				asked.add(login);
			}
		})
			.build()
			.create(base(this.one).authMode(AuthMode.PKCE)
				.property("flyte.credentials.interactive", "always")
				.property("flyte.credentials.pkce.open-browser", false)
				.property("flyte.channel.shutdown-grace-period", Duration.ofHours(1))
				.property("flyte.channel.deadline", Duration.ofHours(1))
				.build());
		this.connections.add(connection);
		ListenableFuture<GetVersionResponse> before = connection.admin().future().getVersion(REQUEST);
		await().until(() -> asked.size() == 1);
		connection.reload(connection.config().withEndpoint("localhost:" + this.two.port()));
		assertThat(catchThrowableOfType(ExecutionException.class, () -> before.get(60, TimeUnit.SECONDS))).isNotNull();
		connection.admin().future().getVersion(REQUEST);
		await().until(() -> asked.size() == 2);
		assertThat(asked).allSatisfy((event) -> assertThat(event.link().toString()).contains(String.valueOf(port)));
	}

	@Test
	void whenTheOldLoginIsNotUsedAnyMoreThenItsThreadsAndConnectionsEnd() {
		FlyteConnection connection = connect(settings(this.one));
		connection.admin().blocking().getVersion(REQUEST);
		connection.reload(settings(this.two).build());
		await().atMost(60, TimeUnit.SECONDS).until(() -> this.one.open.get() == 0);
		await().atMost(60, TimeUnit.SECONDS).until(() -> threads("flyte-reloaded-").isEmpty());
	}

	@Test
	void whenTheSettingsCannotBeUsedThenThoseBeforeStayInForceAndTheErrorSaysWhy() {
		FlyteConnection connection = connect(settings(this.one));
		connection.admin().blocking().getVersion(REQUEST);
		PlatformConfig config = connection.config();
		Path absent = this.folder.resolve("absent.pem");
		PlatformConfig wrong = settings(this.two).insecure(false).caCertFile(absent).build();
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class).isThrownBy(() -> connection.reload(wrong))
			.withMessageContaining(absent.toString());
		assertThat(connection.config()).isSameAs(config);
		connection.admin().blocking().getVersion(REQUEST);
		assertThat(this.one.authorizations).hasSize(2);
		assertThat(this.one.connections).hasValue(1);
		await().until(() -> !this.events.isEmpty());
		assertThat(this.events).singleElement().satisfies((event) -> {
			assertThat(((FlyteReloadEvent) event).isTakenOver()).isFalse();
			assertThat(((FlyteReloadEvent) event).failure()).isInstanceOf(InvalidFlyteConfigurationException.class);
		});
	}

	@Test
	void whenTheNameIsAnotherThenItIsRefused() {
		FlyteConnection connection = connect(settings(this.one));
		PlatformConfig other = settings(this.two).name("other").build();
		assertThatIllegalArgumentException().isThrownBy(() -> connection.reload(other))
			.withMessageContaining("'reloaded'")
			.withMessageContaining("'other'");
	}

	@Test
	void whenTheConnectionIsClosedThenNothingIsTakenOver() {
		FlyteConnection connection = connect(settings(this.one));
		connection.close();
		PlatformConfig other = settings(this.two).build();
		assertThatIllegalStateException().isThrownBy(() -> connection.reload(other))
			.withMessageContaining("'reloaded' is closed");
		assertThat(catchThrowableOfType(StatusRuntimeException.class,
				() -> connection.admin().blocking().getVersion(REQUEST))
			.getStatus()
			.getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(this.two.connections).hasValue(0);
	}

	@Test
	void whenACallIsUnderWayThenItFinishesWhereItIsAndItsLoginStaysUntilThen() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch answer = new CountDownLatch(1);
		this.one.before = () -> {
			asked.countDown();
			awaited(answer);
		};
		FlyteConnection connection = connect(settings(this.one));
		ListenableFuture<GetVersionResponse> call = connection.admin().future().getVersion(REQUEST);
		assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
		connection.reload(settings(this.two).build());
		connection.admin().blocking().getVersion(REQUEST);
		assertThat(this.one.open).hasValue(1);
		answer.countDown();
		call.get(60, TimeUnit.SECONDS);
		await().atMost(60, TimeUnit.SECONDS).until(() -> this.one.open.get() == 0);
		assertThat(this.two.authorizations).hasSize(1);
	}

	@Test
	void whenACallUnderWayHasADeadlineThenOnlyThatEndsIt() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch answer = new CountDownLatch(1);
		this.one.before = () -> {
			asked.countDown();
			awaited(answer);
		};
		FlyteConnection connection = connect(settings(this.one).apply((properties) -> {
			properties.property("flyte.channel.shutdown-grace-period", Duration.ofMillis(100));
			properties.property("flyte.channel.deadline", Duration.ofSeconds(3));
		}));
		ListenableFuture<GetVersionResponse> call = connection.admin().future().getVersion(REQUEST);
		assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
		connection.reload(settings(this.two).build());
		assertThat(catchThrowableOfType(ExecutionException.class, () -> call.get(60, TimeUnit.SECONDS)))
			.hasStackTraceContaining("DEADLINE_EXCEEDED");
		answer.countDown();
		await().atMost(60, TimeUnit.SECONDS).until(() -> threads("flyte-reloaded-retired").isEmpty());
	}

	@Test
	void whenACallUnderWayWithoutADeadlineOutlastsTheGraceThenItIsCancelled() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch answer = new CountDownLatch(1);
		this.one.before = () -> {
			asked.countDown();
			awaited(answer);
		};
		FlyteConnection connection = connect(settings(this.one).apply((properties) -> {
			properties.property("flyte.channel.shutdown-grace-period", Duration.ofMillis(100));
			properties.property("flyte.channel.deadline", Duration.ZERO);
		}));
		ListenableFuture<GetVersionResponse> call = connection.admin().future().getVersion(REQUEST);
		assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
		connection.reload(settings(this.two).build());
		await().atMost(60, TimeUnit.SECONDS).until(call::isDone);
		assertThat(this.one.connections).hasValue(1);
		answer.countDown();
	}

	@Test
	void whenACallWaitsForItsTokenThenTheOldLoginEndsItAndIsNotSentElsewhere() throws Exception {
		Path started = this.folder.resolve("started");
		Path go = this.folder.resolve("go");
		FlyteConnection connection = connect(base(this.one).authMode(AuthMode.EXTERNAL_COMMAND)
			.apply((properties) -> properties.property("flyte.credentials.command", List.of("sh", "-c",
					"touch " + started + "; while [ ! -e " + go + " ]; do sleep 0.05; done; echo command-1"))));
		this.one.accepted.add("command-1");
		ListenableFuture<GetVersionResponse> call = connection.admin().future().getVersion(REQUEST);
		await().atMost(60, TimeUnit.SECONDS).until(() -> Files.exists(started));
		connection.reload(settings(this.two).build());
		connection.admin().blocking().getVersion(REQUEST);
		Files.createFile(go);
		call.get(60, TimeUnit.SECONDS);
		assertThat(this.one.authorizations).containsExactly("Bearer command-1");
		assertThat(this.two.authorizations).containsExactly("Bearer token-1");
	}

	@Test
	void whenTheConnectionIsClosedThenWhatWasBeforeEndsAsWell() throws Exception {
		Path started = this.folder.resolve("started");
		FlyteConnection connection = connect(base(this.one).authMode(AuthMode.EXTERNAL_COMMAND).apply((properties) -> {
			properties.property("flyte.channel.shutdown-grace-period", Duration.ofMillis(300));
			properties.property("flyte.channel.deadline", Duration.ofHours(1));
			properties.property("flyte.credentials.command", List.of("sh", "-c",
					"echo $$ > " + started + ".new; mv " + started + ".new " + started + "; exec sleep 3600"));
		}));
		ListenableFuture<GetVersionResponse> call = connection.admin().future().getVersion(REQUEST);
		await().atMost(60, TimeUnit.SECONDS).until(() -> Files.exists(started));
		connection.reload(settings(this.two).build());
		connection.close();
		// gRPC tells of the end on a thread of its own.
		assertThat(catchThrowableOfType(ExecutionException.class, () -> call.get(60, TimeUnit.SECONDS))).isNotNull();
		await().until(() -> threads("flyte-reloaded-retired").isEmpty());
		long pid = Long.parseLong(Files.readString(started).strip());
		await().until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
	}

	@Test
	void whenACallIsMadeBeforeAndBeginsLongAfterThenItGoesByTheNewSettings() throws Exception {
		FlyteConnection connection = connect(settings(this.one));
		AdminServiceBlockingStub stub = connection.admin().blocking().withInterceptors(new ClientInterceptor() {

			@Override
			public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options,
					Channel next) {
				ClientCall<Q, R> call = next.newCall(method, options);
				connection.reload(settings(ConnectionReloadTests.this.two).build());
				await().atMost(60, TimeUnit.SECONDS).until(() -> threads("flyte-reloaded-retired").isEmpty());
				return call;
			}

		});
		stub.getVersion(REQUEST);
		assertThat(this.one.authorizations).isEmpty();
		assertThat(this.two.authorizations).hasSize(1);
	}

	@Test
	void whenSettingsAreTakenOverFiftyTimesWhileCallsGoOnThenNoneIsLost() throws Exception {
		this.supplier = () -> "token-1";
		FlyteConnection connection = connect(supplied(this.one));
		AdminServiceBlockingStub stub = connection.admin().blocking();
		AtomicBoolean over = new AtomicBoolean();
		ExecutorService callers = Executors.newFixedThreadPool(4);
		try {
			List<Future<Integer>> counts = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				counts.add(callers.submit(() -> {
					int count = 0;
					while (!over.get()) {
						stub.getVersion(REQUEST);
						count++;
					}
					return count;
				}));
			}
			for (int i = 0; i < 50; i++) {
				int before = this.one.authorizations.size() + this.two.authorizations.size();
				connection.reload(supplied((i % 2 == 0) ? this.two : this.one).build());
				await().pollInterval(Duration.ofMillis(2))
					.atMost(60, TimeUnit.SECONDS)
					.until(() -> this.one.authorizations.size() + this.two.authorizations.size() > before);
			}
			over.set(true);
			int sent = 0;
			for (Future<Integer> count : counts) {
				sent += count.get(60, TimeUnit.SECONDS);
			}
			assertThat(this.one.authorizations.size() + this.two.authorizations.size()).isEqualTo(sent);
			assertThat(sent).isGreaterThanOrEqualTo(50);
		}
		finally {
			over.set(true);
			callers.shutdownNow();
		}
		connection.close();
		await().until(() -> threads("flyte-reloaded-retired").isEmpty());
		await().atMost(60, TimeUnit.SECONDS).until(() -> this.one.open.get() + this.two.open.get() == 0);
	}

	private FlyteConnection connect(PlatformConfigBuilder config) {
		Consumer<Object> events = (event) -> {
			if (event instanceof FlyteReloadEvent) {
				this.events.add(event);
			}
		};
		FlyteConnection connection = FlyteConnectionFactory.builder()
			.events(events)
			.tokenSupplier(this.supplier)
			.build()
			.create(config.build());
		this.connections.add(connection);
		return connection;
	}

	private static PlatformConfigBuilder settings(LoginServer server) {
		return base(server).clientCredentials("client", "s3cret");
	}

	private static PlatformConfigBuilder supplied(LoginServer server) {
		return base(server).authMode(AuthMode.EXTERNAL_COMMAND)
			.apply((properties) -> properties.property("flyte.credentials.command", List.of("not-run")));
	}

	private static PlatformConfigBuilder base(LoginServer server) {
		return PlatformConfig.builder().name("reloaded").endpoint("localhost:" + server.port()).insecure(true);
	}

	private static void awaited(CountDownLatch latch) {
		try {
			latch.await(60, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static List<String> threads(String prefix) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith(prefix))
			.toList();
	}

}
