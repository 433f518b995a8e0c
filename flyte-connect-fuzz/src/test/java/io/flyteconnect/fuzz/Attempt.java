package io.flyteconnect.fuzz;

import java.util.concurrent.Callable;

import io.flyteconnect.internal.text.SafeText;

/**
 * One attempt to read an input: it succeeds, or ends with an exception that is
 * documented, which shows no secret.
 */
public final class Attempt {

	/** A secret beside the input, which nothing may show. */
	public static final String SECRET = "s3cr3t-Zq7mWv4kTn";

	private static final int LONGEST_MESSAGE = 32_000;

	private final boolean hidden;

	private Attempt(boolean hidden) {
		this.hidden = hidden;
	}

	/**
	 * An attempt whose secret stands beside the input: an input that has found it out may
	 * show it.
	 * @param input the input
	 * @return the attempt
	 */
	public static Attempt on(String input) {
		return new Attempt(!input.contains(SECRET));
	}

	/**
	 * An attempt whose secret may not be shown even if the input repeats it.
	 * @return the attempt
	 */
	public static Attempt strict() {
		return new Attempt(true);
	}

	/**
	 * Read the input.
	 * @param <T> the type of what is read
	 * @param action reads it
	 * @param documented the exception that may come out
	 * @return what was read, or {@code null} if there was such an exception
	 */
	public <T> T read(Callable<T> action, Class<? extends Exception> documented) {
		SecretWatch.reset();
		try {
			return action.call();
		}
		catch (Exception ex) {
			if (!isDocumented(ex, documented)) {
				throw new AssertionError("An exception that is not documented: " + ex, ex);
			}
			String message = String.valueOf(ex.getMessage());
			require(ex.getMessage() != null && !message.isBlank(), "The exception has no message", ex);
			require(message.length() <= LONGEST_MESSAGE, "The message is endless", ex);
			require(SafeText.isClean(message), "The message has more than one line, or control characters", ex);
			shown(ex);
			return null;
		}
		finally {
			require(!this.hidden || !SecretWatch.isSeen(), "The secret is logged", null);
		}
	}

	// A NumberFormatException is no answer to a wrong endpoint, though it is an
	// IllegalArgumentException.
	private static boolean isDocumented(Exception ex, Class<? extends Exception> type) {
		return type == ex.getClass() || type.isInstance(ex) && !ex.getClass().getName().startsWith("java.");
	}

	private void shown(Throwable ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			hides(String.valueOf(cause));
			for (Throwable suppressed : cause.getSuppressed()) {
				hides(String.valueOf(suppressed));
			}
		}
	}

	/**
	 * Check that a text that is shown has no secret.
	 * @param text the text
	 */
	public void hides(String text) {
		require(!this.hidden || !text.contains(SECRET), "The secret is shown: " + text, null);
	}

	/**
	 * Check what holds for each input.
	 * @param holds whether it does
	 * @param otherwise what is wrong otherwise
	 */
	public static void require(boolean holds, String otherwise) {
		require(holds, otherwise, null);
	}

	private static void require(boolean holds, String otherwise, Throwable cause) {
		if (!holds) {
			throw new AssertionError(otherwise, cause);
		}
	}

}
