package io.flyteconnect.internal.text;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What gRPC says of a deadline that has ended, which is mostly about its own parts.
 */
public final class DeadlineText {

	/** As {@code ClientCallImpl} and {@code DelayedClientCall} of gRPC say it. */
	private static final Pattern DETAILS = Pattern.compile(
			"[\\s:;(]*\\b(?:ClientCall started after |Deadline )?(?:CallOptions|Context) (?:deadline |was exceeded ).*",
			Pattern.DOTALL);

	private static final Pattern WAIT = Pattern.compile("\\bwaited\\s[\\d.]+\\ss\\sfor\\sa\\stoken\\b");

	private DeadlineText() {
	}

	/**
	 * Return whether a call waited for a token when its deadline ended.
	 * @param description the description of its status
	 * @return whether it says so
	 */
	public static boolean isOfToken(@Nullable String description) {
		return description != null && WAIT.matcher(description).find();
	}

	/**
	 * Leave out what gRPC says of its own parts.
	 * @param description the description of a status
	 * @return what is left, fit for an error, empty if there is nothing
	 */
	public static String withoutDetails(@Nullable String description) {
		return (description != null) ? SafeText.message(DETAILS.matcher(description).replaceFirst("")) : "";
	}

}
