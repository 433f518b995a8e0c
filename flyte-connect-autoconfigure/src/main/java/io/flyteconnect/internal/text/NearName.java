package io.flyteconnect.internal.text;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the name that was probably meant by one that nobody knows.
 *
 * @since 0.1.0
 */
public final class NearName {

	private NearName() {
	}

	/**
	 * Find a name that differs in case and separators only, or by one letter: too many,
	 * too few, another one, or two that changed places.
	 * @param given the name that nobody knows
	 * @param known the names that there are
	 * @return the first that is near
	 */
	public static Optional<String> of(String given, Collection<String> known) {
		return known.stream()
			.filter((name) -> plain(name).equals(plain(given)) || near(plain(name), plain(given)))
			.findFirst();
	}

	/**
	 * Return the end of a sentence that says that there is no such name.
	 * @param given the name that nobody knows
	 * @param known the names that there are
	 * @return {@code ; did you mean 'day'?} for example, empty if none is near
	 */
	public static String hint(String given, Collection<String> known) {
		return of(given, known).map((name) -> "; did you mean '" + SafeText.of(name) + "'?").orElse("");
	}

	private static String plain(String name) {
		return name.replaceAll("[-_. ]", "").toLowerCase(Locale.ROOT);
	}

	private static boolean near(String known, String given) {
		int start = 0;
		while (start < Math.min(known.length(), given.length()) && known.charAt(start) == given.charAt(start)) {
			start++;
		}
		String one = known.substring(start);
		String other = given.substring(start);
		if (known.length() < 3 || Math.abs(one.length() - other.length()) > 1) {
			return false;
		}
		return rest(one, 1).equals(other) || one.equals(rest(other, 1)) || rest(one, 1).equals(rest(other, 1))
				|| (one.length() > 1 && other.length() > 1 && one.charAt(0) == other.charAt(1)
						&& one.charAt(1) == other.charAt(0) && rest(one, 2).equals(rest(other, 2)));
	}

	private static String rest(String text, int from) {
		return text.substring(Math.min(from, text.length()));
	}

}
