package io.flyteconnect.internal.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.file.TimedFileAccess;
import io.flyteconnect.internal.file.UnusableFileException;
import io.flyteconnect.internal.store.StoreException;

/**
 * Prevents other processes, and other connections of this one, from writing a file at the
 * same time. Locks a separate file, since the file itself is replaced. All operations
 * have a time limit, in case the disk does not respond.
 */
final class StoreFileLock implements AutoCloseable {

	private static final long PAUSE_MILLIS = 20;

	private final Path file;

	private final FileChannel channel;

	private final Duration patience;

	private StoreFileLock(Path file, FileChannel channel, Duration patience) {
		this.file = file;
		this.channel = channel;
		this.patience = patience;
	}

	/**
	 * Wait for the lock.
	 * @param file its file, which is made with its folder if it is not there
	 * @param patience how long to wait for other processes
	 * @param diskPatience how long the disk has for each step
	 */
	static StoreFileLock acquire(Path file, Duration patience, Duration diskPatience) throws IOException {
		FileChannel channel = TimedFileAccess.call(file, "open lock", diskPatience, () -> {
			StoreFiles.createFolderOf(file);
			return StoreFiles.openLock(file);
		}, StoreFileLock::close);
		StoreFileLock lock = new StoreFileLock(file, channel, diskPatience);
		try {
			long end = System.nanoTime() + patience.toNanos();
			while (!lock.attempt()) {
				if (System.nanoTime() > end) {
					throw new StoreException("another process has held " + file + " for " + patience.toSeconds() + " s",
							null);
				}
				Thread.sleep(PAUSE_MILLIS);
			}
			return lock;
		}
		catch (InterruptedException ex) {
			lock.abandon();
			Thread.currentThread().interrupt();
			throw new StoreException("interrupted while waiting for " + file, ex);
		}
		catch (IOException | RuntimeException ex) {
			lock.abandon();
			throw ex;
		}
	}

	private void abandon() {
		Thread thread = new Thread(() -> close(this.channel), "flyte-file-unlock");
		thread.setDaemon(true);
		thread.start();
	}

	private boolean attempt() throws IOException {
		return TimedFileAccess.call(this.file, "lock", this.patience, () -> tryLock(this.channel) != null, (late) -> {
		});
	}

	private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
		try {
			return channel.tryLock();
		}
		catch (OverlappingFileLockException ex) {
			return null;
		}
	}

	/**
	 * Release the lock by closing its channel, now or when the disk responds.
	 */
	@Override
	public void close() throws IOException {
		try {
			TimedFileAccess.call(this.file, "unlock", this.patience, () -> {
				this.channel.close();
				return true;
			}, (late) -> {
			});
		}
		catch (UnusableFileException ex) {
			// Otherwise others would wait for the lock when the disk works again.
			abandon();
			throw ex;
		}
	}

	private static void close(FileChannel channel) {
		try {
			channel.close();
		}
		catch (IOException ex) {
			// The operating system has released the lock in any case.
		}
	}

}
