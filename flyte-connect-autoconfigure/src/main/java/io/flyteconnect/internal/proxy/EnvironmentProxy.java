package io.flyteconnect.internal.proxy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import io.flyteconnect.config.HttpProxySettings.HttpProxy;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.internal.config.text.HttpProxyParser;

/**
 * Finds the proxy of the environment variables as Go's
 * {@code golang.org/x/net/http/httpproxy} does: {@code HTTPS_PROXY} for gRPC and HTTPS,
 * {@code HTTP_PROXY} for plain HTTP, upper case before lower case, and none for
 * {@code localhost} and loopback addresses. {@code HTTP_PROXY} is ignored under CGI (if
 * there is a {@code REQUEST_METHOD}), where a client could set it with a header.
 */
final class EnvironmentProxy {

	private final Map<String, String> environment;

	EnvironmentProxy(Map<String, String> environment) {
		this.environment = environment;
	}

	/**
	 * Return the proxy for a server.
	 * @param encrypted whether it is called with gRPC or HTTPS
	 * @param host the host, an IPv6 address without brackets
	 * @return the proxy, or {@code null} to connect directly
	 * @throws InvalidFlyteConfigurationException if the variable is not a valid proxy URL
	 */
	@Nullable HttpProxy proxyFor(boolean encrypted, String host) {
		if (isLoopback(host) || (!encrypted && this.environment.containsKey("REQUEST_METHOD"))) {
			return null;
		}
		String variable = variable(encrypted);
		String value = this.environment.getOrDefault(variable, "").strip();
		return value.isEmpty() ? null : parse(variable, value);
	}

	/**
	 * Return the variable that names the proxy.
	 * @param encrypted whether a server is called with gRPC or HTTPS
	 * @return the variable in upper case, unless only the one in lower case is set
	 */
	String variable(boolean encrypted) {
		String variable = encrypted ? "HTTPS_PROXY" : "HTTP_PROXY";
		return StringUtils.hasText(this.environment.get(variable)) ? variable : variable.toLowerCase(Locale.ROOT);
	}

	/**
	 * Return the servers to reach without a proxy.
	 * @return the entries of {@code NO_PROXY}, or else {@code no_proxy}
	 */
	NoProxy noProxy() {
		String value = this.environment.getOrDefault("NO_PROXY", "");
		return NoProxy.of(value.isEmpty() ? this.environment.get("no_proxy") : value);
	}

	static boolean isLoopback(String host) {
		byte @Nullable [] address = NoProxy.address(host);
		try {
			return host.equalsIgnoreCase("localhost")
					|| (address != null && InetAddress.getByAddress(address).isLoopbackAddress());
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static HttpProxy parse(String variable, String value) {
		try {
			return HttpProxyParser.parse(value);
		}
		catch (IllegalArgumentException ex) {
			throw invalid(variable, String.valueOf(ex.getMessage()));
		}
	}

	// Neither message nor cause contain the value, which may include a password
	private static InvalidFlyteConfigurationException invalid(String variable, String problem) {
		return new InvalidFlyteConfigurationException("flyte.platform.http-proxy-url",
				"environment variable " + variable, "The environment variable " + variable + " " + problem + ".",
				"Write it as http://user:password@host:port, name another proxy by flyte.platform.http-proxy-url, or"
						+ " except Flyte's hosts by NO_PROXY.",
				null);
	}

}
