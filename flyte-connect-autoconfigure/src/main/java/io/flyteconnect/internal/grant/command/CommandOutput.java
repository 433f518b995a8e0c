package io.flyteconnect.internal.grant.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a process prints, read without ever waiting for it: the output up to a limit, and
 * the end of what went to standard error.
 */
class CommandOutput {

	private final InputStream output;

	private final InputStream error;

	private final int limit;

	private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

	private final int tail;

	private byte[] errors = new byte[0];

	private boolean cut;

	/**
	 * Create an output.
	 * @param process what prints it
	 * @param limit how much is read of the output, in bytes
	 * @param tail how much is kept of standard error, in bytes
	 */
	CommandOutput(Process process, int limit, int tail) {
		this.output = process.getInputStream();
		this.error = process.getErrorStream();
		this.limit = limit;
		this.tail = tail;
	}

	/**
	 * Read what there is by now.
	 */
	void read() throws IOException {
		while (!isTooMuch() && this.output.available() > 0) {
			this.printed.write(this.output.readNBytes(Math.min(this.output.available(), this.limit + 1)));
		}
		// One round at a time: a process that floods standard error must not keep the
		// time limit from being looked at.
		int available = this.error.available();
		if (available > 0) {
			keepTail(this.error.readNBytes(available));
		}
	}

	private void keepTail(byte[] more) {
		int fresh = Math.min(more.length, this.tail);
		int old = Math.min(this.errors.length, this.tail - fresh);
		this.cut |= fresh < more.length || old < this.errors.length;
		byte[] tail = new byte[old + fresh];
		System.arraycopy(this.errors, this.errors.length - old, tail, 0, old);
		System.arraycopy(more, more.length - fresh, tail, old, fresh);
		this.errors = tail;
	}

	boolean isTooMuch() {
		return this.printed.size() > this.limit;
	}

	String printed() {
		return this.printed.toString(StandardCharsets.UTF_8);
	}

	/**
	 * Whether standard error was longer than what is kept of it.
	 */
	boolean isCut() {
		return this.cut;
	}

	String errors() {
		return new String(this.errors, StandardCharsets.UTF_8);
	}

}
