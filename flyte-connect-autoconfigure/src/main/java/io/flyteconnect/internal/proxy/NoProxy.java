package io.flyteconnect.internal.proxy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * Matches the hosts of a {@code NO_PROXY} variable as Go's
 * {@code golang.org/x/net/http/httpproxy} does, so that a value has the same effect on
 * Flyte's Go client and on this one: a domain with its subdomains, only the subdomains
 * ({@code .example.com}, {@code *.example.com}), an IP address, a CIDR range, all except
 * CIDR ranges with or without a port, and {@code *} for all hosts. Commas or spaces
 * separate the entries; invalid entries are ignored.
 */
final class NoProxy {

	private final List<Rule> rules = new ArrayList<>();

	private NoProxy(String value) {
		for (String entry : value.toLowerCase(Locale.ROOT).split("[,\\s]+")) {
			Rule rule = rule(entry);
			if (rule != null) {
				this.rules.add(rule);
			}
		}
	}

	static NoProxy of(@Nullable String value) {
		return new NoProxy((value != null) ? value : "");
	}

	/**
	 * Return whether a server is called without a proxy.
	 * @param host the host, an IPv6 address without brackets
	 * @param port the port
	 * @return whether an entry matches
	 */
	boolean matches(String host, int port) {
		String name = host.toLowerCase(Locale.ROOT);
		byte @Nullable [] address = address(name);
		return this.rules.stream().anyMatch((rule) -> rule.matches(name, address, port));
	}

	private static @Nullable Rule rule(String entry) {
		if (entry.isEmpty()) {
			return null;
		}
		if (entry.equals("*")) {
			return (host, address, port) -> true;
		}
		int slash = entry.indexOf('/');
		byte @Nullable [] network = (slash > 0) ? address(entry.substring(0, slash)) : null;
		if (network != null) {
			return range(network, entry.substring(0, slash).indexOf(':') >= 0, entry.substring(slash + 1));
		}
		String host = entry;
		String port = "";
		int colon = entry.lastIndexOf(':');
		if (colon >= 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']')) {
			host = entry.substring(0, colon);
			port = entry.substring(colon + 1);
		}
		return hostRule(host, port);
	}

	private static @Nullable Rule hostRule(String host, String port) {
		byte @Nullable [] address = address(host);
		if (address != null) {
			return (name, other, otherPort) -> Arrays.equals(address, other) && matchesPort(port, otherPort);
		}
		String domain = host.startsWith("*.") ? host.substring(1) : host;
		if (domain.isEmpty() || domain.equals(".")) {
			return null;
		}
		String suffix = domain.startsWith(".") ? domain : "." + domain;
		return (name, other, otherPort) -> (name.endsWith(suffix) || name.equals(domain))
				&& matchesPort(port, otherPort);
	}

	private static boolean matchesPort(String port, int actual) {
		return port.isEmpty() || port.equals(Integer.toString(actual));
	}

	private static @Nullable Rule range(byte[] network, boolean version6, String length) {
		if (!length.matches("\\d{1,3}")) {
			return null;
		}
		// A mapped IPv4 network counts its prefix in 128 bits
		int bits = Integer.parseInt(length) - ((version6 && network.length == 4) ? 96 : 0);
		if (bits < 0 || bits > network.length * 8) {
			return null;
		}
		return (host, address, port) -> address != null && address.length == network.length
				&& samePrefix(network, address, bits);
	}

	private static boolean samePrefix(byte[] network, byte[] address, int bits) {
		int bytes = bits / 8;
		int rest = bits % 8;
		int mask = 0xff << (8 - rest);
		return Arrays.equals(network, 0, bytes, address, 0, bytes)
				&& (rest == 0 || (network[bytes] & mask & 0xff) == (address[bytes] & mask & 0xff));
	}

	/**
	 * Return the bytes of an IP address without resolving names.
	 * @param host a host name or an address, which may be in brackets
	 * @return 4 or 16 bytes, or {@code null} for a name
	 */
	static byte @Nullable [] address(String host) {
		String text = (host.startsWith("[") && host.endsWith("]")) ? host.substring(1, host.length() - 1) : host;
		if (isName(text) || !NetUtil.isValidIpV4Address(text) && !NetUtil.isValidIpV6Address(text)) {
			return null;
		}
		byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
		if (bytes == null || bytes.length == 4) {
			return bytes;
		}
		boolean mapped = (bytes[10] & bytes[11] & 0xff) == 0xff;
		for (int i = 0; mapped && i < 10; i++) {
			mapped = bytes[i] == 0;
		}
		return mapped ? Arrays.copyOfRange(bytes, 12, 16) : bytes;
	}

	// Netty's class, which looks at all network interfaces first, is not asked about
	// these.
	private static boolean isName(String host) {
		return host.indexOf(':') < 0 && host.chars().anyMatch((ch) -> ch != '.' && (ch < '0' || ch > '9'));
	}

	/**
	 * One entry.
	 */
	private interface Rule {

		boolean matches(String host, byte @Nullable [] address, int port);

	}

}
