package io.flyteconnect.internal.proxy;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.HttpProxySettings.HttpProxy;

/**
 * The route to a server through a forward proxy: the proxy, the setting that names it,
 * and the source of its user.
 *
 * @since 0.1.0
 */
public final class ProxyRoute {

	/** The property that names a proxy. */
	static final String PROPERTY = "flyte.platform.http-proxy-url";

	private final HttpProxy proxy;

	private final String scheme;

	private final String namedBy;

	private final @Nullable String userFrom;

	private final RefusedProxies refusals;

	ProxyRoute(HttpProxy proxy, String scheme, String namedBy, @Nullable String userFrom, RefusedProxies refusals) {
		this.proxy = proxy;
		this.scheme = scheme;
		this.namedBy = namedBy;
		this.userFrom = userFrom;
		this.refusals = refusals;
	}

	/**
	 * Create a route to a proxy and find its user.
	 * @param proxy the proxy, with or without a user
	 * @param namedBy the property or the variable that names it
	 * @param encrypted whether the server is called with gRPC or HTTPS
	 * @param refusals the rejections of proxies
	 * @return the route, with the user of the proxy's URL, or else of the system
	 * properties, or else of {@link java.net.Authenticator}
	 */
	static ProxyRoute of(HttpProxy proxy, String namedBy, boolean encrypted, RefusedProxies refusals) {
		String scheme = encrypted ? "https" : "http";
		return (proxy.username() != null) ? new ProxyRoute(proxy, scheme, namedBy, namedBy, refusals)
				: new ProxyUser(scheme).route(proxy, namedBy, refusals);
	}

	/**
	 * Return the proxy.
	 * @return the proxy with its user
	 */
	public HttpProxy proxy() {
		return this.proxy;
	}

	/**
	 * Return the setting that names the proxy.
	 * @return a property, a system property or an environment variable
	 */
	public String namedBy() {
		return this.namedBy;
	}

	/**
	 * Remember that the proxy has required a user or rejected the one that was sent
	 * (status 407), so that the same password is not sent again at once.
	 * @param offered the authentication schemes that the proxy offers
	 * ({@code Proxy-Authenticate}), or {@code null} if it names none
	 * @return the error message with what to do
	 */
	public String refused(@Nullable String offered) {
		String text = explain(offered);
		if (this.proxy.username() != null) {
			this.refusals.add(this.proxy, text);
		}
		return text;
	}

	/**
	 * Return whether the proxy has rejected this user and password recently.
	 * @return the error message to throw instead of a new attempt, or {@code null} to try
	 */
	public @Nullable String held() {
		return this.refusals.held(this.proxy);
	}

	private String explain(@Nullable String offered) {
		if (offered != null && !offered.toLowerCase(Locale.ROOT).contains("basic")) {
			return "the proxy wants its clients to authenticate (status 407), but not by user and password (Basic),"
					+ " which is the one way that is known here: name another proxy by " + PROPERTY
					+ ", or let this one pass Flyte without";
		}
		if (this.proxy.username() == null) {
			return "the proxy asks for a user and password (status 407), and none is set: " + remedy();
		}
		boolean empty = this.proxy.password() == null || this.proxy.password().isEmpty();
		return "the proxy does not accept the " + (empty ? "user without a password" : "user and password") + " of "
				+ this.userFrom + " (status 407): "
				+ (this.namedBy.equals(this.userFrom) ? remedy() : "correct them, or " + remedy());
	}

	private String remedy() {
		if (this.namedBy.startsWith("system property") || this.namedBy.equals(SelectedProxy.SELECTOR)) {
			return "set the system properties " + this.scheme + ".proxyUser and " + this.scheme
					+ ".proxyPassword, or name proxy, user and password by " + PROPERTY;
		}
		return "set them in " + this.namedBy + " as http://user:password@host:port, percent-encoded";
	}

	@Override
	public String toString() {
		return this.proxy + " (" + this.namedBy + ")";
	}

}
