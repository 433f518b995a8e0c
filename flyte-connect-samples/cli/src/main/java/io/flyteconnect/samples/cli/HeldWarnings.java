package io.flyteconnect.samples.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.samples.cli.command.Output;

/**
 * What is logged to the standard error while a command runs. Where that is to be JSON, it
 * is held back until the command has ended, and then is a part of the one object there.
 */
final class HeldWarnings implements AutoCloseable {

	private final PrintStream err = System.err;

	private final @Nullable ByteArrayOutputStream held;

	private HeldWarnings(boolean hold) {
		this.held = hold ? new ByteArrayOutputStream() : null;
		if (this.held != null) {
			System.setErr(new PrintStream(this.held, true, StandardCharsets.UTF_8));
		}
	}

	static HeldWarnings of(Output output) {
		return new HeldWarnings(output == Output.JSON);
	}

	/**
	 * Return what has been held back.
	 * @return the lines
	 */
	List<String> lines() {
		return (this.held == null) ? List.of()
				: this.held.toString(StandardCharsets.UTF_8).lines().filter((line) -> !line.isBlank()).toList();
	}

	@Override
	public void close() {
		if (this.held != null) {
			System.setErr(this.err);
		}
	}

}
