package io.flyteconnect.file;

import java.io.InterruptedIOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.flyteconnect.file.UnusableFileException.Problem;

/**
 * Reads a file in a thread of its own, which a mount that is gone may keep for good: the
 * caller waits for a while only. While a thread is kept by a file, no other one is tried
 * with it.
 */
final class TimedRead {

	private static final Set<Path> STUCK = ConcurrentHashMap.newKeySet();

	private final CompletableFuture<byte[]> content = new CompletableFuture<>();

	private final Path file;

	/** The same for all ways to write its name. */
	private final Path key;

	private final LinkOption[] options;

	private TimedRead(Path file, LinkOption... options) {
		this.file = file;
		this.key = file.toAbsolutePath().normalize();
		this.options = options;
	}

	/**
	 * Read a file.
	 * @param file the file
	 * @param patience how long to wait
	 * @param options how links are read
	 * @return its content
	 * @throws UnusableFileException as {@link BoundedFile#read}
	 */
	static byte[] of(Path file, Duration patience, LinkOption... options) throws UnusableFileException {
		return new TimedRead(file, options).start().await(patience);
	}

	private TimedRead start() throws UnusableFileException {
		if (STUCK.contains(this.key)) {
			throw new UnusableFileException(this.file, Problem.NO_ANSWER, null);
		}
		Thread thread = new Thread(this::read, "flyte-file");
		thread.setDaemon(true);
		thread.start();
		return this;
	}

	private void read() {
		try {
			byte[] read = BoundedFile.readNow(this.file, this.options);
			if (!this.content.complete(read)) {
				// Nobody wants it any more, and it may be a secret.
				Arrays.fill(read, (byte) 0);
			}
		}
		catch (Throwable ex) {
			this.content.completeExceptionally(ex);
		}
		finally {
			if (this.content.isCancelled()) {
				STUCK.remove(this.key);
			}
		}
	}

	private byte[] await(Duration patience) throws UnusableFileException {
		try {
			return this.content.get(patience.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			giveUp();
			throw new UnusableFileException(this.file, Problem.NO_ANSWER, null);
		}
		catch (InterruptedException ex) {
			giveUp();
			Thread.currentThread().interrupt();
			throw new UnusableFileException(this.file, Problem.UNREADABLE, new InterruptedIOException());
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof UnusableFileException unusable) {
				throw unusable;
			}
			throw new IllegalStateException(ex.getCause());
		}
	}

	/** Noted before the thread can see it: that takes the note away again. */
	private void giveUp() {
		STUCK.add(this.key);
		if (!this.content.cancel(false)) {
			STUCK.remove(this.key);
		}
	}

}
