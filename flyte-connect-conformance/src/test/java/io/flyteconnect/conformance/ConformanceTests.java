package io.flyteconnect.conformance;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the conformance suite of Connect
 * (<a href="https://github.com/connectrpc/conformance">connectrpc.com/conformance</a>)
 * against the channel: every case of unary calls and of streams of the server, over
 * HTTP/1.1 and HTTP/2, with and without TLS and gzip. No case is known to fail.
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

	private static final Pattern SUMMARY = Pattern.compile("(\\d+) passed, (\\d+) failed");

	@TempDir
	private Path folder;

	@Test
	void whenTheSuiteCallsThenEveryCasePasses() throws Exception {
		assertThat(new ProcessBuilder("mkfifo", this.folder + "/in", this.folder + "/out").start().waitFor()).isZero();
		Path output = this.folder.resolve("output");
		Process suite = new ProcessBuilder(SUITE.toAbsolutePath().toString(), "--mode", "client", "--conf",
				CONFIG.toString(), "--", "sh", "-c", CLIENT, "sh", this.folder.toString())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			CompletableFuture<Void> client = CompletableFuture.runAsync(this::serve, (task) -> {
				Thread thread = new Thread(task, "client");
				thread.setDaemon(true);
				thread.start();
			});
			assertThat(suite.waitFor(5, TimeUnit.MINUTES)).isTrue();
			String text = Files.readString(output);
			assertThat(suite.exitValue()).withFailMessage(text).isZero();
			Matcher summary = SUMMARY.matcher(text);
			assertThat(summary.find()).withFailMessage(text).isTrue();
			assertThat(Integer.parseInt(summary.group(1))).isGreaterThanOrEqualTo(740);
			assertThat(summary.group(2)).isEqualTo("0");
			client.get(10, TimeUnit.SECONDS);
		}
		finally {
			suite.descendants().forEach(ProcessHandle::destroyForcibly);
			suite.destroyForcibly();
		}
	}

	private void serve() {
		try (InputStream in = new FileInputStream(this.folder.resolve("in").toFile());
				OutputStream out = new FileOutputStream(this.folder.resolve("out").toFile())) {
			new ConformanceClient(in, out).run();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
