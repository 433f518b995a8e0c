package io.flyteconnect.benchmarks;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

/**
 * What became of each call. Kept in plain arrays, one {@link Log} a thread, so that
 * taking notes costs the calls nothing.
 */
class Samples {

	private final Queue<Log> logs = new ConcurrentLinkedQueue<>();

	/**
	 * A log for one thread, or for one call of which the end may never come.
	 */
	Log log(String phase) {
		Log log = new Log(phase);
		this.logs.add(log);
		return log;
	}

	void write(@Nullable Path file) throws IOException {
		if (file == null) {
			return;
		}
		try (Writer writer = Files.newBufferedWriter(file)) {
			for (Log log : this.logs) {
				log.write(writer);
			}
		}
	}

	/**
	 * The calls of one thread.
	 */
	static final class Log {

		private final String phase;

		private long[] starts = new long[16];

		private long[] ends = new long[16];

		private String[] codes = new String[16];

		private int size;

		private Log(String phase) {
			this.phase = phase;
		}

		void add(long start, long end, String code) {
			if (this.size == this.starts.length) {
				this.starts = Arrays.copyOf(this.starts, this.size * 2);
				this.ends = Arrays.copyOf(this.ends, this.size * 2);
				this.codes = Arrays.copyOf(this.codes, this.size * 2);
			}
			this.starts[this.size] = start;
			this.ends[this.size] = end;
			this.codes[this.size++] = code;
		}

		private void write(Writer writer) throws IOException {
			for (int i = 0; i < this.size; i++) {
				writer.write(this.phase + "," + this.starts[i] + "," + this.ends[i] + "," + this.codes[i] + "\n");
			}
		}

	}

}
