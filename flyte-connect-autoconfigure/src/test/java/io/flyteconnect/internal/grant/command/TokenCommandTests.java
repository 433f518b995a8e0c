package io.flyteconnect.internal.grant.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.flyteconnect.testsupport.HangingFile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

@Tag("fault")
class TokenCommandTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	@TempDir
	Path folder;

	@Test
	void whenTheCommandPrintsATokenThenTheWhiteSpaceAroundItIsNoPartOfIt() {
		assertThat(shell("printf '\\n  tok.en-1 \\r\\n\\n'").getToken()).isEqualTo("tok.en-1");
	}

	@Test
	void whenAnArgumentHasShellCharactersThenNoShellReadsThem() {
		String argument = "$HOME;`id`|x";
		assertThat(new TokenCommand(List.of("sh", "-c", "echo length-${#1}", "sh", argument), LONG).getToken())
			.isEqualTo("length-" + argument.length());
	}

	@Test
	void whenTheCommandFailsThenExitCodeAndTheEndOfStandardErrorAreTold() {
		String script = "i=0; while [ $i -lt 2000 ]; do echo noise-$i >&2; i=$((i+1)); done;"
				+ " echo 'log in first:\tgcloud auth login' >&2; echo half-a-token; exit 7";
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(() -> shell(script).getToken())
			.withMessageStartingWith("the command 'sh' ended with exit code 7: ...")
			.withMessageEndingWith("log in first: gcloud auth login")
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(400)
				.doesNotContain("noise-1 ", "half-a-token"));
	}

	@Test
	void whenTheCommandFailsSilentlyThenTheMessageSaysSo() {
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(() -> shell("exit 3").getToken())
			.withMessage("the command 'sh' ended with exit code 3 and wrote nothing to standard error");
	}

	@Test
	void whenTheDiskOfTheProgramHangsThenThatIsSaidAndTheWaitIsShort() throws Exception {
		Path program = Files.copy(Path.of("/bin/echo"), this.folder.resolve("tool"));
		assertThat(program.toFile().setExecutable(true)).isTrue();
		TokenCommand command = new TokenCommand(List.of(program.toString(), "token-1"), LONG);
		try (HangingFile hanging = new HangingFile(program)) {
			for (int i = 0; i < 3; i++) {
				assertThatExceptionOfType(CommandFailedException.class).isThrownBy(command::getToken)
					.withMessage("the command '" + program
							+ "' could not be started: it cannot be reached: its disk or mount gives no answer"
							+ " (step: start)");
			}
		}
		await().ignoreExceptions().untilAsserted(() -> assertThat(command.getToken()).isEqualTo("token-1"));
	}

	@Test
	void whenTheProgramIsNotInstalledThenTheMessageSaysSoWithoutTheArguments() {
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> new TokenCommand(List.of("no-such-program", "--key=s3cret"), LONG).getToken())
			.withMessageContaining("the command 'no-such-program' could not be started (")
			// The latter where the path has a folder that the user may not look into.
			.withMessageMatching(".*(No such file or directory|Permission denied).*")
			.withMessageContaining("on the PATH")
			.withMessageNotContaining("s3cret");
	}

	@Test
	void whenTheProgramIsNotExecutableThenTheMessageSaysSo() throws Exception {
		Path file = Files.writeString(this.folder.resolve("tool"), "echo x");
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> new TokenCommand(List.of(file.toString()), LONG).getToken())
			.withMessageContaining("Permission denied");
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "printf ' \\n\\t'" })
	void whenTheCommandPrintsNothingThenTheMessageSaysSo(String script) {
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(() -> shell(script).getToken())
			.withMessage("the command 'sh' printed nothing");
	}

	@ParameterizedTest
	@ValueSource(strings = { "echo two words", "printf 'a\\000b'", "printf '\\303\\244'", "head -c 100 /bin/sh" })
	void whenTheCommandPrintsNoTokenThenTheMessageSaysSoWithoutTheOutput(String script) {
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(() -> shell(script).getToken())
			.withMessageStartingWith("the command 'sh' printed something that is no token")
			.withMessageNotContaining("two");
	}

	@Test
	void whenTheCommandPrintsAsMuchAsIsAllowedThenItIsTaken() {
		assertThat(shell("head -c 65536 /dev/zero | tr '\\0' x").getToken()).hasSize(65536);
	}

	@Test
	void whenTheCommandPrintsTooMuchThenItIsEnded() {
		Processes processes = new Processes();
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> shell("sleep " + processes.marker() + " & yes").getToken())
			.withMessage("the command 'sh' printed more than 65536 bytes");
		processes.assertEnded();
	}

	@Test
	void whenTheCommandFloodsStandardErrorThenItEndsAllTheSame() {
		assertThat(shell("head -c 3000000 /dev/zero >&2; echo token").getToken()).isEqualTo("token");
	}

	@Test
	void whenTheCommandHangsThenItAndItsChildrenAreEnded() {
		Processes processes = new Processes();
		TokenCommand command = new TokenCommand(List.of("sh", "-c", "echo token; (sleep " + processes.marker()
				+ " & sleep " + processes.marker() + ") & sleep " + processes.marker()), Duration.ofMillis(700));
		long start = System.nanoTime();
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(command::getToken)
			.withMessage("the command 'sh' did not end within 0.7 s");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(100));
		processes.assertEnded();
	}

	@Test
	void whenTheParentOfAChildHasEndedThenTheChildIsEndedAllTheSame() {
		Processes processes = new Processes();
		TokenCommand command = new TokenCommand(List.of("sh", "-c", processes.scriptWithOrphan()),
				Duration.ofSeconds(3));
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(command::getToken)
			.withMessageContaining("did not end within 3.0 s");
		processes.assertEnded();
	}

	@Test
	void whenTheCommandRepeatsASecretThenNothingOfItIsTold() {
		String secret = "s3cret-" + "abcdefghij".repeat(300);
		for (String script : List.of("echo \"$1\" >&2; exit 1", "printf %s \"$1 $1 $1 $1\" >&2; exit 1",
				"echo tok3n-of-the-command | tee /dev/stderr; exit 1")) {
			TokenCommand command = new TokenCommand(List.of("sh", "-c", script, "sh", secret), LONG);
			assertThatExceptionOfType(CommandFailedException.class).isThrownBy(command::getToken)
				.withMessageContaining("******")
				.withMessageNotContainingAny("hij", "tok3n");
		}
	}

	@Test
	void whenNothingElseIsSaidThenACommandMayTakeHalfAMinute() {
		assertThat(TokenCommand.TIMEOUT).hasSeconds(30);
	}

	@Test
	void whenAChildStaysBehindWithTheOutputOpenThenTheTokenIsTakenAndTheChildLivesOn() {
		Processes processes = new Processes();
		try {
			assertThat(shell("sleep " + processes.marker() + " & echo token").getToken()).isEqualTo("token");
			await().atMost(Duration.ofSeconds(20)).until(() -> processes.running().size() == 1);
		}
		finally {
			processes.running().forEach(ProcessHandle::destroyForcibly);
		}
	}

	@Test
	void whenTheCommandReadsItsInputThenThereIsNone() {
		assertThat(shell("cat; echo token").getToken()).isEqualTo("token");
	}

	@Test
	void whenTheWaitingThreadIsInterruptedThenTheCommandIsEnded() throws Exception {
		Processes processes = new Processes();
		CompletableFuture<Throwable> result = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			Throwable ex = catchThrowable(() -> shell(processes.script()).getToken());
			result.complete(Thread.currentThread().isInterrupted() ? ex : new AssertionError("not interrupted"));
		});
		thread.start();
		await().atMost(Duration.ofSeconds(20)).until(() -> processes.running().size() == 2);
		thread.interrupt();
		assertThat(result.get(60, TimeUnit.SECONDS)).isInstanceOf(CommandFailedException.class)
			.hasMessage("the command 'sh' was interrupted");
		processes.assertEnded();
	}

	private static TokenCommand shell(String script) {
		return new TokenCommand(List.of("sh", "-c", script), LONG);
	}

}
