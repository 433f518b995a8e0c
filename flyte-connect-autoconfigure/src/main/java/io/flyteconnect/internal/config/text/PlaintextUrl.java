package io.flyteconnect.internal.config.text;

import java.net.URI;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Checks whether a secret can be sent to a URL without being exposed (RFC 6749 section
 * 3.2 requires TLS).
 *
 * @since 0.1.0
 */
public final class PlaintextUrl {

	private static final String VERSION_4 = "127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}";

	private static final String VERSION_6 = "\\[(?:::1|0*(?::0*){6}:0*1|::ffff:" + VERSION_4 + ")]";

	private PlaintextUrl() {
	}

	/**
	 * Return whether a request to a URL crosses no network in plaintext.
	 * @param url the address
	 * @return whether the scheme is {@code https}, or the host is this machine
	 */
	public static boolean isSafe(String url) {
		try {
			URI uri = URI.create(url);
			return "https".equalsIgnoreCase(uri.getScheme()) || isLoopback(uri.getHost());
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	// Checks the name only, since a DNS server may return any address.
	private static boolean isLoopback(@Nullable String host) {
		if (host == null) {
			return false;
		}
		String name = host.toLowerCase(Locale.ROOT);
		return name.equals("localhost") || name.endsWith(".localhost") || name.matches(VERSION_4)
				|| name.matches(VERSION_6);
	}

}
