package io.flyteconnect.internal.file;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.file.UnusableFileException.Problem;

/**
 * Runs an operation on a file in a separate thread, since a mount that is gone may block
 * the thread forever; the caller waits for a limited time only. Each file has one such
 * thread at a time. The time limit does not include the wait for earlier operations that
 * end in time. While the thread is blocked, further operations on the file fail at once.
 *
 * @param <T> the type of the result
 * @since 0.1.0
 */
public final class TimedFileAccess<T extends @Nullable Object> {

	/** The time limit of an operation; a mount that is gone would block it forever. */
	public static final Duration PATIENCE = Duration.ofSeconds(3);

	private final CompletableFuture<T> result = new CompletableFuture<>();

	private final Path file;

	private final FileTurn turn;

	private final String step;

	private final FileAction<T> action;

	private final Consumer<T> unwanted;

	private TimedFileAccess(Path file, String step, FileAction<T> action, Consumer<T> unwanted) {
		this.file = file;
		this.turn = new FileTurn(file, step);
		this.step = step;
		this.action = action;
		this.unwanted = unwanted;
	}

	/**
	 * Run an operation on a file.
	 * @param file the file of the operation, or the one that represents it
	 * @param step the name of the operation for messages, for example {@code lock}
	 * @param action the operation; it is interrupted after the time limit, and should
	 * then not start anything new
	 * @param <T> the type of the result
	 * @return the result
	 * @throws UnusableFileException if it took more than {@link #PATIENCE 3 s}, or an
	 * earlier operation on the file is still blocked
	 * @throws IOException as the action throws it
	 */
	public static <T extends @Nullable Object> T call(Path file, String step, FileAction<T> action) throws IOException {
		return call(file, step, PATIENCE, action, (late) -> {
		});
	}

	/**
	 * Run an operation on a file.
	 * @param file the file of the operation, or the one that represents it
	 * @param step the name of the operation for messages, for example {@code lock}
	 * @param patience the time limit of this operation and of each earlier one
	 * @param action the operation; it is interrupted after the time limit, and should
	 * then not start anything new
	 * @param unwanted receives a result that the caller no longer waits for
	 * @param <T> the type of the result
	 * @return the result
	 * @throws UnusableFileException if it took too long, or an earlier operation on the
	 * file is still blocked
	 * @throws IOException as the action throws it
	 */
	public static <T extends @Nullable Object> T call(Path file, String step, Duration patience, FileAction<T> action,
			Consumer<T> unwanted) throws IOException {
		if (Thread.currentThread() instanceof Worker) {
			return action.run();
		}
		return new TimedFileAccess<>(file, step, action, unwanted).await(patience);
	}

	private T await(Duration patience) throws IOException {
		Worker worker = null;
		try {
			String kept = this.turn.await(patience);
			if (kept != null) {
				throw UnusableFileException.noAnswer(this.file, kept);
			}
			worker = start();
			return this.result.get(patience.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			giveUp(worker);
			throw UnusableFileException.noAnswer(this.file, this.step);
		}
		catch (InterruptedException ex) {
			giveUp(worker);
			Thread.currentThread().interrupt();
			throw new UnusableFileException(this.file, Problem.UNREADABLE, new InterruptedIOException());
		}
		catch (ExecutionException ex) {
			throw failure(ex.getCause());
		}
	}

	private Worker start() {
		Worker worker = new Worker(this::run);
		try {
			worker.start();
		}
		catch (Error ex) {
			this.turn.end();
			throw ex;
		}
		return worker;
	}

	private void run() {
		try {
			T value = this.action.run();
			if (!this.result.complete(value)) {
				this.unwanted.accept(value);
			}
		}
		catch (Throwable ex) {
			this.result.completeExceptionally(ex);
		}
		finally {
			this.turn.end();
		}
	}

	private void giveUp(@Nullable Worker worker) {
		if (worker == null) {
			return;
		}
		if (this.result.cancel(false)) {
			worker.interrupt();
		}
		else if (!this.result.isCompletedExceptionally()) {
			// The result arrived at this very moment.
			this.unwanted.accept(this.result.join());
		}
	}

	private static IOException failure(@Nullable Throwable cause) {
		if (cause instanceof RuntimeException unchecked) {
			throw unchecked;
		}
		return (cause instanceof IOException checked) ? checked : new IOException(cause);
	}

	/**
	 * An operation on a file.
	 *
	 * @param <T> the type of the result
	 */
	@FunctionalInterface
	public interface FileAction<T extends @Nullable Object> {

		/**
		 * Run the operation.
		 * @return the result
		 * @throws IOException if the operation fails
		 */
		T run() throws IOException;

	}

	/**
	 * A thread that is recognized by its type, so that an operation may run others within
	 * itself.
	 */
	private static final class Worker extends Thread {

		Worker(Runnable task) {
			super(task, "flyte-file");
			setDaemon(true);
		}

	}

}
