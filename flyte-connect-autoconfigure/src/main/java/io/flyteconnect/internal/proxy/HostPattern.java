package io.flyteconnect.internal.proxy;

/**
 * One pattern of {@code http.nonProxyHosts}, with {@code *} for any text.
 */
final class HostPattern {

	private HostPattern() {
	}

	/**
	 * Return whether a host is one of a pattern's, in steps that grow with the product of
	 * both lengths at most: only the last star that has been passed is ever extended, as
	 * what an earlier one could take is for the later one to take as well.
	 * @param pattern the pattern
	 * @param host the host, written as in the pattern
	 * @return whether it matches
	 */
	static boolean matches(String pattern, String host) {
		int at = 0;
		int star = -1;
		int resume = 0;
		int i = 0;
		while (i < host.length()) {
			if (at < pattern.length() && pattern.charAt(at) == '*') {
				star = at++;
				resume = i;
			}
			else if (at < pattern.length() && pattern.charAt(at) == host.charAt(i)) {
				at++;
				i++;
			}
			else if (star >= 0) {
				at = star + 1;
				i = ++resume;
			}
			else {
				return false;
			}
		}
		while (at < pattern.length() && pattern.charAt(at) == '*') {
			at++;
		}
		return at == pattern.length();
	}

}
