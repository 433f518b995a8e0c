package io.flyteconnect.oauth2.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Keeps other processes, and other connections of this one, from writing a file at the
 * same time. The lock has a file of its own, as the other one is replaced.
 */
final class StoreFileLock implements AutoCloseable {

	private static final long PAUSE_MILLIS = 20;

	private final FileChannel channel;

	private StoreFileLock(FileChannel channel) {
		this.channel = channel;
	}

	static StoreFileLock acquire(Path file, Duration patience) throws IOException {
		FileChannel channel = StoreFiles.openLock(file);
		try {
			long end = System.nanoTime() + patience.toNanos();
			while (tryLock(channel) == null) {
				if (System.nanoTime() > end) {
					throw new StoreException("another process has held " + file + " for " + patience.toSeconds() + " s",
							null);
				}
				Thread.sleep(PAUSE_MILLIS);
			}
			return new StoreFileLock(channel);
		}
		catch (InterruptedException ex) {
			channel.close();
			Thread.currentThread().interrupt();
			throw new StoreException("interrupted while waiting for " + file, ex);
		}
		catch (IOException | RuntimeException ex) {
			channel.close();
			throw ex;
		}
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
	 * Release the lock, which closing its channel does.
	 */
	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
