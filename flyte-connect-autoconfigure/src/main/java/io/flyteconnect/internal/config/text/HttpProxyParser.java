package io.flyteconnect.internal.config.text;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.HttpProxy;
import io.flyteconnect.internal.configfile.Excerpt;

/**
 * Reads the URL of an HTTP forward proxy. What is wrong is said without the URL, which
 * may hold a password.
 */
public final class HttpProxyParser {

	private static final Pattern URL = Pattern.compile(
			"(?:([a-zA-Z][a-zA-Z0-9+.-]*)://)?(?:(.*)@)?(\\[[0-9a-zA-Z:.%]+]|[^:/?#\\[\\]@\\s]+)(?::(\\d{1,5}))?/?");

	/** Proxies of another kind: to speak HTTP to them in plaintext would be wrong. */
	private static final Set<String> OTHER_KINDS = Set.of("https", "socks", "socks4", "socks4a", "socks5", "socks5h");

	private HttpProxyParser() {
	}

	/**
	 * Read a proxy. Without a port it is 80, as the scheme has it (RFC 9110 section
	 * 4.2.1).
	 * @param url the URL, with or without {@code http://}
	 * @return the proxy
	 * @throws IllegalArgumentException if the text cannot mean a proxy
	 */
	public static HttpProxy parse(String url) {
		Matcher matcher = URL.matcher(url.strip());
		if (!matcher.matches()) {
			throw new IllegalArgumentException("it is no URL of the form http://[user:password@]host:port");
		}
		String scheme = matcher.group(1);
		if (scheme != null && OTHER_KINDS.contains(scheme.toLowerCase(Locale.ROOT))) {
			throw new IllegalArgumentException("'" + Excerpt.of(scheme) + "' proxies are not supported, only 'http'");
		}
		String host = matcher.group(3);
		host = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
		int port = (matcher.group(4) != null) ? Integer.parseInt(matcher.group(4)) : 80;
		if (port < 1 || port > 65535) {
			throw new IllegalArgumentException("'" + port + "' is no port");
		}
		String user = matcher.group(2);
		if (user == null) {
			return new HttpProxy(host, port, null, null);
		}
		int colon = user.indexOf(':');
		String name = (colon < 0) ? user : user.substring(0, colon);
		String password = (colon < 0) ? null : user.substring(colon + 1);
		return new HttpProxy(host, port, decode(name), (password != null) ? decode(password) : null);
	}

	// Percent encoding only: a plus sign stands for itself in user and password.
	private static @Nullable String decode(String text) {
		try {
			return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("user or password have a '%' that is not followed by two hex digits");
		}
	}

}
