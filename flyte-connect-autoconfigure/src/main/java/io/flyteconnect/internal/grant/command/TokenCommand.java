package io.flyteconnect.internal.grant.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.flyteconnect.internal.file.TimedFileAccess;
import io.flyteconnect.internal.file.UnusableFileException;
import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.login.FlyteTokenSupplier;

/**
 * Runs a command that prints a token: no shell, a time limit, an output limit. Standard
 * error is drained, and its end goes into the exception, without the arguments. The
 * process and its children end with the time limit or when the waiting thread is
 * interrupted.
 * <p>
 * What the process printed counts as soon as it has ended, even if a child that it left
 * behind keeps the output open.
 *
 * @since 0.1.0
 */
public final class TokenCommand implements FlyteTokenSupplier {

	/** How long a command may take. */
	public static final Duration TIMEOUT = Duration.ofSeconds(30);

	static final int OUTPUT_LIMIT = 64 * 1024;

	private static final int ERROR_TAIL = 2 * 1024;

	/** What shells end with for what is not executable, or not there (POSIX, 2.8.2). */
	private static final Set<Integer> NOT_RUN = Set.of(126, 127);

	/** How long output may lie unread. The end of the process is noticed at once. */
	private static final Duration PAUSE = Duration.ofMillis(10);

	private final List<String> command;

	private final Duration timeout;

	private final CommandEnvironment environment;

	TokenCommand(List<String> command, Duration timeout) {
		this(command, timeout, CommandEnvironment.ofAny());
	}

	/**
	 * Create a command.
	 * @param command the program and its arguments, at least the program
	 * @param timeout how long it may take
	 * @param environment keeps secrets from it
	 */
	public TokenCommand(List<String> command, Duration timeout, CommandEnvironment environment) {
		this.command = command;
		this.timeout = timeout;
		this.environment = environment;
	}

	/**
	 * Run the command.
	 * @return the token that it printed, without white space, quotes and {@code Bearer}
	 * around it
	 * @throws CommandFailedException if it could not run, failed, took too long, printed
	 * nothing, too much, or what is no token; the message holds neither its arguments nor
	 * its output
	 */
	@Override
	public String getToken() {
		return run(Clock.systemUTC()).value();
	}

	/**
	 * Run the command, as {@link #getToken()} does.
	 * @param clock tells whether a token that names its end is past it
	 * @return the token, with its end where the command says that
	 */
	PrintedToken run(Clock clock) {
		Process process = start();
		CommandChildren children = new CommandChildren(process);
		try {
			CommandOutput output = new CommandOutput(process, OUTPUT_LIMIT, errorTail());
			long end = System.nanoTime() + this.timeout.toNanos();
			boolean running = true;
			while (running) {
				// What a child that outlives the command prints later is not waited for.
				running = !process.waitFor(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
				output.read();
				if (output.isTooMuch()) {
					throw wrong("printed more than " + OUTPUT_LIMIT + " bytes");
				}
				children.look();
				if (running && System.nanoTime() > end) {
					throw failed("did not end within " + this.timeout.toMillis() / 1000.0 + " s");
				}
			}
			if (process.exitValue() != 0) {
				String tail = SafeText
					.tail(new ArgumentMask(this.command, output.printed()).hide(output.errors(), output.isCut()));
				String what = "ended with exit code " + process.exitValue()
						+ (tail.isEmpty() ? " and wrote nothing to standard error" : ": " + tail);
				throw NOT_RUN.contains(process.exitValue()) ? wrong(what) : failed(what);
			}
			return token(output.printed(), clock.instant());
		}
		catch (IOException ex) {
			throw failed("gave output that cannot be read");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failed("was interrupted");
		}
		finally {
			children.end();
		}
	}

	/**
	 * A secret that is cut off must not be left with a rest that nobody knows.
	 */
	private int errorTail() {
		return ERROR_TAIL + 4 * new ArgumentMask(this.command, "").longest();
	}

	private Process start() {
		try {
			ProcessBuilder builder = new ProcessBuilder(this.command);
			this.environment.removeSecrets(builder.environment());
			// A program on a mount that is gone never starts, and never fails to.
			Process process = TimedFileAccess.call(Path.of(this.command.get(0)), "start", TimedFileAccess.PATIENCE,
					builder::start, Process::destroyForcibly);
			process.getOutputStream().close();
			return process;
		}
		catch (UnusableFileException ex) {
			throw CommandFailedException.passing(name() + " could not be started: it " + ex.getSentence(), null);
		}
		catch (IOException ex) {
			throw StartFailure.of(name(), String.valueOf(ex.getMessage()));
		}
	}

	private PrintedToken token(String printed, Instant now) {
		try {
			return PrintedToken.of(printed, now);
		}
		catch (IllegalArgumentException ex) {
			throw wrong(String.valueOf(ex.getMessage()));
		}
	}

	/** It may do better next time. */
	private CommandFailedException failed(String what) {
		return CommandFailedException.passing(name() + " " + what, null);
	}

	/** It does the same until somebody changes something. */
	private CommandFailedException wrong(String what) {
		return CommandFailedException.permanent(name() + " " + what);
	}

	/**
	 * The program without its arguments, which may hold secrets.
	 */
	String name() {
		return "the command '" + SafeText.of(this.command.get(0)) + "'";
	}

}
