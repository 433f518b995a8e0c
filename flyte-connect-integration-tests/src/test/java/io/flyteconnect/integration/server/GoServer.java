package io.flyteconnect.integration.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A server as grpc-go makes it, built with the Go that is installed.
 */
final class GoServer implements AutoCloseable {

	private static final Path SOURCE = Path.of("src", "test", "providers", "grpc-go");

	private final List<String> lines = new CopyOnWriteArrayList<>();

	private final Process process;

	private final int port;

	private GoServer(Path program) throws IOException {
		this.process = new ProcessBuilder(program.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		BufferedReader output = new BufferedReader(
				new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8));
		String first = String.valueOf(output.readLine());
		if (!first.startsWith("LISTENING ")) {
			throw new IOException("The server does not start: " + first);
		}
		this.port = Integer.parseInt(first.substring("LISTENING ".length()));
		Thread reader = new Thread(() -> output.lines().forEach(this.lines::add), "go-server");
		reader.setDaemon(true);
		reader.start();
	}

	static GoServer start() throws Exception {
		Path program = Path.of("target", "grpc-go-server").toAbsolutePath();
		Process build = new ProcessBuilder("go", "build", "-o", program.toString(), ".").directory(SOURCE.toFile())
			.inheritIO()
			.start();
		if (!build.waitFor(10, TimeUnit.MINUTES) || build.exitValue() != 0) {
			build.destroyForcibly();
			throw new IOException("The server cannot be built (Debian: golang-go; grpc-go comes from Go's proxy)");
		}
		return new GoServer(program);
	}

	int port() {
		return this.port;
	}

	long connections() {
		return this.lines.stream().filter("CONNECTION"::equals).count();
	}

	/**
	 * Return how many calls with a text in their request have arrived.
	 */
	long calls(String text) {
		return this.lines.stream().filter((line) -> line.startsWith("CALL ") && line.contains(text)).count();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
