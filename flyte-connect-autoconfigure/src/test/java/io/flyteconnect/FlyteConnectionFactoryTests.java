package io.flyteconnect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.service.Auth.OAuth2MetadataResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;
import org.springframework.util.StringUtils;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigBuilder;
import io.flyteconnect.testsupport.LoginServer;
import io.flyteconnect.testsupport.TestCertificates;
import io.flyteconnect.testsupport.TokenServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * What an application without Spring configures by hand.
 */
@ExtendWith(OutputCaptureExtension.class)
class FlyteConnectionFactoryTests {

	private final TokenServer idp = new TokenServer("token-1");

	private LoginServer server;

	@BeforeEach
	void start() throws Exception {
		this.server = new LoginServer();
		this.server.accepted.add("token-1");
		this.server.metadata = OAuth2MetadataResponse.newBuilder()
			.setTokenEndpoint("http://localhost:" + this.idp.port() + "/token")
			.build();
	}

	@AfterEach
	void stop() throws Exception {
		this.server.close();
		this.idp.close();
	}

	@Test
	void whenInterceptorsAreGivenThenTheySeeEachCallInTheirOrderBeforeTheLogin() {
		List<String> seen = new CopyOnWriteArrayList<>();
		FlyteConnectionFactory factory = FlyteConnectionFactory.builder()
			.interceptors(noting("first", seen), noting("second", seen))
			.interceptors(noting("third", seen))
			.build();
		try (FlyteConnection connection = factory.create(config().build())) {
			version(connection);
			assertThat(seen).startsWith("first", "second", "third");
			assertThat(this.server.authorizations).contains("Bearer token-1");
		}
	}

	@Test
	void whenCustomizersAreGivenThenTheyChangeTheChannel() {
		List<String> targets = new ArrayList<>();
		GrpcChannelBuilderCustomizer<NettyChannelBuilder> customizer = (target, builder) -> {
			targets.add(target);
			builder.userAgent("by-hand");
		};
		FlyteConnectionFactory factory = FlyteConnectionFactory.builder().customizers(List.of(customizer)).build();
		try (FlyteConnection connection = factory.create(config().name("other").build())) {
			version(connection);
			assertThat(targets).containsExactly("flyte:other");
			assertThat(this.server.headers.toString()).contains("by-hand");
		}
	}

	@Test
	void whenATokenSupplierIsGivenThenItTakesThePlaceOfTheCommand() {
		this.server.accepted.add("supplied");
		FlyteConnectionFactory factory = FlyteConnectionFactory.builder().tokenSupplier(() -> "supplied").build();
		PlatformConfig config = config().suppliedTokens().build();
		try (FlyteConnection connection = factory.create(config)) {
			version(connection);
			assertThat(this.server.authorizations).contains("Bearer supplied");
			assertThat(this.idp.requests()).isEmpty();
		}
	}

