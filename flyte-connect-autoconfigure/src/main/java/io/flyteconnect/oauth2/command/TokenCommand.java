package io.flyteconnect.oauth2.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.flyteconnect.oauth2.endpoint.SafeText;

/**
 * Runs a command that prints a token: no shell, a time limit, an output limit. Standard
 * error is drained, and its end goes into the exception. The process and its children end
 * with the time limit or when the waiting thread is interrupted.
 *
 * @author Flyte Connect
 * @since 0.1.0
 */
public final class TokenCommand implements FlyteTokenSupplier {

	/** How long a command may take. */
	public static final Duration TIMEOUT = Duration.ofSeconds(30);

	static final int OUTPUT_LIMIT = 64 * 1024;

	private static final int ERROR_TAIL = 2 * 1024;

	private final String connection;

	private final List<String> command;

	private final Duration timeout;

	/**
	 * Create a command.
	 * @param connection the name of the connection, for the names of threads
	 * @param command the program and its arguments, at least the program
	 * @param timeout how long it may take
	 */
	public TokenCommand(String connection, List<String> command, Duration timeout) {
		this.connection = connection;
		this.command = command;
		this.timeout = timeout;
	}

	/**
	 * Run the command.
	 * @return what it printed, without the white space around it
	 * @throws CommandFailedException if it could not run, failed, took too long, printed
	 * nothing, too much, or what no header can carry; the message holds neither its
	 * arguments nor its output
	 */
	@Override
	public String getToken() {
		Process process = start();
		try {
			CompletableFuture<byte[]> output = drain(process.getInputStream(), "out", false);
			CompletableFuture<byte[]> errors = drain(process.getErrorStream(), "err", true);
			// The output ends when the last process that holds it does, which may be a
			// child.
			long end = System.nanoTime() + this.timeout.toNanos();
			byte[] printed = await(output, end);
			if (printed.length > OUTPUT_LIMIT) {
				throw failed("printed more than " + OUTPUT_LIMIT + " bytes");
			}
			if (!process.waitFor(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
				throw failed("did not end within " + this.timeout.toSeconds() + " s");
			}
			if (process.exitValue() != 0) {
				String tail = SafeText.tail(new String(await(errors, end), StandardCharsets.UTF_8));
				throw failed("ended with exit code " + process.exitValue()
						+ (tail.isEmpty() ? " and wrote nothing to standard error" : ": " + tail));
			}
			return token(new String(printed, StandardCharsets.UTF_8).strip());
		}
		catch (TimeoutException ex) {
			throw failed("did not end within " + this.timeout.toSeconds() + " s");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failed("was interrupted");
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		}
	}

	private Process start() {
		try {
			Process process = new ProcessBuilder(this.command).start();
			process.getOutputStream().close();
			return process;
		}
		catch (IOException ex) {
			throw new CommandFailedException(name() + " could not be started: is it installed and on the PATH?");
		}
	}

	private String token(String printed) {
		if (printed.isEmpty()) {
			throw failed("printed nothing");
		}
		if (!printed.matches("[\\x21-\\x7e]+")) {
			throw failed("printed something that is no token: it has blanks, line breaks or other characters that no"
					+ " header can carry");
		}
		return printed;
	}

	private CompletableFuture<byte[]> drain(InputStream stream, String name, boolean tail) {
		CompletableFuture<byte[]> result = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try (stream) {
				result.complete(tail ? readTail(stream) : stream.readNBytes(OUTPUT_LIMIT + 1));
			}
			catch (IOException | UncheckedIOException ex) {
				// The process was ended.
				result.complete(new byte[0]);
			}
		}, "flyte-" + this.connection + "-command-" + name);
		thread.setDaemon(true);
		thread.start();
		return result;
	}

	private static byte[] readTail(InputStream stream) throws IOException {
		byte[] kept = new byte[0];
		byte[] buffer = new byte[ERROR_TAIL];
		int length = stream.read(buffer);
		while (length >= 0) {
			byte[] joined = new byte[Math.min(ERROR_TAIL, kept.length + length)];
			int old = joined.length - Math.min(length, joined.length);
			System.arraycopy(kept, kept.length - old, joined, 0, old);
			System.arraycopy(buffer, length - (joined.length - old), joined, old, joined.length - old);
			kept = joined;
			length = stream.read(buffer);
		}
		return kept;
	}

	private static byte[] await(CompletableFuture<byte[]> result, long end)
			throws InterruptedException, TimeoutException {
		try {
			return result.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private CommandFailedException failed(String what) {
		return new CommandFailedException(name() + " " + what);
	}

	/**
	 * The program without its arguments, which may hold secrets.
	 */
	private String name() {
		return "the command '" + SafeText.of(this.command.get(0)) + "'";
	}

}
