package io.flyteconnect.internal.config.text;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

import io.flyteconnect.config.HttpProxySettings.HttpProxy;
import io.flyteconnect.internal.configfile.Excerpt;

/**
 * Parses the URL of an HTTP forward proxy from a setting or a variable:
 * {@code [http://][user:password@]host[:port]} with the user and password
 * percent-encoded. A path has no meaning for a proxy and is ignored, as Go's
 * {@code golang.org/x/net/http/httpproxy} does. Error messages do not contain the URL,
 * which may include a password.
 */
public final class HttpProxyParser {

	private HttpProxyParser() {
	}

	/**
	 * Parse a proxy. The default port is 80, that of the scheme (RFC 9110 section 4.2.1).
	 * @param url the URL, with or without {@code http://}
	 * @return the proxy
	 * @throws IllegalArgumentException if the text is not a proxy URL; the message is a
	 * predicate such as "has no host"
	 */
	public static HttpProxy parse(String url) {
		String text = url.strip();
		int scheme = text.indexOf("://");
		// The last part of a compound scheme, which flytekit accepts, names the protocol.
		if (scheme >= 0 && !text.substring(0, scheme).matches("(?i)([a-z][a-z0-9+.-]*[+.-])?http")) {
			String name = text.substring(0, scheme);
			// A text that is not a scheme may contain a password.
			name = name.matches("[a-zA-Z][a-zA-Z0-9+.-]*") ? Excerpt.of(name) : "?";
			throw new IllegalArgumentException(
					"has the scheme '" + name + "', and '" + name + "' proxies are not supported, only 'http'");
		}
		String authority = text.substring((scheme >= 0) ? scheme + 3 : 0).split("[/?#]", 2)[0];
		int at = authority.lastIndexOf('@');
		String address = authority.substring(at + 1);
		int colon = address.lastIndexOf(':');
		boolean hasPort = colon > address.lastIndexOf(']');
		String host = host(hasPort ? address.substring(0, colon) : address);
		int port = hasPort ? port(address.substring(colon + 1)) : 80;
		String[] user = (at >= 0) ? authority.substring(0, at).split(":", 2) : new String[0];
		return new HttpProxy(host, port, decode(user, 0), decode(user, 1));
	}

	private static String host(String text) {
		boolean bracketed = text.startsWith("[") && text.endsWith("]");
		String host = bracketed ? text.substring(1, text.length() - 1) : text;
		if (!bracketed && host.indexOf(':') >= 0) {
			throw new IllegalArgumentException(
					"has an IPv6 address without brackets, which are written as in 'http://[::1]:3128'");
		}
		if (!host.matches("[^\\s\\[\\]]+")) {
			throw new IllegalArgumentException("has no host");
		}
		return host;
	}

	private static int port(String text) {
		if (text.isEmpty()) {
			return 80;
		}
		int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
		if (port < 1 || port > 65535) {
			throw new IllegalArgumentException("has no port between 1 and 65535 after the last colon");
		}
		return port;
	}

	// Only percent encoding is decoded: a plus sign in user and password is literal.
	private static @Nullable String decode(String[] user, int part) {
		try {
			return (part < user.length) ? UriUtils.decode(user[part], StandardCharsets.UTF_8) : null;
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"has a user or password with a '%' that is not followed by two hexadecimal digits");
		}
	}

}
