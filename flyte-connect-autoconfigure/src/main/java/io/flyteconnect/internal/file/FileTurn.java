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
 * A turn to access a file. Turns are granted one at a time in the order of their
 * requests. A turn is waited for, however many are ahead of it, as long as each of those
 * ends in time.
 */
final class FileTurn {

	/**
	 * The turns of each file; the first one is the current one. Guards the other fields.
	 */
	private static final Map<Path, Queue<FileTurn>> QUEUES = new HashMap<>();

	private final Path file;

	private final String step;

	private final CountDownLatch begun = new CountDownLatch(1);

	private long since;

	/**
	 * Create a turn.
	 * @param file the file
	 * @param step the operation, for messages
	 */
	FileTurn(Path file, String step) {
		// The same key for all spellings of the path.
		this.file = file.toAbsolutePath().normalize();
		this.step = step;
	}

	/**
	 * Wait for the turn. The caller must {@link #end end} it afterwards.
	 * @param patience the time limit of each turn ahead
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
	 * End the turn, which lets the next one begin.
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
