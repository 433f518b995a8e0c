package io.flyteconnect.samples.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.samples.cli.command.Output;

/**
 * What the application writes to the standard error while it starts. Where errors are to
 * be JSON, it is kept back until the application has started: of one that has not,
 * {@link StartupFailure} says why.
 */
final class StartupOutput implements AutoCloseable {

	private final PrintStream err = System.err;

	private final @Nullable ByteArrayOutputStream kept;

	private StartupOutput(boolean keep) {
		this.kept = keep ? new ByteArrayOutputStream() : null;
		if (this.kept != null) {
			System.setErr(new PrintStream(this.kept, true, StandardCharsets.UTF_8));
		}
	}

	static StartupOutput of(Output output) {
		return new StartupOutput(output == Output.JSON);
	}

	/**
	 * Write what was said, as the application has started.
	 */
	void release() {
		if (this.kept != null) {
			this.err.print(this.kept.toString(StandardCharsets.UTF_8));
			this.err.flush();
		}
	}

	@Override
	public void close() {
		if (this.kept != null) {
			System.setErr(this.err);
		}
	}

}
