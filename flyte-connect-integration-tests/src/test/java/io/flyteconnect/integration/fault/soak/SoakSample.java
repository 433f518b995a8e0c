package io.flyteconnect.integration.fault.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * How it was at one moment.
 *
 * @param seconds the time since the start
 * @param fault the fault of that moment, or empty
 * @param heap the heap that is in use after a collection, in bytes
 * @param threads the number of threads
 * @param files the number of open files and sockets
 * @param made the calls that have been made
 * @param answered the calls that have succeeded
 * @param failed the calls that have failed
 * @param resent the calls that were sent once more
 */
record SoakSample(double seconds, String fault, long heap, int threads, long files, long made, long answered,
		long failed, long resent) {

	static final String HEADER = "seconds,fault,heap_bytes,threads,files,made,answered,failed,resent";

	static SoakSample take(double seconds, String fault, SoakLoad load, long resent) {
		System.gc();
		return new SoakSample(seconds, fault, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
				ManagementFactory.getThreadMXBean().getThreadCount(), openFiles(), load.made(), load.answered(),
				load.failed(), resent);
	}

	private static long openFiles() {
		try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
			return open.count();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String line() {
		return "%.1f,%s,%d,%d,%d,%d,%d,%d,%d".formatted(this.seconds, this.fault, this.heap, this.threads, this.files,
				this.made, this.answered, this.failed, this.resent);
	}

}
