package io.flyteconnect.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads an endpoint in the forms that people write it in.
 *
 * @author Flyte Connect
 */
final class EndpointParser {

	private static final int TLS_PORT = 443;

	private static final int PLAINTEXT_PORT = 80;

	private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*)://(.*)");

	/** The name resolvers of gRPC whose targets are written without slashes, too. */
	private static final Pattern SHORT_SCHEME = Pattern
		.compile("(dns|unix|unix-abstract|ipv4|ipv6|vsock|xds):(?!\\d+$)(.+)");

	private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-zA-Z:.%]+]|[^:\\[\\]]+)(?::(.*))?");

	private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}._-]+");

	private EndpointParser() {
	}

	/**
	 * Read an endpoint.
	 * @param text the text
	 * @param insecure whether the endpoint is called in plaintext
	 * @return the endpoint
	 * @throws IllegalArgumentException if the text cannot mean an endpoint; the message
	 * says why
	 */
	static Endpoint parse(String text, boolean insecure) {
		String endpoint = text.strip();
		if (endpoint.isEmpty()) {
			throw new IllegalArgumentException("the endpoint is empty");
		}
		Matcher matcher = SCHEME.matcher(endpoint);
		if (matcher.matches()) {
			return withScheme(endpoint, matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2), insecure);
		}
		matcher = SHORT_SCHEME.matcher(endpoint);
		if (matcher.matches()) {
			return matcher.group(1).equals("dns") ? host(matcher.group(2), insecure) : target(endpoint);
		}
		return host(endpoint, insecure);
	}

	private static Endpoint withScheme(String endpoint, String scheme, String rest, boolean insecure) {
		switch (scheme) {
			case "http" -> {
				if (!insecure) {
					throw new IllegalArgumentException("'http://' means plaintext, but insecure is false");
				}
				return host(withoutSlash(rest), true);
			}
			case "https" -> {
				if (insecure) {
					throw new IllegalArgumentException("'https://' means TLS, but insecure is true");
				}
				return host(withoutSlash(rest), false);
			}
			case "dns" -> {
				return rest.startsWith("/") ? host(rest.substring(1), insecure) : target(endpoint);
			}
			default -> {
				return target(endpoint);
			}
		}
	}

	private static String withoutSlash(String text) {
		return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
	}

	private static Endpoint target(String target) {
		return new Endpoint(target, target, null, -1);
	}

	private static Endpoint host(String text, boolean insecure) {
		if (text.indexOf('/') >= 0) {
			throw new IllegalArgumentException("an endpoint has no path");
		}
		if (text.indexOf(',') >= 0) {
			throw new IllegalArgumentException("an endpoint is one host, not a list");
		}
		if (text.indexOf('@') >= 0) {
			throw new IllegalArgumentException("an endpoint has no user or password");
		}
		Matcher matcher = AUTHORITY.matcher(text);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("it is neither 'host' nor 'host:port'; an IPv6 address needs brackets");
		}
		String host = matcher.group(1);
		if (!host.startsWith("[") && !HOST.matcher(host).matches()) {
			throw new IllegalArgumentException("'" + host + "' is no host name");
		}
		int port = port(matcher.group(2), insecure);
		return new Endpoint(text, "dns:///" + host + ":" + port, host, port);
	}

	private static int port(@Nullable String text, boolean insecure) {
		if (text == null) {
			return insecure ? PLAINTEXT_PORT : TLS_PORT;
		}
		int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
		if (port < 1 || port > 65535) {
			throw new IllegalArgumentException("'" + text + "' is no port");
		}
		return port;
	}

}
