package io.flyteconnect.internal.config.text;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

import io.flyteconnect.internal.configfile.Excerpt;

/**
 * Parses the host of an endpoint as gRPC will: {@code io.grpc.internal.DnsNameResolver}
 * accepts the hosts that {@link URI} accepts, and throws for all others.
 */
final class HostName {

	/** The longest name (RFC 1035 section 2.3.4), without the root label. */
	private static final int LONGEST = 253;

	/** Removes invisible characters, which RFC 3490 ignores. */
	private static final Pattern CHARACTERS = Pattern.compile("[\\p{L}\\p{M}\\p{N}._-]+");

	private static final Pattern NUMBER = Pattern.compile("\\d+\\.?");

	private HostName() {
	}

	/**
	 * Parse a host.
	 * @param text a name, an IPv4 address, or an IPv6 address in brackets
	 * @return the host; an internationalized name is converted to ASCII (RFC 3490)
	 * @throws IllegalArgumentException if the text is not a host; the message says why
	 */
	static String of(String text) {
		String host = text.startsWith("[") ? text : ascii(text);
		// A name of other letters is longer in ASCII.
		requireShort(host);
		if (!isHost(host)) {
			throw new IllegalArgumentException("'" + Excerpt.of(text) + "' is no " + reason(host));
		}
		return host;
	}

	private static String ascii(String text) {
		requireShort(text);
		if (!CHARACTERS.matcher(text).matches()) {
			throw new IllegalArgumentException("'" + Excerpt.of(text) + "' is no host name");
		}
		try {
			return text.chars().allMatch((ch) -> ch < 128) ? text : IDN.toASCII(text);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("'" + Excerpt.of(text) + "' is no host name", ex);
		}
	}

	private static void requireShort(String text) {
		if (text.length() > LONGEST) {
			throw new IllegalArgumentException("a host name has no more than " + LONGEST + " characters");
		}
	}

	private static boolean isHost(String host) {
		try {
			URI uri = new URI("//" + host + ":1");
			// Some resolvers treat a single number as a 32-bit address, others as a name.
			return host.equals(uri.getHost()) && uri.getPort() == 1 && !NUMBER.matcher(host).matches();
		}
		catch (URISyntaxException | NumberFormatException ex) {
			// Of an IPv4 address within an IPv6 one, the JDK reads each number as an int.
			return false;
		}
	}

	private static String reason(String host) {
		if (host.startsWith("[")) {
			return "IPv6 address";
		}
		if (host.indexOf('_') >= 0) {
			return "host name: it has an underscore, which gRPC does not look up; give the host another name";
		}
		if (host.matches("[0-9.]+")) {
			return "IPv4 address: it takes four numbers from 0 to 255";
		}
		return "host name: it takes letters, digits and '-' between dots, with a letter at the start of the last part";
	}

}
