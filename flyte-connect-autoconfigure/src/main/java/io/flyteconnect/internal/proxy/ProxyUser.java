package io.flyteconnect.internal.proxy;

import java.net.Authenticator;
import java.net.Authenticator.RequestorType;
import java.net.PasswordAuthentication;

import org.springframework.util.StringUtils;

import io.flyteconnect.config.HttpProxySettings.HttpProxy;

/**
 * The user of a proxy whose address names none: that of the system properties
 * {@code https.proxyUser} and {@code https.proxyPassword} ({@code http.proxyUser} for
 * plain HTTP), which Maven, Gradle and many applications take beside
 * {@code https.proxyHost}, and then that of {@link Authenticator}, as for the JDK's own
 * clients. The properties are meant for the proxy of {@code https.proxyHost}; where there
 * is none, for any.
 */
final class ProxyUser {

	private final String scheme;

	ProxyUser(String scheme) {
		this.scheme = scheme;
	}

	/**
	 * Give a proxy its user.
	 * @param proxy the proxy without user
	 * @param namedBy who named the proxy
	 * @param refusals what is remembered of proxies
	 * @return the route, with the user where there is one
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
