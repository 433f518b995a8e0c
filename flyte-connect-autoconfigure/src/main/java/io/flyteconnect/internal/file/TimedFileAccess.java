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
 * Does something with a file in a thread of its own, which a mount that is gone may keep
 * for good: the caller waits for a while only. A file has one such thread at a time, and
 * the wait for those who came before does not count while they have their answers. While
 * the thread is kept, whoever comes next fails at once.
 *
 * @param <T> the type of the result
 * @since 0.1.0
 */
public final class TimedFileAccess<T extends @Nullable Object> {

	/** How long the disk has: a mount that is gone keeps its users for good. */
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
	 * Do something with a file.
	 * @param file the file that everything is done with, or that stands for it
	 * @param step what is done, for the message, for example {@code lock}
	 * @param action does it; after its time it is interrupted, and should then leave
	 * alone what it has not begun yet
	 * @param <T> the type of the result
	 * @return the result
	 * @throws UnusableFileException if that took more than {@link #PATIENCE 3 s}, or an
	 * earlier action with the file still has no answer
	 * @throws IOException as the action throws it
	 */
	public static <T extends @Nullable Object> T call(Path file, String step, FileAction<T> action) throws IOException {
		return call(file, step, PATIENCE, action, (late) -> {
		});
	}

	/**
	 * Do something with a file.
	 * @param file the file that everything is done with, or that stands for it
	 * @param step what is done, for the message, for example {@code lock}
	 * @param patience how long it may take, and each one before it
	 * @param action does it; after its time it is interrupted, and should then leave
	 * alone what it has not begun yet
	 * @param unwanted takes a result that nobody waits for any more
	 * @param <T> the type of the result
	 * @return the result
	 * @throws UnusableFileException if that took too long, or an earlier action with the
	 * file still has no answer
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
			// It came at this very moment.
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
	 * Something to do with a file.
	 *
	 * @param <T> the type of the result
	 */
	@FunctionalInterface
	public interface FileAction<T extends @Nullable Object> {

		/**
		 * Do it.
		 * @return the result
		 * @throws IOException if that is not possible
		 */
		T run() throws IOException;

	}

	/**
	 * Knows that it is one, so that an action may consist of others.
	 */
	private static final class Worker extends Thread {

		Worker(Runnable task) {
			super(task, "flyte-file");
			setDaemon(true);
		}

	}

}
