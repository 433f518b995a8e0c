package io.flyteconnect.integration.provider;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An identity provider in a process of its own, which ends with the test.
 */
final class ProviderProcess implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private final Process process;

	private final Path log;

	private ProviderProcess(Process process, Path log) {
		this.process = process;
		this.log = log;
	}

	static ProviderProcess start(String name, Path folder, Map<String, String> variables, List<String> command,
			URI answersWhenReady) {
		try {
			Path log = Files.createTempFile(Path.of("target"), name + "-", ".log");
			ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
				.redirectErrorStream(true)
				.redirectOutput(log.toFile())
				.redirectInput(new File("/dev/null"));
			builder.environment().putAll(variables);
			ProviderProcess provider = new ProviderProcess(builder.start(), log);
			provider.awaitAnswer(answersWhenReady);
			return provider;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(name + " does not start", ex);
		}
	}

	static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void awaitAnswer(URI uri) {
		HttpClient http = HttpClient.newHttpClient();
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (System.nanoTime() < deadline && this.process.isAlive()) {
			try {
				if (http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
					.statusCode() == 200) {
					return;
				}
				TimeUnit.MILLISECONDS.sleep(200);
			}
			catch (IOException ex) {
				pause();
			}
			catch (InterruptedException ex) {
				break;
			}
		}
		close();
		throw new IllegalStateException("No answer at " + uri + ", see " + this.log.toAbsolutePath());
	}

	private static void pause() {
		try {
			TimeUnit.MILLISECONDS.sleep(200);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		this.process.descendants().forEach(ProcessHandle::destroyForcibly);
		this.process.destroyForcibly().onExit().join();
	}

}
