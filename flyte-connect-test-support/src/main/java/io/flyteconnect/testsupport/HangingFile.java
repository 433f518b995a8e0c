package io.flyteconnect.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A regular file whose open hangs, as on a mount that is gone: another process has a
 * lease on it ({@code F_SETLEASE} of {@code fcntl(2)}), and does not give it back until
 * it ends.
 */
public final class HangingFile implements AutoCloseable {

	private static final String LEASE = "$SIG{IO} = 'IGNORE'; open(F, '>>', $ARGV[0]) or die; fcntl(F, 1024, 1) or die;"
			+ " $| = 1; print 'x'; <STDIN>;";

	private final Process holder;

	/**
	 * Let a file hang.
	 * @param file the file
	 * @throws IOException if that is not possible
	 */
	public HangingFile(Path file) throws IOException {
		this.holder = new ProcessBuilder("perl", "-e", LEASE, file.toString())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		if (this.holder.getInputStream().read() != 'x') {
			throw new IOException("There is no lease on " + file + " (" + Files.getFileStore(file) + ")");
		}
	}

	/**
	 * Mend the file.
	 */
	@Override
	public void close() {
		this.holder.destroyForcibly();
		try {
			this.holder.waitFor(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
