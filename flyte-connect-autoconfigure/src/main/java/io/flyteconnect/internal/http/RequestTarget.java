package io.flyteconnect.internal.http;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.util.StringUtils;

import io.flyteconnect.config.HttpProxySettings.HttpProxy;
import io.flyteconnect.internal.proxy.ProxyRoute;
import io.flyteconnect.internal.proxy.ProxyRoutes;

/**
 * The target of a request and the route to it. The text form can be used in errors: its
 * URL has no user, no query and no fragment.
 *
 * @param method the method
 * @param encrypted whether the scheme is {@code https}
 * @param host the host, an IPv6 address without brackets
 * @param port the port
 * @param path the path with the query, in ASCII
 * @param route the route through a proxy, or {@code null} to connect directly
 * @param hint a hint at a proxy setting that has no effect, or {@code null}
 */
record RequestTarget(HttpMethod method, boolean encrypted, String host, int port, String path,
		@Nullable ProxyRoute route, @Nullable String hint) {

	static RequestTarget of(HttpMethod method, URI uri, ProxyRoutes routes) throws HttpExchangeException {
		boolean encrypted = "https".equalsIgnoreCase(uri.getScheme());
		if (uri.getHost() == null || (!encrypted && !"http".equalsIgnoreCase(uri.getScheme()))) {
			throw new HttpExchangeException(HttpExchangeException.Failure.ADDRESS,
					method + " to a URL with scheme '" + uri.getScheme() + "' and host '" + uri.getHost()
							+ "': it takes http or https and a host name of letters, digits, '-' and '.'",
					null);
		}
		URI ascii = URI.create(uri.toASCIIString());
		String path = StringUtils.hasLength(ascii.getRawPath()) ? ascii.getRawPath() : "/";
		String query = (ascii.getRawQuery() != null) ? "?" + ascii.getRawQuery() : "";
		int port = (uri.getPort() != -1) ? uri.getPort() : defaultPort(encrypted);
		String host = uri.getHost().startsWith("[") ? uri.getHost().substring(1, uri.getHost().length() - 1)
				: uri.getHost();
		ProxyRoute route = routes.routeForHttp(uri);
		return new RequestTarget(method, encrypted, host, port, path + query, route,
				(route == null && encrypted) ? routes.hint(host, port) : null);
	}

	@Nullable HttpProxy proxy() {
		return (this.route != null) ? this.route.proxy() : null;
	}

	private static int defaultPort(boolean encrypted) {
		return encrypted ? 443 : 80;
	}

	/**
	 * Return whether the request uses a CONNECT tunnel.
	 * @return whether there is a proxy and the request is encrypted
	 */
	boolean tunneled() {
		return this.encrypted && this.route != null;
	}

	/**
	 * Return the value of the {@code Host} header (RFC 9110, section 7.2).
	 * @return the host, with the port unless it is the default of the scheme
	 */
	String authority() {
		String name = (this.host.indexOf(':') >= 0) ? "[" + this.host + "]" : this.host;
		return (this.port == defaultPort(this.encrypted)) ? name : name + ":" + this.port;
	}

	/**
	 * Return the target of the request line (RFC 9112, section 3.2).
	 * @return the absolute form for a proxy without a tunnel, otherwise the origin form
	 */
	String requestLineTarget() {
		boolean absolute = !this.encrypted && this.route != null;
		return absolute ? "http://" + authority() + this.path : this.path;
	}

	@Override
	public String toString() {
		int query = this.path.indexOf('?');
		String name = (this.host.indexOf(':') >= 0) ? "[" + this.host + "]" : this.host;
		return this.method + " " + (this.encrypted ? "https://" : "http://") + name + ":" + this.port
				+ ((query >= 0) ? this.path.substring(0, query) : this.path)
				+ ((this.route != null) ? " through the proxy " + this.route.proxy() : "");
	}

}
