package io.flyteconnect.internal.proxy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import io.flyteconnect.config.HttpProxySettings.HttpProxy;
import io.flyteconnect.config.InvalidFlyteConfigurationException;

/**
 * The proxy that {@link ProxySelector#getDefault()} names: that of the application's
 * selector, or of the JDK's, which reads the networking properties
 * ({@code https.proxyHost} and {@code https.proxyPort} for gRPC and HTTPS, {@code http.*}
 * for plain HTTP) and ignores loopback addresses unless {@code http.nonProxyHosts} is set
 * to an empty text.
 *
 * @param proxy the proxy
 * @param namedBy the setting that names it
 */
record SelectedProxy(HttpProxy proxy, String namedBy) {

	static final String SELECTOR = "java.net.ProxySelector";

	/**
	 * Select the proxy for a server.
	 * @param encrypted whether it is called with gRPC or HTTPS
	 * @param host the host, an IPv6 address without brackets
	 * @param port the port
	 * @return the first HTTP proxy, or {@code null} if there is none
	 * @throws InvalidFlyteConfigurationException if the selector fails, or the port in a
	 * system property is invalid
	 */
	static @Nullable SelectedProxy find(boolean encrypted, String host, int port) {
		ProxySelector selector = ProxySelector.getDefault();
		if (selector == null) {
			return null;
		}
		String scheme = encrypted ? "https" : "http";
		String property = System.getProperty(scheme + ".proxyHost");
		if (StringUtils.hasText(property)) {
			requirePort(scheme + ".proxyPort");
		}
		for (Proxy proxy : select(selector, scheme, host, port)) {
			if (proxy.type() == Proxy.Type.HTTP && proxy.address() instanceof InetSocketAddress address
					&& StringUtils.hasText(address.getHostString())) {
				return new SelectedProxy(new HttpProxy(address.getHostString(), address.getPort(), null, null),
						address.getHostString().equals(property) ? "system property " + scheme + ".proxyHost"
								: SELECTOR);
			}
		}
		return null;
	}

	private static List<Proxy> select(ProxySelector selector, String scheme, String host, int port) {
		String name = (host.indexOf(':') >= 0) ? "[" + host + "]" : host;
		try {
			return selector.select(URI.create(scheme + "://" + name + ":" + port + "/"));
		}
		catch (RuntimeException ex) {
			throw new InvalidFlyteConfigurationException(ProxyRoute.PROPERTY, selector.getClass().getName(),
					"The application's java.net.ProxySelector fails for the host '" + host + "'.",
					"Let the selector answer, or name the proxy by flyte.platform.http-proxy-url.", ex);
		}
	}

	// The JDK uses its default port if the property is not a port.
	private static void requirePort(String property) {
		String value = System.getProperty(property);
		int port = (value != null && value.matches("\\d{1,5}")) ? Integer.parseInt(value) : 0;
		if (StringUtils.hasText(value) && (port < 1 || port > 65535)) {
			throw new InvalidFlyteConfigurationException(ProxyRoute.PROPERTY, "system property " + property,
					"The system property " + property + " is '" + value + "', which is no port.",
					"Correct it, or name the proxy by flyte.platform.http-proxy-url.", null);
		}
	}

}
