package io.flyteconnect.internal.grant.command;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.flyteconnect.internal.text.SafeText;

/**
 * Tells why a program could not be started: because it is not there or may not run, or
 * because the machine has nothing left to run it with.
 */
final class StartFailure {

	/** {@code error=2} up to Java 17, {@code error: 2} after it. */
	private static final Pattern ERROR = Pattern.compile("error[=:] ?(\\d+)");

	/**
	 * No process or memory left (EAGAIN of Linux and macOS, ENOMEM), no file left
	 * (ENFILE, EMFILE), the program being written (ETXTBSY).
	 */
	private static final Set<String> SHORTAGES = Set.of("11", "35", "12", "23", "24", "26");

	private StartFailure() {
	}

	/**
	 * Return the failure.
	 * @param name what the program is called, for the message
	 * @param message what Java says
	 */
	static CommandFailedException of(String name, String message) {
		// The beginning repeats the name.
		String reason = SafeText.of(message.substring(message.lastIndexOf(": ") + 1));
		Matcher error = ERROR.matcher(message);
		String code = "";
		// The last one, since a program may be called so.
		while (error.find()) {
			code = error.group(1);
		}
		return SHORTAGES.contains(code)
				? CommandFailedException.passing(name + " could not be started (" + reason
						+ "): the machine is short of processes, memory or open files", null)
				: CommandFailedException.permanent(
						name + " could not be started (" + reason + "): is it installed, on the PATH and executable?");
	}

}
