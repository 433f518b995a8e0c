package io.flyteconnect.internal.text;

import java.util.Collection;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Finds the known name that is most similar to an unknown one: a name that differs in
 * case, separators or a few letters.
 *
 * @since 0.1.0
 */
public final class NearName {

	private static final int LONGEST = 100;

	private static final int SHORTEST = 3;

	private static final int LETTERS_PER_MISTAKE = 4;

	private static final int MOST_MISTAKES = 3;

	private NearName() {
	}

	/**
	 * Find the nearest of several names.
	 * @param name the name that is unknown
	 * @param known the known names
	 * @return the most similar one, or {@code null} if none is similar
	 */
	public static @Nullable String of(String name, Collection<String> known) {
		String written = normalize(name);
		if (written.isEmpty() || written.length() > LONGEST) {
			return null;
		}
		String nearest = null;
		int least = Math.min(MOST_MISTAKES, Math.max(1, written.length() / LETTERS_PER_MISTAKE)) + 1;
		for (String candidate : known) {
			String plain = normalize(candidate);
			int mistakes = distance(written, plain, least);
			if (mistakes < least && (mistakes == 0 || plain.length() >= SHORTEST)) {
				least = mistakes;
				nearest = candidate;
			}
		}
		return nearest;
	}

	/**
	 * Return the end of a message about an unknown name.
	 * @param name the name that is unknown
	 * @param known the known names
	 * @return {@code ; did you mean 'day'?} for example, or an empty text if no name is
	 * similar
	 */
	public static String hint(String name, Collection<String> known) {
		String nearest = of(name, known);
		return (nearest != null) ? "; did you mean '" + SafeText.of(nearest) + "'?" : "";
	}

	/**
	 * Return the form in which names are compared, without the differences that Spring's
	 * relaxed binding ignores.
	 * @param name the name
	 * @return its letters and digits, in lower case
	 */
	public static String normalize(String name) {
		StringBuilder result = new StringBuilder();
		name.toLowerCase(Locale.ROOT).codePoints().filter(Character::isLetterOrDigit).forEach(result::appendCodePoint);
		return result.toString();
	}

	// Counts letters that are missing, added, wrong, or swapped with the next one.
	private static int distance(String a, String b, int limit) {
		if (Math.abs(a.length() - b.length()) >= limit) {
			return limit;
		}
		int[][] distance = new int[a.length() + 1][b.length() + 1];
		for (int i = 0; i <= a.length(); i++) {
			for (int j = 0; j <= b.length(); j++) {
				distance[i][j] = (i == 0 || j == 0) ? i + j : step(distance, a, b, i, j);
			}
		}
		return distance[a.length()][b.length()];
	}

	private static int step(int[][] distance, String a, String b, int i, int j) {
		boolean same = a.charAt(i - 1) == b.charAt(j - 1);
		int least = Math.min(distance[i - 1][j - 1] + (same ? 0 : 1),
				Math.min(distance[i - 1][j], distance[i][j - 1]) + 1);
		boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
		return swapped ? Math.min(least, distance[i - 2][j - 2] + 1) : least;
	}

}
