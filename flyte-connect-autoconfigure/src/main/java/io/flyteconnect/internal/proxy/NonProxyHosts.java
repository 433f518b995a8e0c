package io.flyteconnect.internal.proxy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The patterns of the JVM's {@code http.nonProxyHosts}, which hold for HTTP and HTTPS:
 * divided by {@code |}, with {@code *} for any text.
 */
final class NonProxyHosts {

	/**
	 * What the JDK adds to the patterns, unless the property is there and empty (Java
	 * networking properties, {@code http.nonProxyHosts}).
	 */
	private static final String LOOPBACK = "localhost|127.*|::1|0.0.0.0|::0";

	private final List<Pattern> patterns;

	private NonProxyHosts(String value) {
		this.patterns = Arrays.stream(value.split("\\|"))
			.map(String::strip)
			.filter((pattern) -> !pattern.isEmpty())
			.map(NonProxyHosts::compile)
			.toList();
	}

	/**
	 * Read the patterns as they are written.
	 * @param value the value of the property, or {@code null} if there is none
	 * @return the patterns
	 */
	static NonProxyHosts of(@Nullable String value) {
		return new NonProxyHosts((value != null) ? value : "");
	}

	/**
	 * Read the patterns with those that the JDK adds for a proxy of its own properties.
	 * @param value the value of the property, or {@code null} if there is none
	 * @return the patterns
	 */
	static NonProxyHosts withLoopback(@Nullable String value) {
		if (value == null) {
			return new NonProxyHosts(LOOPBACK);
		}
		return new NonProxyHosts(value.isEmpty() ? "" : value + "|" + LOOPBACK);
	}

	private static Pattern compile(String pattern) {
		String plain = pattern.replace("[", "").replace("]", "").toLowerCase(Locale.ROOT);
		return Pattern.compile(Pattern.quote(plain).replace("*", "\\E.*\\Q"));
	}

	/**
	 * Return whether a server is to be reached without a proxy.
	 * @param host the host, an IPv6 address without brackets
	 * @return whether a pattern matches
	 */
	boolean matches(String host) {
		String name = host.toLowerCase(Locale.ROOT);
		return this.patterns.stream().anyMatch((pattern) -> pattern.matcher(name).matches());
	}

}
