package io.flyteconnect.integration.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * Writes down what a fault costs, a line each: the figures of {@code docs/faults.md}.
 */
final class FaultFigures {

	private static final Path FILE = Path.of("target", "faults.csv");

	private FaultFigures() {
	}

	/**
	 * Write a line: the fault, calls that were made, that failed, and that were sent once
	 * more, and how long after the end of the fault a call succeeded.
	 */
	static void write(String fault, int made, int failed, long resent, Duration well) {
		try {
			Files.createDirectories(FILE.getParent());
			Files.writeString(FILE, "%s,%d,%d,%d,%d%n".formatted(fault, made, failed, resent, well.toMillis()),
					StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
