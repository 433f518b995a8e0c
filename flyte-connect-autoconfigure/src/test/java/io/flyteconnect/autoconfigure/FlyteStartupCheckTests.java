package io.flyteconnect.autoconfigure;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import io.flyteconnect.ExplainedFailure;
import io.flyteconnect.ExplainedFailure.Detail;
import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.testsupport.FreePorts;
import io.flyteconnect.testsupport.LoginServer;
import io.flyteconnect.testsupport.RotatingProvider;
import io.flyteconnect.testsupport.VersionServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@Tag("once")
@ExtendWith(OutputCaptureExtension.class)
class FlyteStartupCheckTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FlyteAutoConfiguration.class))
		.withPropertyValues("flyte.platform.insecure=true", "flyte.channel.max-retries=0");

	private LoginServer server;

	@BeforeEach
	void start() throws Exception {
		this.server = new LoginServer();
		this.server.tokenWanted = false;
	}

	@AfterEach
	void stop() throws Exception {
		this.server.close();
	}

	@Test
	void whenNoCheckIsWantedThenFlyteIsNotCalled() {
		at(this.server.port()).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(this.server.connections).hasValue(0);
		});
	}

	@Test
	void whenNoCheckIsWantedThenFlyteMayBeAbsent(CapturedOutput output) throws Exception {
		at(FreePorts.reserve()).withPropertyValues("flyte.startup-check=none")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("does not answer");
	}

	@Test
	void whenFlyteIsPresentThenEachCheckCallsItOnce() {
		for (String check : new String[] { "warn", "fail" }) {
			this.server.headers.clear();
			at(this.server.port()).withPropertyValues("flyte.startup-check=" + check).run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(this.server.headers).hasSize(1);
			});
		}
	}

	@Test
	void whenFlyteIsAbsentThenTheWarningNamesConnectionAndEndpoint(CapturedOutput output) throws Exception {
		int port = FreePorts.reserve();
		at(port).withPropertyValues("flyte.startup-check=warn").run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("WARN")
			.contains("Flyte connection 'default' to localhost:" + port + ": Flyte does not answer: UNAVAILABLE")
			.containsSubsequence("\n    DNS: ok", "\n    TCP: failed", "\n    proxy: not there", "\n    TLS: not there",
					"\n    HTTP/2: not reached", "\n    metadata: not reached", "\n    token: not reached",
					"\n    call: not reached");
	}

	@Test
	void whenFlyteIsAbsentAndTheCheckIsToFailThenTheApplicationDoesNotStart() throws Exception {
		int port = FreePorts.reserve();
		at(port).withPropertyValues("flyte.startup-check=fail").run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).isInstanceOf(FlyteStartupCheckException.class);
			ExplainedFailure failure = explained(context.getStartupFailure());
			assertThat(failure.getDetails()).contains(new Detail("Endpoint", "localhost:" + port),
					new Detail("Connection", "default"), new Detail("Status", "UNAVAILABLE"));
			assertThat(failure.getAction()).startsWith("Start Flyte, or correct flyte.platform.*")
				.contains("flyte.startup-check to warn or none");
		});
	}

	@Test
	void whenTheHostIsUnknownThenNoStepIsSaidToBeDoneWhateverThePropertyIsCalled(CapturedOutput output) {
		this.runner.withPropertyValues("flyte.startup-check=warn", "flyte.platform.url=nowhere.invalid:443",
				"flyte.connections.other.platform.url=elsewhere.invalid:443",
				"flyte.connections.other.platform.insecure=true", "flyte.connections.other.credentials.auth-mode=none")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output)
			.containsSubsequence("'default'", "    DNS: failed", "    TCP: not reached", "    metadata: not reached",
					"    call: not reached", "'other'", "    DNS: failed", "    TCP: not reached")
			.doesNotContain(": ok");
	}

	@Test
	void whenTheLoginIsRefusedThenTheRemedyIsAboutTheLogin() {
		this.server.tokenWanted = true;
		at(this.server.port()).withPropertyValues("flyte.startup-check=fail", "flyte.credentials.auth-mode=none")
			.run((context) -> assertThat(explained(context.getStartupFailure()).getAction())
				.startsWith("Correct flyte.credentials.*"));
	}

	@Test
	void whenBeansAreLazyThenTheCheckIsMadeAllTheSame() throws Exception {
		int port = FreePorts.reserve();
		SpringApplication application = new SpringApplicationBuilder(Flyte.class).web(WebApplicationType.NONE)
			.lazyInitialization(true)
			.build();
		assertThatExceptionOfType(FlyteStartupCheckException.class)
			.isThrownBy(() -> application.run("--flyte.config-file=none", "--flyte.platform.url=localhost:" + port,
					"--flyte.platform.insecure=true", "--flyte.channel.max-retries=0", "--flyte.startup-check=fail"));
	}

	@Test
	void whenTheApplicationDoesNotStartThenItsOutputExplainsWhy(CapturedOutput output) throws Exception {
		int port = FreePorts.reserve();
		SpringApplication application = new SpringApplicationBuilder(Flyte.class).web(WebApplicationType.NONE).build();
		assertThatExceptionOfType(FlyteStartupCheckException.class)
			.isThrownBy(() -> application.run("--flyte.config-file=none", "--flyte.platform.url=localhost:" + port,
					"--flyte.platform.insecure=true", "--flyte.channel.max-retries=0", "--flyte.startup-check=fail"));
		assertThat(output).containsSubsequence("APPLICATION FAILED TO START", "Description:",
				"Flyte does not answer, and flyte.startup-check=fail", "Endpoint: localhost:" + port, "Action:",
				"Start Flyte, or correct flyte.platform.*");
	}

	@Test
	void whenThereAreSeveralConnectionsThenEachIsCheckedAndAllFailuresAreNamed() throws Exception {
		int port = FreePorts.reserve();
		at(this.server.port()).withBean("one", FlyteConnection.class, () -> connection("one", this.server.port()))
			.withBean("two", FlyteConnection.class, () -> connection("two", port))
			.withBean("three", FlyteConnection.class, () -> connection("three", port))
			.withPropertyValues("flyte.startup-check=fail")
			.run((context) -> {
				assertThat(context).getFailure()
					.hasMessageContaining("Flyte connection 'two' to localhost:" + port)
					.hasMessageContaining("Flyte connection 'three' to localhost:" + port)
					.hasMessageNotContaining("'one'");
				assertThat(context.getStartupFailure()).isInstanceOf(FlyteStartupCheckException.class)
					.satisfies((ex) -> assertThat(((FlyteStartupCheckException) ex).getFailures())
						.extracting(FlyteStartupCheckException.Failure::connection)
						.containsExactly("two", "three"));
				assertThat(explained(context.getStartupFailure()).getDetails())
					.contains(new Detail("Connection", "two"), new Detail("Connection", "three"));
			});
		assertThat(this.server.headers).hasSize(2);
	}

	@Test
	void whenConnectionsHaveNamesThenTheRemediesNameTheirSettings() throws Exception {
		String port = String.valueOf(FreePorts.reserve());
		this.server.tokenWanted = true;
		at(this.server.port())
			.withPropertyValues("flyte.startup-check=fail", "flyte.credentials.auth-mode=none",
					"flyte.connections.away.platform.url=localhost:" + port,
					"flyte.connections.away.platform.insecure=true",
					"flyte.connections.away.credentials.auth-mode=none", "flyte.connections.away.channel.max-retries=0")
			.run((context) -> assertThat(explained(context.getStartupFailure()).getAction())
				.startsWith("Correct flyte.credentials.*, so that the server accepts the login. Start Flyte, or"
						+ " correct flyte.connections.away.platform.*. Or set flyte.startup-check to warn"));
	}

	@Test
	void whenSeveralKeepSilentThenAllAreAskedBeforeOneIsGivenUpAndTheirThreadsEnd() throws Exception {
		try (VersionServer one = new VersionServer(); VersionServer two = new VersionServer()) {
			one.hang();
			two.hang();
			// Neither answers before both are asked.
			CompletableFuture<Void> both = CompletableFuture.runAsync(() -> {
				await().until(() -> one.calls.get() == 1 && two.calls.get() == 1);
				one.goOn();
				two.goOn();
			});
			at(this.server.port()).withBean("one", FlyteConnection.class, () -> connection("one", one.port()))
				.withBean("two", FlyteConnection.class, () -> connection("two", two.port()))
				.withPropertyValues("flyte.startup-check=fail", "flyte.startup-check-timeout=1m")
				.run((context) -> assertThat(context).hasNotFailed());
			both.join();
			await().until(() -> Thread.getAllStackTraces()
				.keySet()
				.stream()
				.noneMatch((thread) -> thread.getName().startsWith("flyte-startup-check-")));
		}
	}

	@Test
	void whenThereAreManyConnectionsThenNoneWaitsForItsTurn() {
		int count = 40;
		CountDownLatch asked = new CountDownLatch(count);
		this.server.before = () -> {
			asked.countDown();
			await().until(() -> asked.getCount() == 0);
		};
		ApplicationContextRunner many = at(this.server.port());
		for (int i = 1; i < count; i++) {
			String name = "c" + i;
			many = many.withBean(name, FlyteConnection.class, () -> connection(name, this.server.port()));
		}
		many.withPropertyValues("flyte.startup-check=fail", "flyte.startup-check-timeout=1m")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(this.server.headers).hasSize(count);
	}

	@Test
	void whenAPersonWouldHaveToLogInThenTheCheckAsksNobodyAndIsContent(CapturedOutput output) throws Exception {
		try (LoginServer guarded = new LoginServer(); RotatingProvider provider = new RotatingProvider(guarded)) {
			at(guarded.port())
				.withPropertyValues("flyte.startup-check=fail", "flyte.credentials.auth-mode=device-flow",
						"flyte.credentials.interactive=always")
				.run((context) -> {
					assertThat(context).hasNotFailed();
					assertThat(provider.requests).hasValue(0);
					assertThat(guarded.headers).hasSize(1);
					context.getBean(FlyteConnection.class)
						.admin()
						.blocking()
						.getVersion(GetVersionRequest.getDefaultInstance());
					assertThat(provider.logins).hasValue(1);
				});
		}
		assertThat(output).contains("Flyte answers; nobody is asked to log in before a call of the application");
	}

	@Test
	void whenAPersonIsNeededWhomNothingReachesThenTheCheckSaysWhatToSet() throws Exception {
		try (LoginServer guarded = new LoginServer(); RotatingProvider provider = new RotatingProvider(guarded)) {
			at(guarded.port())
				.withPropertyValues("flyte.startup-check=fail", "flyte.credentials.auth-mode=device-flow",
						"flyte.credentials.interactive=never")
				.run((context) -> assertThat(context).getFailure()
					.hasMessageContaining("flyte.credentials.interactive=never forbids it"));
			assertThat(provider.requests).hasValue(0);
		}
	}

	@Test
	void whenFlyteKeepsSilentThenTheTimeOutEndsTheCheck(CapturedOutput output) throws Exception {
		try (VersionServer silent = new VersionServer()) {
			silent.hang();
			at(silent.port()).withPropertyValues("flyte.startup-check=warn", "flyte.startup-check-timeout=600ms")
				.run((context) -> assertThat(context).hasNotFailed());
			assertThat(output).containsPattern("Flyte does not answer: DEADLINE_EXCEEDED: .* after 0\\.[0-4]")
				.contains("(flyte.startup-check-timeout)");
		}
	}

	@Test
	void whenNothingAnswersAConnectionThenTheTimeOutOfTheCheckIsNamedAndNoOther(CapturedOutput output)
			throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			at(silent.getLocalPort())
				.withPropertyValues("flyte.startup-check=warn", "flyte.startup-check-timeout=600ms")
				.run((context) -> assertThat(context).hasNotFailed());
			assertThat(output).contains("gave no connection before the deadline", "flyte.startup-check-timeout")
				.doesNotContain("flyte.channel.deadline");
		}
	}

	private static ExplainedFailure explained(@Nullable Throwable failure) {
		assertThat(failure).isInstanceOf(ExplainedFailure.class);
		return (ExplainedFailure) Objects.requireNonNull(failure);
	}

	private static FlyteConnection connection(String name, int port) {
		return new FlyteConnectionFactory().create(PlatformConfig.builder()
			.name(name)
			.endpoint("localhost:" + port)
			.insecure(true)
			.authMode(AuthMode.NONE)
			.build());
	}

	private ApplicationContextRunner at(int port) {
		return this.runner.withPropertyValues("flyte.platform.url=localhost:" + port);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(FlyteAutoConfiguration.class)
	static class Flyte {

	}

}
