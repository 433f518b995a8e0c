package io.flyteconnect.samples.cli.command;

/**
 * What the tool tells the shell.
 *
 * @since 0.1.0
 */
public final class ExitCodes {

	/** It is done. */
	public static final int OK = 0;

	/** A call failed, or a secret is nowhere. */
	public static final int CALL = 1;

	/** The command is wrong. */
	public static final int USAGE = 2;

	/** The configuration is wrong. */
	public static final int CONFIGURATION = 3;

	/** The login failed. */
	public static final int LOGIN = 4;

	/** An execution ended, but did not succeed. */
	public static final int EXECUTION = 5;

	/** An execution has not ended in time, and goes on. */
	public static final int TIMEOUT = 6;

	private ExitCodes() {
	}

}
