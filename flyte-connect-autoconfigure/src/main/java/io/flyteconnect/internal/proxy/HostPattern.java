package io.flyteconnect.internal.proxy;

/**
 * One pattern of {@code http.nonProxyHosts}, with {@code *} for any text.
 */
final class HostPattern {

	private HostPattern() {
	}

	/**
	 * Return whether a host matches a pattern. The number of steps is at most the product
	 * of both lengths: only the last star is ever extended, since it can match all that
	 * an earlier star could.
	 * @param pattern the pattern
	 * @param host the host in the case of the pattern
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
