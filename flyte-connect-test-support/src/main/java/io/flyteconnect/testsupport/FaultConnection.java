package io.flyteconnect.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;

/**
 * One connection of a {@link FaultProxy}, which copies what each end says to the other.
 */
final class FaultConnection {

	private static final int STEPS_PER_SECOND = 20;

	private final Socket near;

	private final Socket far;

	private volatile boolean requests = true;

	private volatile boolean answers = true;

	private volatile boolean closedByClient;

	private volatile int bytesPerSecond;

	private volatile int bytesUntilReset = Integer.MAX_VALUE;

	FaultConnection(Socket near, Socket far) {
		this.near = near;
		this.far = far;
	}

	void start() {
		startThread(this::passRequests);
		startThread(this::passAnswers);
	}

	static void startThread(Runnable task) {
		Thread thread = new Thread(task, "fault-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	boolean isOpen() {
		return !this.closedByClient && !this.near.isClosed();
	}

	boolean isGone() {
		return this.near.isClosed() && this.far.isClosed();
	}

	void swallow() {
		this.requests = false;
		this.answers = false;
	}

	void swallowAnswers() {
		this.answers = false;
	}

	void slow(int bytesPerSecond) {
		this.bytesPerSecond = bytesPerSecond;
	}

	void resetAfter(int bytes) {
		this.bytesUntilReset = bytes;
	}

	void reset() {
		reset(this.near);
		reset(this.far);
	}

	static void reset(Socket socket) {
		try {
			if (!socket.isClosed()) {
				socket.setSoLinger(true, 0);
				socket.close();
			}
		}
		catch (IOException ex) {
			// It has gone by itself.
		}
	}

	private void passRequests() {
		byte[] buffer = new byte[8192];
		try {
			InputStream in = this.near.getInputStream();
			OutputStream out = this.far.getOutputStream();
			for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
				if (this.requests) {
					out.write(buffer, 0, length);
				}
			}
			this.closedByClient = true;
			if (this.requests) {
				close();
			}
		}
		catch (IOException ex) {
			ended(this.requests);
		}
	}

	private void passAnswers() {
		byte[] buffer = new byte[8192];
		try {
			InputStream in = this.far.getInputStream();
			OutputStream out = this.near.getOutputStream();
			for (int length = in.read(buffer, 0, step(buffer)); length >= 0; length = in.read(buffer, 0,
					step(buffer))) {
				pass(buffer, length, out);
			}
			if (this.answers) {
				close();
			}
		}
		catch (IOException ex) {
			ended(this.answers);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private int step(byte[] buffer) {
		int rate = this.bytesPerSecond;
		return (rate > 0) ? Math.min(buffer.length, Math.max(1, rate / STEPS_PER_SECOND)) : buffer.length;
	}

	private void pass(byte[] buffer, int length, OutputStream out) throws IOException, InterruptedException {
		if (!this.answers) {
			return;
		}
		int left = this.bytesUntilReset;
		if (length > left) {
			out.write(buffer, 0, left);
			reset();
			return;
		}
		if (left != Integer.MAX_VALUE) {
			this.bytesUntilReset = left - length;
		}
		out.write(buffer, 0, length);
		if (this.bytesPerSecond > 0) {
			Thread.sleep(1000 / STEPS_PER_SECOND);
		}
	}

	// A reset goes on to the other end, unless what comes from there is swallowed.
	private void ended(boolean passes) {
		if (passes) {
			reset();
		}
	}

	void close() {
		try {
			this.near.close();
			this.far.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
