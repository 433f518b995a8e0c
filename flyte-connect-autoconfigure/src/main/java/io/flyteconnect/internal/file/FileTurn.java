package io.flyteconnect.internal.file;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * One's turn at a file, which is used by one at a time: first come, first served. However
 * many are before it, it is waited for as long as each of them has an answer in time.
 */
final class FileTurn {

	/** Those of each file, the one that has its turn first. Guards the other fields. */
	private static final Map<Path, Queue<FileTurn>> QUEUES = new HashMap<>();

	private final Path file;

	private final String step;

	private final CountDownLatch begun = new CountDownLatch(1);

	private long since;

	/**
	 * Create a turn.
	 * @param file the file
	 * @param step what will be done with it
	 */
	FileTurn(Path file, String step) {
		// The same for all ways to write its name.
		this.file = file.toAbsolutePath().normalize();
		this.step = step;
	}

	/**
	 * Wait until the turn has come. It has to be {@link #end ended} then.
	 * @param patience how long each one before may take
	 * @return {@code null} if it has come, or the step that has taken too long
	 * @throws InterruptedException if the wait is interrupted, which ends the turn
	 */
	@Nullable String await(Duration patience) throws InterruptedException {
		synchronized (QUEUES) {
			Queue<FileTurn> queue = QUEUES.computeIfAbsent(this.file, (file) -> new ArrayDeque<>());
			queue.add(this);
			beginFirst(queue);
		}
		while (true) {
			long left;
			synchronized (QUEUES) {
				FileTurn first = queue().element();
				left = patience.toNanos() - (System.nanoTime() - first.since);
				if (first == this) {
					return null;
				}
				if (left <= 0) {
					end();
					return first.step;
				}
			}
			awaitBegin(left);
		}
	}

	private void awaitBegin(long nanos) throws InterruptedException {
		try {
			this.begun.await(nanos, TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			end();
			throw ex;
		}
	}

	/**
	 * Give the file to the next one.
	 */
	void end() {
		synchronized (QUEUES) {
			Queue<FileTurn> queue = queue();
			queue.remove(this);
			if (queue.isEmpty()) {
				QUEUES.remove(this.file);
			}
			else {
				beginFirst(queue);
			}
		}
	}

	private Queue<FileTurn> queue() {
		return Objects.requireNonNull(QUEUES.get(this.file));
	}

	private static void beginFirst(Queue<FileTurn> queue) {
		FileTurn first = queue.element();
		if (first.begun.getCount() > 0) {
			first.since = System.nanoTime();
			first.begun.countDown();
		}
	}

}
