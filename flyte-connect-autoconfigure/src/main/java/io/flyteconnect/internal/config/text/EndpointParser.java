package io.flyteconnect.internal.config.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.Endpoint;
import io.flyteconnect.internal.configfile.Excerpt;

/**
 * Parses an endpoint in the forms that are in common use.
 */
public final class EndpointParser {

	private static final int TLS_PORT = 443;

	private static final int PLAINTEXT_PORT = 80;

	private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*)://(.*)");

	/** The name resolvers of gRPC that also accept targets without slashes. */
	private static final Pattern SHORT_SCHEME = Pattern.compile(
			"(dns|unix|unix-abstract|ipv4|ipv6|vsock|xds):(?!\\d+$)(.+)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	/** Schemes that are mistaken for one of gRPC, which has none. */
	private static final Set<String> PROTOCOLS = Set.of("grpc", "grpcs", "grpc+tls", "grpc-web", "tcp", "tls", "ssl",
			"h2", "h2c", "http2", "ws", "wss");

	private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-zA-Z:.%]+]|[^:\\[\\]]+)(?::(.*))?");

	private EndpointParser() {
	}

	/**
	 * Parse an endpoint.
	 * @param text the text
	 * @param insecure whether the endpoint is called in plaintext
	 * @return the endpoint
	 * @throws IllegalArgumentException if the text is not an endpoint; the message says
	 * why
	 */
	public static Endpoint parse(String text, boolean insecure) {
		String endpoint = text.strip();
		if (endpoint.isEmpty()) {
			throw new IllegalArgumentException("the endpoint is empty");
		}
		Matcher matcher = SCHEME.matcher(endpoint);
		if (matcher.matches()) {
			return withScheme(matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2), insecure);
		}
		matcher = SHORT_SCHEME.matcher(endpoint);
		if (matcher.matches()) {
			return withoutSlashes(matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2), insecure);
		}
		return host(endpoint, insecure);
	}

	private static Endpoint withoutSlashes(String scheme, String rest, boolean insecure) {
		return switch (scheme) {
			case "dns", "ipv4" -> host(rest, insecure);
			// The brackets are optional without a port (gRPC's doc/naming.md).
			case "ipv6" ->
				host((rest.startsWith("[") || rest.startsWith("%5B")) ? unescaped(rest) : "[" + rest + "]", insecure);
			case "unix-abstract", "vsock" -> throw unknownAddress(scheme);
			default -> target(scheme + ":" + rest);
		};
	}

	// The percent sign of a zone stays escaped, as in an address of its own.
	private static String unescaped(String address) {
		return address.replace("%5B", "[").replace("%5D", "]");
	}

	private static Endpoint withScheme(String scheme, String rest, boolean insecure) {
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
				return rest.startsWith("/") ? host(unescaped(rest.substring(1)), insecure)
						: withNameServer(rest, insecure);
			}
			case "unix" -> {
				if (!rest.startsWith("/")) {
					throw new IllegalArgumentException("a socket is written 'unix:path' or 'unix:///path'");
				}
				return target("unix://" + rest);
			}
			case "ipv4", "ipv6" -> {
				if (!rest.startsWith("/")) {
					throw new IllegalArgumentException(
							"an address is written '" + scheme + ":address' or '" + scheme + ":///address'");
				}
				return withoutSlashes(scheme, rest.substring(1), insecure);
			}
			case "unix-abstract", "vsock" -> throw unknownAddress(scheme);
			default -> {
				if (PROTOCOLS.contains(scheme)) {
					throw new IllegalArgumentException(
							"gRPC has no scheme of this kind; leave out '" + scheme + "://'");
				}
				return target(scheme + "://" + rest);
			}
		}
	}

	private static Endpoint withNameServer(String rest, boolean insecure) {
		int slash = rest.indexOf('/');
		if (slash < 0) {
			throw new IllegalArgumentException("a host name follows three slashes, as in 'dns:///host'");
		}
		host(rest.substring(0, slash), insecure);
		host(rest.substring(slash + 1), insecure);
		return target("dns://" + rest);
	}

	private static IllegalArgumentException unknownAddress(String scheme) {
		return new IllegalArgumentException("gRPC for Java knows no addresses of '" + scheme
				+ ":'; name a host and a port, or a socket by 'unix:path'");
	}

	private static String withoutSlash(String text) {
		return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
	}

	// gRPC treats a text that is not a URI as a host name.
	private static Endpoint target(String target) {
		if (!isWhole(target)) {
			throw new IllegalArgumentException(
					"it has a character that a URI cannot have there; a blank is" + " written %20, a percent sign %25");
		}
		return new Endpoint(target, target, null, -1);
	}

	/** The resolver for Unix domain sockets ignores query and fragment. */
	private static boolean isWhole(String target) {
		try {
			URI uri = new URI(target);
			boolean socket = uri.getScheme().equals("unix");
			return uri.getSchemeSpecificPart().indexOf('\0') < 0
					&& !(socket && (uri.getRawQuery() != null || uri.getRawFragment() != null));
		}
		catch (URISyntaxException | NumberFormatException ex) {
			return false;
		}
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
		Matcher matcher = AUTHORITY.matcher(withZone(text));
		if (!matcher.matches()) {
			throw new IllegalArgumentException(
					"it is neither 'host' nor 'host:port'; an IPv6 address needs brackets, as in" + " '[::1]:8089'");
		}
		String host = HostName.of(matcher.group(1));
		int port = port(matcher.group(2), insecure);
		return new Endpoint(text, "dns:///" + escaped(host) + ":" + port, host, port);
	}

	// RFC 6874 section 2: '%25' is the percent sign before a zone, which is not empty.
	private static String withZone(String text) {
		return text.startsWith("[") ? text.replaceFirst("^([^\\]%]*)%25(?=[^\\]])", "$1%") : text;
	}

	// Brackets and a zone are part of the URI's path here (RFC 3986 section 3.3).
	private static String escaped(String host) {
		return host.startsWith("[") ? host.replace("%", "%25").replace("[", "%5B").replace("]", "%5D") : host;
	}

	private static int port(@Nullable String text, boolean insecure) {
		if (text == null) {
			return insecure ? PLAINTEXT_PORT : TLS_PORT;
		}
		int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
		if (port < 1 || port > 65535) {
			throw new IllegalArgumentException("'" + Excerpt.of(text) + "' is no port");
		}
		return port;
	}

}
