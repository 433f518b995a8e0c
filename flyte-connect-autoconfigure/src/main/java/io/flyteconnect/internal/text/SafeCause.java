package io.flyteconnect.internal.text;

import org.jspecify.annotations.Nullable;

/**
 * Replaces a cause whose message must not be logged as it is: one with line breaks that a
 * server sent, or with millions of characters.
 */
public final class SafeCause extends RuntimeException {

	/** The longest message; those of this project and of libraries are shorter. */
	private static final int LIMIT = 2000;

	private SafeCause(Throwable cause, @Nullable Throwable next) {
		super(cause.getClass().getName() + ": " + SafeText.of(cause.getMessage()), next);
		setStackTrace(cause.getStackTrace());
	}

	/**
	 * Make a cause safe to log.
	 * @param cause the cause
	 * @return the same cause if all messages of its chain are safe
	 */
	public static @Nullable Throwable of(@Nullable Throwable cause) {
		if (cause == null || isFit(cause)) {
			return cause;
		}
		return new SafeCause(cause, of(cause.getCause()));
	}

	private static boolean isFit(Throwable cause) {
		for (Throwable each = cause; each != null; each = each.getCause()) {
			if (!isFit(String.valueOf(each)) || !isFit(String.valueOf(each.getMessage()))) {
				return false;
			}
			for (Throwable suppressed : each.getSuppressed()) {
				if (!isFit(suppressed)) {
					return false;
				}
			}
		}
		return true;
	}

	private static boolean isFit(String message) {
		return message.length() <= LIMIT && SafeText.isClean(message);
	}

}
