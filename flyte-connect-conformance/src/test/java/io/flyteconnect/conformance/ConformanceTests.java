package io.flyteconnect.conformance;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the conformance suite of Connect
 * (<a href="https://github.com/connectrpc/conformance">connectrpc.com/conformance</a>)
 * against the channel: every case of unary calls and of streams of the server, over
 * HTTP/1.1 and HTTP/2, with and without TLS and gzip. No case is known to fail; those
 * that measure time may be repeated once.
 */
@Tag("once")
class ConformanceTests {

	private static final Path SUITE = Path.of("target", "suite", "bin", "connectconformance");

	private static final Path CONFIG = Path.of("src", "test", "conformance", "config.yaml");

	/**
	 * The suite starts its client by a command. This one hands on to the client in this
	 * process, as the suite waits no longer than 20 s for its first result.
	 */
	private static final String CLIENT = "cat \"$1/out\" & cat >\"$1/in\"; wait";

	private static final Pattern SUMMARY = Pattern.compile("(\\d+) passed, 0 failed");

	private static final Pattern FAILED = Pattern.compile("(?m)^FAILED: (.+):$");

	/**
	 * Suites that measure time, for which a busy machine may be too slow by half a
	 * second.
	 */
	private static final List<String> TIMED = List.of("Deadline Propagation/", "Timeouts/");

	@TempDir
	private Path folder;

	@Test
	void whenTheSuiteCallsThenEveryCasePasses() throws Exception {
		// The first calls of a process load classes for as long as some cases have.
		assertThat(run(this.folder.resolve("warm"), List.of("--run", "Basic/**")).passed()).isPositive();
		Result result = run(this.folder.resolve("first"), List.of());
		if (result.passed() < 0) {
			assertThat(result.failed()).withFailMessage(result.text())
				.isNotEmpty()
				.allMatch((name) -> TIMED.stream().anyMatch(name::startsWith));
			List<String> again = result.failed().stream().flatMap((name) -> Stream.of("--run", name)).toList();
			Result second = run(this.folder.resolve("second"), again);
			assertThat(second.passed()).withFailMessage(second.text()).isEqualTo(result.failed().size());
			return;
		}
		assertThat(result.passed()).withFailMessage(result.text()).isGreaterThanOrEqualTo(740);
	}

	private static Result run(Path folder, List<String> options) throws Exception {
		Files.createDirectory(folder);
		assertThat(new ProcessBuilder("mkfifo", folder + "/in", folder + "/out").start().waitFor()).isZero();
		Path output = folder.resolve("output");
		List<String> command = new ArrayList<>(
				List.of(SUITE.toAbsolutePath().toString(), "--mode", "client", "--conf", CONFIG.toString()));
		command.addAll(options);
		command.addAll(List.of("--", "sh", "-c", CLIENT, "sh", folder.toString()));
		Process suite = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			CompletableFuture<Void> client = CompletableFuture.runAsync(() -> serve(folder), (task) -> {
				Thread thread = new Thread(task, "client");
				thread.setDaemon(true);
				thread.start();
			});
			assertThat(suite.waitFor(5, TimeUnit.MINUTES)).isTrue();
			client.get(1, TimeUnit.MINUTES);
			return new Result(suite.exitValue(), Files.readString(output));
		}
		finally {
			suite.descendants().forEach(ProcessHandle::destroyForcibly);
			suite.destroyForcibly();
		}
	}

	private static void serve(Path folder) {
		try (InputStream in = new FileInputStream(folder.resolve("in").toFile());
				OutputStream out = new FileOutputStream(folder.resolve("out").toFile())) {
			new ConformanceClient(in, out).run();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * What the suite says in the end.
	 *
	 * @param code its exit code
	 * @param text all that it printed
	 */
	private record Result(int code, String text) {

		/**
		 * Return how many cases passed, {@code -1} if not all did.
		 */
		int passed() {
			Matcher summary = SUMMARY.matcher(this.text);
			return (this.code == 0 && summary.find()) ? Integer.parseInt(summary.group(1)) : -1;
		}

		List<String> failed() {
			return FAILED.matcher(this.text).results().map((match) -> match.group(1)).toList();
		}

	}

}
