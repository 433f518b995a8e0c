package io.flyteconnect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import flyteidl.admin.ExecutionOuterClass.ExecutionCreateRequest;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.login.LoginException;
import io.flyteconnect.login.LoginStep;
import io.flyteconnect.testsupport.LoginServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * How often a whole connection runs a command that fails, for one call and for one
 * launch.
 */
@ExtendWith(OutputCaptureExtension.class)
class CommandRetryTests {

	@TempDir
	private Path folder;

	private LoginServer server;

	@BeforeEach
	void start() throws IOException {
		this.server = new LoginServer();
	}

	@AfterEach
	void stop() throws Exception {
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "printf '\\n\\n'", "echo '{\"access_token\":\"t\"}'", "printf 'one\\ntwo\\n'",
			"echo '<html>'", "echo null", "no-such-program", "./not-executable", "yes", "exit 127" })
	void whenACommandFailsForGoodThenALaunchRunsItOnce(String script) throws Exception {
		for (Place place : Place.values()) {
			int before = runs();
			StatusRuntimeException ex = failureOfLaunch(place, shell(script));
			assertThat(ex.getStatus().getCode()).as(place.name()).isEqualTo(Code.UNAUTHENTICATED);
			assertThat(ex.getCause()).isInstanceOfSatisfying(LoginException.class, (failure) -> {
				assertThat(failure.getStep()).isEqualTo(LoginStep.COMMAND);
				assertThat(failure.isPermanent()).isTrue();
			});
			assertThat(runs() - before).as(place.name()).isOne();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "not-installed", "not-executable", "no-folder/tool" })
	void whenACommandCannotBeStartedThenThatIsForGood(String program) throws Exception {
		Files.writeString(this.folder.resolve("not-executable"), "#!/bin/sh\n");
		for (Place place : Place.values()) {
			StatusRuntimeException ex = failureOfLaunch(place, List.of(this.folder.resolve(program).toString()));
			assertThat(ex.getStatus().getCode()).as(place.name()).isEqualTo(Code.UNAUTHENTICATED);
			assertThat(ex).hasMessageContaining("could not be started").hasMessageContaining("executable?");
		}
	}

	@ParameterizedTest
	@EnumSource(Place.class)
	void whenACommandMayDoBetterThenALaunchRunsItTwiceAtMost(Place place, CapturedOutput output) throws Exception {
		StatusRuntimeException ex = failureOfLaunch(place, shell("exit 3"));
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(ex).hasMessageContaining("exit code 3");
		assertThat(runs()).isBetween(1, 2);
		assertThat(output).as("nothing was sent").doesNotContain("may exist");
	}

	@ParameterizedTest
	@EnumSource(Place.class)
	void whenACommandMayDoBetterThenAReadRunsItOnce(Place place) throws Exception {
		try (FlyteConnection connection = connect(place, shell("exit 3"))) {
			StatusRuntimeException ex = catchThrowableOfType(StatusRuntimeException.class,
					() -> connection.admin().blocking().getVersion(GetVersionRequest.getDefaultInstance()));
			assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
		}
		assertThat(runs()).isOne();
	}

	@Test
	void whenACommandDoesBetterThenTheLaunchGoesOn() throws Exception {
		this.server.accepted.add("token-2");
		String script = "n=$(wc -l < '" + this.folder.resolve("runs") + "'); [ $n -gt 1 ] && echo token-2";
		StatusRuntimeException ex = failureOfLaunch(Place.LOGIN, shell(script));
		assertThat(runs()).isEqualTo(2);
		assertThat(ex.getStatus().getCode()).as("a server that launches nothing").isEqualTo(Code.UNIMPLEMENTED);
	}

	private StatusRuntimeException failureOfLaunch(Place place, List<String> command) {
		try (FlyteConnection connection = connect(place, command)) {
			return catchThrowableOfType(StatusRuntimeException.class, () -> new FlyteExecutions(connection).launch(
					ExecutionCreateRequest.newBuilder().setProject("flytesnacks").setDomain("development").build()));
		}
	}

	private FlyteConnection connect(Place place, List<String> command) {
		return new FlyteConnectionFactory().create(PlatformConfig.builder()
			.endpoint("localhost:" + this.server.port())
			.insecure(true)
			.authMode((place == Place.LOGIN) ? AuthMode.EXTERNAL_COMMAND : AuthMode.NONE)
			.apply((properties) -> {
				properties.property("flyte.channel.max-retries", 3);
				properties.property("flyte.channel.max-backoff-delay", Duration.ofMillis(200));
				if (place == Place.LOGIN) {
					properties.property("flyte.credentials.command", command);
				}
				else {
					properties.property("flyte.credentials.proxy-command", command);
				}
			})
			.build());
	}

	private List<String> shell(String script) {
		return List.of("sh", "-c", "echo run >> '" + this.folder.resolve("runs") + "'; " + script);
	}

	private int runs() {
		Path runs = this.folder.resolve("runs");
		try {
			return Files.exists(runs) ? Files.readAllLines(runs).size() : 0;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Where a command is needed. */
	private enum Place {

		LOGIN, PROXY

	}

}
