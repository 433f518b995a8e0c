package io.flyteconnect.internal.proxy;

import java.net.Authenticator;
import java.net.Authenticator.RequestorType;
import java.net.PasswordAuthentication;

import org.springframework.util.StringUtils;

import io.flyteconnect.config.HttpProxySettings.HttpProxy;

/**
 * Finds the user of a proxy whose URL has none. It comes from the system properties
 * {@code https.proxyUser} and {@code https.proxyPassword} ({@code http.proxyUser} for
 * plain HTTP), which Maven, Gradle and many applications read with
 * {@code https.proxyHost}, or else from {@link Authenticator}, as for the JDK's own
 * clients. The properties apply to the proxy of {@code https.proxyHost}, or to any proxy
 * if that is not set.
 */
final class ProxyUser {

	private final String scheme;

	ProxyUser(String scheme) {
		this.scheme = scheme;
	}

	/**
	 * Create the route to a proxy with its user.
	 * @param proxy the proxy without user
	 * @param namedBy the setting that names the proxy
	 * @param refusals the rejections of proxies
	 * @return the route, with the user if there is one
	 */
	ProxyRoute route(HttpProxy proxy, String namedBy, RefusedProxies refusals) {
		String user = System.getProperty(this.scheme + ".proxyUser");
		if (StringUtils.hasText(user) && isMeant(proxy)) {
			HttpProxy named = new HttpProxy(proxy.host(), proxy.port(), user,
					System.getProperty(this.scheme + ".proxyPassword"));
			return new ProxyRoute(named, this.scheme, namedBy,
					"the system properties " + this.scheme + ".proxyUser and " + this.scheme + ".proxyPassword",
					refusals);
		}
		PasswordAuthentication answer = (Authenticator.getDefault() != null)
				? Authenticator.requestPasswordAuthentication(proxy.host(), null, proxy.port(), this.scheme, "",
						"basic", null, RequestorType.PROXY)
				: null;
		if (answer == null || answer.getUserName() == null) {
			return new ProxyRoute(proxy, this.scheme, namedBy, null, refusals);
		}
		HttpProxy named = new HttpProxy(proxy.host(), proxy.port(), answer.getUserName(),
				new String(answer.getPassword()));
		return new ProxyRoute(named, this.scheme, namedBy, "the application's java.net.Authenticator", refusals);
	}

	private boolean isMeant(HttpProxy proxy) {
		String host = System.getProperty(this.scheme + ".proxyHost");
		return !StringUtils.hasText(host) || host.equalsIgnoreCase(proxy.host());
	}

}
