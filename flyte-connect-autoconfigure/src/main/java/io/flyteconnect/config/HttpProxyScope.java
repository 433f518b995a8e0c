package io.flyteconnect.config;

/**
 * What goes through the proxy of {@code flyte.platform.http-proxy-url}.
 *
 * @since 0.1.0
 */
public enum HttpProxyScope {

	/**
	 * The gRPC channel and every HTTP request.
	 */
	ALL,

	/**
	 * Only the HTTP requests of login, as Flyte's Go client and flytekit do.
	 */
	OAUTH

}
