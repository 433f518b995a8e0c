package io.flyteconnect.internal.proxy;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * Finds proxy settings of other programs that have no effect here, for the error message
 * about a server that cannot be reached.
 */
final class ProxyHints {

	private static final String REMEDY = ": set HTTPS_PROXY or flyte.platform.http-proxy-url to reach Flyte through it";

	/**
	 * Variables that curl, gRPC's libraries for other languages and other programs read.
	 */
	private static final List<String> VARIABLES = List.of("ALL_PROXY", "all_proxy", "grpc_proxy", "GRPC_PROXY",
			"GRPC_PROXY_EXP");

	private static final List<String> PROPERTIES = List.of("http.proxyHost", "socksProxyHost");

	private final Map<String, String> environment;

	ProxyHints(Map<String, String> environment) {
		this.environment = environment;
	}

	/**
	 * Return a hint at a proxy setting that has no effect on gRPC and HTTPS.
	 * @return the hint without the value, which may contain a password, or {@code null}
	 * if there is no such setting
	 */
	@Nullable String unused() {
		for (String variable : List.of("HTTP_PROXY", "http_proxy")) {
			if (isSet(variable)) {
				return "the environment variable " + variable
						+ " is set, but names the proxy of plain http: addresses only" + REMEDY;
			}
		}
		for (String variable : VARIABLES) {
			if (isSet(variable)) {
				return "the environment variable " + variable + " is set, but not read here" + REMEDY;
			}
		}
		for (String property : PROPERTIES) {
			if (StringUtils.hasText(System.getProperty(property))) {
				return "the system property " + property
						+ " is set, but names no proxy of https: set https.proxyHost or flyte.platform.http-proxy-url to"
						+ " reach Flyte through it";
			}
		}
		return null;
	}

	/**
	 * Return a hint at the setting that excludes a server from the proxy.
	 * @param byNoProxy whether it is {@code NO_PROXY}
	 * @return the hint
	 */
	String excluded(boolean byNoProxy) {
		return (byNoProxy ? "the environment variable NO_PROXY" : "the system property http.nonProxyHosts")
				+ " excepts this host from the proxy that is set";
	}

	private boolean isSet(String variable) {
		return StringUtils.hasText(this.environment.get(variable));
	}

}
