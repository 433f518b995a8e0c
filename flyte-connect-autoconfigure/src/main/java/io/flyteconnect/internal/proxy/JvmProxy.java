package io.flyteconnect.internal.proxy;

import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import io.flyteconnect.config.HttpProxy;
import io.flyteconnect.config.InvalidFlyteConfigurationException;

/**
 * The proxy of the JVM's networking properties: {@code https.proxyHost} and
 * {@code https.proxyPort} (443) for gRPC and HTTPS, {@code http.proxyHost} and
 * {@code http.proxyPort} (80) for plain HTTP.
 */
final class JvmProxy {

	private final UnaryOperator<@Nullable String> properties;

	JvmProxy(UnaryOperator<@Nullable String> properties) {
		this.properties = properties;
	}

	/**
	 * Return the proxy for any server that is not excepted.
	 * @param encrypted whether it is called by gRPC or HTTPS
	 * @return the proxy, or {@code null} if the properties name none
	 */
	@Nullable HttpProxy proxy(boolean encrypted) {
		String scheme = encrypted ? "https" : "http";
		String host = this.properties.apply(scheme + ".proxyHost");
		if (!StringUtils.hasText(host)) {
			return null;
		}
		int port = port(scheme + ".proxyPort", encrypted ? 443 : 80);
		return new HttpProxy(host, port, null, null);
	}

	/**
	 * Return the value of {@code http.nonProxyHosts}.
	 * @return the value, or {@code null} if there is none
	 */
	@Nullable String nonProxyHosts() {
		return this.properties.apply("http.nonProxyHosts");
	}

	private int port(String property, int defaultPort) {
		String value = this.properties.apply(property);
		if (!StringUtils.hasText(value)) {
			return defaultPort;
		}
		int port = value.matches("\\d{1,5}") ? Integer.parseInt(value) : 0;
		if (port < 1 || port > 65535) {
			throw new InvalidFlyteConfigurationException("flyte.platform.http-proxy-url", "system property " + property,
					"The system property " + property + " is '" + value + "', which is no port.",
					"Correct it, or name the proxy by flyte.platform.http-proxy-url.", null);
		}
		return port;
	}

}
