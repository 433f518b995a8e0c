package io.flyteconnect.internal.grant.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import flyteidl.admin.VersionOuterClass.GetVersionResponse;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.internal.client.TestLogin;
import io.flyteconnect.login.LoginException;
import io.flyteconnect.login.LoginStep;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Mode {@code external-command}, from the call to the process and back.
 */
@Tag("fault")
@ExtendWith(OutputCaptureExtension.class)
class ExternalCommandLoginTests {

	@TempDir
	Path folder;

	private final TestLogin login = new TestLogin();

	@AfterEach
	void stop() throws Exception {
		this.login.close();
	}

	@Test
	void whenManyCallersAreColdThenTheCommandRunsOnce() throws Exception {
		print("token-1");
		AdminServiceBlockingStub stub = connect(Duration.ZERO);
		ExecutorService threads = Executors.newFixedThreadPool(50);
		try {
			CountDownLatch gate = new CountDownLatch(50);
			List<Future<GetVersionResponse>> answers = new ArrayList<>();
			for (int i = 0; i < 50; i++) {
				Callable<GetVersionResponse> call = () -> {
					gate.countDown();
					gate.await();
					return TestLogin.version(stub);
				};
				answers.add(threads.submit(call));
			}
			for (Future<GetVersionResponse> answer : answers) {
				assertThat(answer.get(30, TimeUnit.SECONDS)).isNotNull();
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(runs()).isEqualTo(1);
		assertThat(this.login.tokenRequests()).isEmpty();
		assertThat(this.login.server.authorizations).containsOnly("Bearer token-1");
	}

	@Test
	void whenTheTokenIsAJwtThenItIsKeptUntilItsEnd() throws Exception {
		String first = jwt(Duration.ofMinutes(10));
		print(first);
		AdminServiceBlockingStub stub = connect(Duration.ofSeconds(1));
		TestLogin.version(stub);
		this.login.move(Duration.ofMinutes(5));
		TestLogin.version(stub);
		assertThat(runs()).isEqualTo(1);
		this.login.move(Duration.ofMinutes(6));
		print(jwt(Duration.ofMinutes(20)));
		TestLogin.version(stub);
		assertThat(runs()).isEqualTo(2);
		assertThat(this.login.server.refusals).hasValue(0);
	}

	@Test
	void whenTheTokenIsOpaqueThenItIsKeptForTheConfiguredTime() throws Exception {
		print("opaque-1");
		AdminServiceBlockingStub stub = connect(Duration.ofSeconds(60));
		TestLogin.version(stub);
		this.login.move(Duration.ofSeconds(40));
		TestLogin.version(stub);
		assertThat(runs()).isEqualTo(1);
		this.login.move(Duration.ofSeconds(21));
		print("opaque-2");
		TestLogin.version(stub);
		assertThat(runs()).isEqualTo(2);
		assertThat(this.login.server.authorizations).endsWith("Bearer opaque-2");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whenTheCommandSaysWhenAnOpaqueTokenEndsThenItIsKeptUntilThen(boolean bean) throws Exception {
		printUntil("opaque-1", Duration.ofMinutes(10));
		if (bean) {
			this.login.supplier = () -> run();
		}
		AdminServiceBlockingStub stub = connect(Duration.ZERO);
		TestLogin.version(stub);
		this.login.move(Duration.ofMinutes(5));
		TestLogin.version(stub);
		assertThat(runs()).isEqualTo(1);
		printUntil("opaque-2", Duration.ofMinutes(10));
		this.login.move(Duration.ofMinutes(6));
		TestLogin.version(stub);
		assertThat(runs()).isEqualTo(2);
		assertThat(this.login.server.authorizations).endsWith("Bearer opaque-2");
	}

	@Test
	void whenTheCommandHasGivenATokenThenTheLogNamesItAndNoEndpoint(CapturedOutput output) throws Exception {
		print("token-1");
		TestLogin.version(connect(Duration.ZERO));
		assertThat(output).contains("obtained an access token from the command 'sh' in ")
			.doesNotContain("access token from http")
			.doesNotContain("s3cret-argument");
	}

	@Test
	void whenTheBeanHasGivenATokenThenTheLogNamesItAndNoEndpoint(CapturedOutput output) {
		this.login.server.accepted.add("token-of-the-bean");
		this.login.supplier = () -> "token-of-the-bean";
		TestLogin.version(connect(Duration.ZERO));
		assertThat(output).contains("obtained an access token from the token supplier in ")
			.doesNotContain("access token from http");
	}

	@Test
	void whenNoTimeIsConfiguredThenAnOpaqueTokenIsKeptUntilItIsRefused() throws Exception {
		print("opaque-1");
		AdminServiceBlockingStub stub = connect(Duration.ZERO);
		TestLogin.version(stub);
		this.login.move(Duration.ofDays(30));
		TestLogin.version(stub);
		assertThat(runs()).isEqualTo(1);
		this.login.server.accepted.clear();
		print("opaque-2");
		TestLogin.version(stub);
		assertThat(runs()).isEqualTo(2);
		assertThat(this.login.server.authorizations).containsExactly("Bearer opaque-1", "Bearer opaque-1",
				"Bearer opaque-1", "Bearer opaque-2");
	}

	@Test
	void whenThePrintedTokenIsRefusedAgainThenThereIsNoLoop() throws Exception {
		print("opaque-1");
		this.login.server.accepted.clear();
		AdminServiceBlockingStub stub = connect(Duration.ZERO);
		for (int call = 0; call < 5; call++) {
			assertThat(TestLogin.failure(stub).getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
		}
		assertThat(runs()).isEqualTo(2);
	}

	@Test
	void whenTheServerPublishesNothingThenTheCommandIsRunAllTheSame() throws Exception {
		this.login.server.metadataFailure = Status.UNIMPLEMENTED;
		this.login.server.client = this.login.server.client.toBuilder().clearAuthorizationMetadataKey().build();
		print("token-1");
		TestLogin.version(connect(Duration.ZERO));
		assertThat(this.login.server.authorizations).endsWith("Bearer token-1");
	}

	@Test
	void whenTheCommandFailsThenTheCallSaysWhyAndTheNextRunsItAgain() throws Exception {
		Files.writeString(this.folder.resolve("token"), "");
		AdminServiceBlockingStub stub = connect(Duration.ZERO);
		StatusRuntimeException ex = TestLogin.failure(stub);
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
		assertThat(ex).hasMessageContaining("step: command")
			.hasMessageContaining("the command 'sh' printed nothing")
			.hasMessageContaining("external-command");
		assertThat(((LoginException) ex.getCause()).getStep()).isEqualTo(LoginStep.COMMAND);
		TestLogin.assertNoSecret(ex, "s3cret-argument");
		print("token-1");
		this.login.move(Duration.ofSeconds(1));
		TestLogin.version(stub);
		assertThat(runs()).isEqualTo(2);
	}

	@Test
	void whenTheApplicationStopsThenTheCommandAndItsChildrenAreEnded() throws Exception {
		Processes processes = new Processes();
		AdminServiceBlockingStub stub = this.login.connect(AuthMode.EXTERNAL_COMMAND, (credentials) -> credentials
			.property("flyte.credentials.command", List.of("sh", "-c", processes.script())));
		Thread caller = new Thread(() -> TestLogin.failure(stub));
		caller.start();
		processes.awaitRunning();
		this.login.closeLogin();
		processes.assertEnded();
		caller.join(5000);
		assertThat(caller.isAlive()).isFalse();
	}

	@Test
	void whenTheApplicationHasASupplierThenTheCommandIsNotRun() throws Exception {
		print("token-of-the-command");
		AtomicInteger asked = new AtomicInteger();
		this.login.server.accepted.add("token-of-the-bean");
		this.login.supplier = () -> {
			asked.incrementAndGet();
			return "token-of-the-bean";
		};
		AdminServiceBlockingStub stub = connect(Duration.ZERO);
		TestLogin.version(stub);
		TestLogin.version(stub);
		assertThat(asked).hasValue(1);
		assertThat(runs()).isZero();
		assertThat(this.login.server.authorizations).containsOnly("Bearer token-of-the-bean");
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "Bearer s3cret two", "{\"token\":\"s3cret\"}", "s3cret\nx-injected: 1" })
	void whenASupplierGivesNoTokenThenTheErrorSaysSo(String token) {
		this.login.supplier = () -> token;
		StatusRuntimeException ex = TestLogin.failure(connect(Duration.ZERO));
		assertThat(ex).hasMessageContaining("step: command").hasMessageContaining("the token supplier gave no token");
		TestLogin.assertNoSecret(ex, "s3cret");
	}

	@Test
	void whenASupplierThrowsThenTheErrorNamesTheException() {
		this.login.supplier = () -> {
			throw new IllegalStateException("vault is sealed");
		};
		StatusRuntimeException ex = TestLogin.failure(connect(Duration.ZERO));
		assertThat(ex).hasMessageContaining("the token supplier failed with java.lang.IllegalStateException")
			.hasRootCauseMessage("vault is sealed");
	}

	private AdminServiceBlockingStub connect(Duration ttl) {
		String script = "echo x >> " + this.folder.resolve("runs") + "; cat " + this.folder.resolve("token")
				+ "; sleep 0.1";
		return this.login.connect(AuthMode.EXTERNAL_COMMAND, (credentials) -> {
			credentials.property("flyte.credentials.command", List.of("sh", "-c", script, "s3cret-argument"));
			credentials.property("flyte.credentials.command-ttl", ttl);
		});
	}

	private void print(String token) throws Exception {
		this.login.server.accepted.add(token);
		Files.writeString(this.folder.resolve("token"), token + "\n");
	}

	private void printUntil(String token, Duration life) throws Exception {
		print(token);
		Files.writeString(this.folder.resolve("token"), "{\"kind\":\"ExecCredential\",\"status\":{\"token\":\"" + token
				+ "\",\"expirationTimestamp\":\"" + this.login.clock().instant().plus(life) + "\"}}");
	}

	/** What the command does. */
	private String run() {
		try {
			Files.writeString(this.folder.resolve("runs"), "x\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
			return Files.readString(this.folder.resolve("token"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private int runs() throws Exception {
		Path runs = this.folder.resolve("runs");
		return Files.exists(runs) ? Files.readAllLines(runs).size() : 0;
	}

	private String jwt(Duration life) {
		return "e30." + Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(("{\"exp\":" + this.login.clock().instant().plus(life).getEpochSecond() + "}").getBytes())
				+ ".sig";
	}

}
