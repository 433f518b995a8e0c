package io.flyteconnect.internal.libraries;

/**
 * Compares versions by their leading numbers.
 */
final class Versions {

	private Versions() {
	}

	static int compare(String one, String other) {
		String[] left = one.split("\\.");
		String[] right = other.split("\\.");
		for (int i = 0; i < Math.max(left.length, right.length); i++) {
			int difference = number(left, i) - number(right, i);
			if (difference != 0) {
				return difference;
			}
		}
		return 0;
	}

	private static int number(String[] parts, int index) {
		String digits = (index < parts.length) ? parts[index].replaceFirst("\\D.*", "") : "";
		return (digits.isEmpty() || digits.length() > 9) ? 0 : Integer.parseInt(digits);
	}

}
