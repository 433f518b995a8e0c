package io.flyteconnect.samples.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A person's machine, where the tool runs in processes of its own: with a home that has a
 * Flyte file, and a desktop whose browser is told which page to open.
 */
final class Terminal implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofMinutes(4);

	private final Path home;

	private final Path opened;

	private final List<Process> processes = new ArrayList<>();

	/**
	 * Set up a machine.
	 * @param folder an empty folder
	 * @param server what the Flyte file points at
	 * @param authType how that says to log in
	 */
	Terminal(Path folder, FlyteTestServer server, String authType) {
		this.home = folder.resolve("home");
		this.opened = folder.resolve("opened");
		try {
			Files.createDirectories(this.home.resolve(".flyte"));
			Files.writeString(this.home.resolve(".flyte/config.yaml"), "admin:\n  endpoint: dns:///" + server.endpoint()
					+ "\n  insecure: true\n  authType: " + authType + "\n");
			Path programs = Files.createDirectories(folder.resolve("bin"));
			Path browser = Files.writeString(programs.resolve("xdg-open"), "#!/bin/sh\nprintf '%s' \"$1\" > '"
					+ this.opened + ".part' && mv '" + this.opened + ".part' '" + this.opened + "'\n");
			assertThat(browser.toFile().setExecutable(true)).isTrue();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Where the tool keeps the login.
	 * @return the file, which need not be there
	 */
	Path storeFile() {
		return this.home.resolve(".flyte-connect/tokens/default");
	}

	/**
	 * Start the tool.
	 * @param arguments its arguments
	 * @return what runs
	 */
	Run start(String... arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-XX:+UseSerialGC", "-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote", "-cp",
						System.getProperty("java.class.path"), FlyteCli.class.getName()));
		command.addAll(List.of(arguments));
		try {
			Files.deleteIfExists(this.opened);
			Path out = Files.createTempFile(this.home, "out", "");
			Path err = Files.createTempFile(this.home, "err", "");
			ProcessBuilder process = new ProcessBuilder(command).directory(this.home.toFile())
				.redirectOutput(out.toFile())
				.redirectError(err.toFile());
			Map<String, String> environment = process.environment();
			environment.keySet().removeIf((name) -> name.startsWith("FLYTE") || name.startsWith("KUBERNETES"));
			environment.put("HOME", this.home.toString());
			environment.put("DISPLAY", ":0");
			environment.merge("PATH", this.opened.resolveSibling("bin").toString(), (path, bin) -> bin + ":" + path);
			Run run = new Run(process.start(), out, err);
			this.processes.add(run.process());
			return run;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Run the tool to its end.
	 * @param arguments its arguments
	 * @return what has run
	 */
	Run run(String... arguments) {
		Run run = start(arguments);
		run.exitCode();
		return run;
	}

	/**
	 * Wait for the page that the desktop's browser is told to open.
	 * @return the link
	 */
	String openedLink() {
		await().atMost(PATIENCE).until(this::isBrowserOpened);
		return read(this.opened);
	}

	boolean isBrowserOpened() {
		// The shell makes the file before the link is in it.
		return this.opened.toFile().length() > 0;
	}

	/**
	 * End what still runs, such as a tool that nobody logs in at any more.
	 */
	@Override
	public void close() {
		this.processes.forEach(Process::destroyForcibly);
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * One run of the tool.
	 *
	 * @param process the process
	 * @param outFile its standard output
	 * @param errFile its standard error
	 */
	record Run(Process process, Path outFile, Path errFile) {

		/**
		 * Wait for the end.
		 * @return the exit code
		 */
		int exitCode() {
			try {
				assertThat(this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(this::err).isTrue();
				return this.process.exitValue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			finally {
				this.process.destroyForcibly();
			}
		}

		String out() {
			return read(this.outFile);
		}

		String err() {
			return read(this.errFile);
		}

		/**
		 * Wait for something that the person is told.
		 * @param text what, as a pattern
		 * @return what the pattern found
		 */
		Matcher told(String text) {
			Pattern pattern = Pattern.compile(text);
			await().atMost(PATIENCE).until(() -> pattern.matcher(err()).find() || !this.process.isAlive());
			Matcher matcher = pattern.matcher(err());
			assertThat(matcher.find()).as(this::err).isTrue();
			return matcher;
		}

	}

}