	@Test
	void whenASupplierFailsInPlaceOfACommandThenTheErrorNamesTheSupplier() {
		FlyteConnectionFactory factory = FlyteConnectionFactory.builder().tokenSupplier(() -> "two words").build();
		PlatformConfig config = config().authMode(AuthMode.EXTERNAL_COMMAND)
			.property("flyte.credentials.command", List.of("never-run"))
			.build();
		try (FlyteConnection connection = factory.create(config)) {
			assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> version(connection))
				.withMessageContaining("Check the FlyteTokenSupplier of the application")
				.withMessageNotContaining("flyte.credentials.command");
		}
	}

	@Test
	void whenTheClientSecretIsLookedForThenItIsToldWhetherItIsThereAndCanBeUsed(@TempDir Path folder)
			throws IOException {
		List<String> looks = new CopyOnWriteArrayList<>();
		FlyteConnectionFactory factory = FlyteConnectionFactory.builder()
			.listeners(List.of(new FlyteConnectionListener() {

				@Override
				public void clientSecretRead(FlyteConnection connection, String source, SecretRead end) {
					looks.add(source + " " + end);
				}

			}))
			.build();
		Path file = folder.resolve("secret");
		List<Change> changes = List.of(Files::delete, (secret) -> Files.writeString(secret, "\n"), (secret) -> {
			Files.delete(secret);
			Files.createDirectory(secret);
		}, (secret) -> {
		});
		for (Change change : changes) {
			Files.deleteIfExists(file);
			Files.writeString(file, "s3cret");
			PlatformConfig config = PlatformConfig.builder()
				.endpoint("localhost:" + this.server.port())
				.insecure(true)
				.authMode(AuthMode.CLIENT_CREDENTIALS)
				.property("flyte.credentials.client-id", "client")
				.property("flyte.credentials.client-secret-location", file.toString())
				.build();
			try (FlyteConnection connection = factory.create(config)) {
				change.make(file);
				version(connection);
			}
			catch (StatusRuntimeException ex) {
				assertThat(ex).hasMessageContaining(file.toString());
			}
		}
		assertThat(looks).containsExactly("file MISSING", "file FAILED", "file FAILED", "file FOUND");
	}

	@Test
	void whenAConnectionIsClosedThenItsCaFileIsReadNoMore(@TempDir Path folder, CapturedOutput output)
			throws Exception {
		TestCertificates certificates = TestCertificates.in(folder);
		Path file = Files.copy(certificates.caFile(), folder.resolve("changing.pem"));
		FlyteConnectionFactory factory = new FlyteConnectionFactory();
		FlyteConnection closed = factory.create(watching("closed", file));
		try (FlyteConnection open = factory.create(watching("open", file))) {
			closed.close();
			replace(file, certificates.otherCaFile(), output, 1);
			int seen = output.toString().length();
			replace(file, certificates.caFile(), output, 2);
			assertThat(open.name()).isEqualTo("open");
			assertThat(output.toString().substring(seen)).doesNotContain("'closed' has read the CA file");
		}
		assertThat(closed.config().name()).isEqualTo("closed");
	}

	private static PlatformConfig watching(String name, Path file) {
		return PlatformConfig.builder()
			.name(name)
			.endpoint("https://localhost:1")
			.authMode(AuthMode.NONE)
			.caCertFile(file)
			.property("flyte.platform.ca-cert-file-refresh", "20ms")
			.build();
	}

	// What is half written is no reason to read a file.
	private static void replace(Path file, Path other, CapturedOutput output, int times) throws IOException {
		Path complete = Files.copy(other, file.resolveSibling("complete.pem"), StandardCopyOption.REPLACE_EXISTING);
		Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE);
		await().atMost(60, TimeUnit.SECONDS)
			.until(() -> StringUtils.countOccurrencesOf(output.toString(), "'open' has read the CA file") == times);
	}

	@Test
	void whenTokensAreToBeSuppliedAndNothingSuppliesThemThenTheFactoryRefuses() {
		PlatformConfig config = config().suppliedTokens().build();
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> new FlyteConnectionFactory().create(config))
			.satisfies((ex) -> assertThat(ex.getProperty()).isEqualTo("flyte.credentials.command"))
			.satisfies((ex) -> assertThat(ex.getReason()).contains("no token supplier"))
			.satisfies((ex) -> assertThat(ex.getAction()).contains("FlyteConnectionFactoryBuilder.tokenSupplier",
					"a bean of the type FlyteTokenSupplier"));
	}

	@Test
	void whenNothingListensThenItIsSaidWhereTheAddressIsSet(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("config.yaml"),
				"admin:\n  authType: none\n  insecure: true\n" + "  endpoint: dns:///localhost:" + closedPort() + "\n");
		PlatformConfig config = PlatformConfig.auto(file);
		try (FlyteConnection connection = new FlyteConnectionFactory().create(config)) {
			assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> version(connection))
				.withMessageContaining("let it through (flyte.platform.url: " + file + ":4:13): ");
		}
	}

	private static int closedPort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	@Test
	void whenAClockIsGivenThenTokensEndByIt() {
		SteppedClock clock = new SteppedClock();
		FlyteConnectionFactory factory = FlyteConnectionFactory.builder().clock(clock).build();
		try (FlyteConnection connection = factory.create(config().build())) {
			version(connection);
			version(connection);
			assertThat(this.idp.requests()).hasSize(1);
			clock.now = clock.now.plus(Duration.ofDays(1));
			version(connection);
			assertThat(this.idp.requests()).hasSize(2);
		}
		assertThatIllegalArgumentException().isThrownBy(() -> FlyteConnectionFactory.builder().clock(null))
			.withMessageContaining("clock");
	}

	private PlatformConfigBuilder config() {
		return PlatformConfig.builder()
			.endpoint("localhost:" + this.server.port())
			.insecure(true)
			.clientCredentials("client", "s3cret");
	}

	private static void version(FlyteConnection connection) {
		connection.admin().blocking().getVersion(GetVersionRequest.getDefaultInstance());
	}

	private static ClientInterceptor noting(String name, List<String> seen) {
		return new ClientInterceptor() {

			@Override
			public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options,
					Channel next) {
				seen.add(name);
				return next.newCall(method, options);
			}

		};
	}

	private static final class SteppedClock extends Clock {

		private volatile Instant now = Instant.now();

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return this.now;
		}

	}

	private interface Change {

		void make(Path file) throws IOException;

	}

}
