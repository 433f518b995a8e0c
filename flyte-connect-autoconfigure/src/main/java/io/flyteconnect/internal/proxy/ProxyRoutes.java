package io.flyteconnect.internal.proxy;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

import io.grpc.ProxyDetector;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.HttpProxyScope;
import io.flyteconnect.config.HttpProxySettings;
import io.flyteconnect.config.HttpProxySettings.HttpProxy;
import io.flyteconnect.config.InvalidFlyteConfigurationException;

/**
 * Chooses the forward proxy of a connection for each server.
 * <p>
 * A configured proxy ({@code flyte.platform.http-proxy-url}) is used for every server,
 * including this machine. If none is configured, or for gRPC if its scope is
 * {@link HttpProxyScope#OAUTH}, {@link java.net.ProxySelector#getDefault()} selects the
 * proxy. It is the application's selector or the JDK's, which reads the JVM's networking
 * properties ({@code https.proxyHost} and {@code https.proxyPort}; {@code http.proxyHost}
 * for plain HTTP). If it selects none, the environment variables do ({@code HTTPS_PROXY};
 * {@code HTTP_PROXY} for plain HTTP), as with Flyte's Go and Python clients. Neither the
 * JDK's proxy nor that of the environment is used for {@code localhost} and loopback
 * addresses, except for the JDK's if {@code http.nonProxyHosts} is empty.
 * <p>
 * User and password come from the proxy's URL, or else from the system properties
 * {@code https.proxyUser} and {@code https.proxyPassword} ({@code http.*} for plain
 * HTTP), or else from the application's {@link java.net.Authenticator}. Those that a
 * proxy has rejected are not sent again at once.
 * <p>
 * Servers in {@code NO_PROXY} or {@code http.nonProxyHosts} are called directly,
 * whichever of the three selects the proxy. The selector and the system properties are
 * read for each connection, as the JVM does.
 *
 * @since 0.1.0
 */
public final class ProxyRoutes {

	private final HttpProxySettings settings;

	private final EnvironmentProxy environment;

	private final NoProxy noProxy;

	private final ProxyHints hints;

	private final RefusedProxies refusals = new RefusedProxies();

	private ProxyRoutes(HttpProxySettings settings, Map<String, String> environment) {
		this.settings = settings;
		this.environment = new EnvironmentProxy(Map.copyOf(environment));
		this.noProxy = this.environment.noProxy();
		this.hints = new ProxyHints(environment);
	}

	/**
	 * Create the routes of a connection.
	 * @param settings the settings
	 * @param environment the environment variables, usually {@link System#getenv()}
	 * @return the routes
	 */
	public static ProxyRoutes of(HttpProxySettings settings, Map<String, String> environment) {
		return new ProxyRoutes(settings, environment);
	}

	/**
	 * Return the route to a gRPC endpoint. It uses the proxy for HTTPS even for
	 * plaintext, as Flyte's Go client does.
	 * @param host the host, an IPv6 address with or without brackets
	 * @param port the port
	 * @return the route, or {@code null} to connect directly
	 * @throws InvalidFlyteConfigurationException if the JVM or the environment names an
	 * invalid proxy
	 */
	public @Nullable ProxyRoute routeForGrpc(String host, int port) {
		HttpProxy configured = (this.settings.scope() == HttpProxyScope.ALL) ? this.settings.proxy() : null;
		return route(configured, true, host, port);
	}

	/**
	 * Return the route of an HTTP request.
	 * @param uri the URI of the request
	 * @return the route, or {@code null} to connect directly
	 * @throws InvalidFlyteConfigurationException if the JVM or the environment names an
	 * invalid proxy
	 */
	public @Nullable ProxyRoute routeForHttp(URI uri) {
		String host = uri.getHost();
		if (host == null) {
			return null;
		}
		boolean encrypted = !"http".equalsIgnoreCase(uri.getScheme());
		int defaultPort = encrypted ? 443 : 80;
		return route(this.settings.proxy(), encrypted, host, (uri.getPort() != -1) ? uri.getPort() : defaultPort);
	}

	private @Nullable ProxyRoute route(@Nullable HttpProxy configured, boolean encrypted, String bracketed, int port) {
		String host = withoutBrackets(bracketed);
		return isExcepted(host, port) ? null : proxyFor(configured, encrypted, host, port);
	}

	private boolean isExcepted(String host, int port) {
		return this.noProxy.matches(host, port) || isNonProxyHost(host.toLowerCase(Locale.ROOT));
	}

	// The patterns of http.nonProxyHosts are separated by |, with * for any text. The
	// JDK's selector applies them to the JDK's own proxy only.
	private static boolean isNonProxyHost(String host) {
		String patterns = System.getProperty("http.nonProxyHosts", "").toLowerCase(Locale.ROOT);
		return Arrays.stream(patterns.split("\\|"))
			.map((pattern) -> pattern.replaceAll("[\\[\\]\\s]", ""))
			.anyMatch((pattern) -> HostPattern.matches(pattern, host));
	}

	private @Nullable ProxyRoute proxyFor(@Nullable HttpProxy configured, boolean encrypted, String host, int port) {
		if (configured != null) {
			return route(configured, ProxyRoute.PROPERTY, encrypted);
		}
		SelectedProxy selected = SelectedProxy.find(encrypted, host, port);
		if (selected != null) {
			return route(selected.proxy(), selected.namedBy(), encrypted);
		}
		HttpProxy proxy = this.environment.proxyFor(encrypted, host);
		return (proxy != null) ? route(proxy, "environment variable " + this.environment.variable(encrypted), encrypted)
				: null;
	}

	private ProxyRoute route(HttpProxy proxy, String namedBy, boolean encrypted) {
		return ProxyRoute.of(proxy, namedBy, encrypted, this.refusals);
	}

	private static String withoutBrackets(String host) {
		return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
	}

	/**
	 * Return a hint at a proxy setting that has no effect, for the error message about a
	 * server that cannot be reached directly.
	 * @param bracketed the host of the server, an IPv6 address with or without brackets
	 * @param port the port of the server
	 * @return the hint, or {@code null} if there is no such setting
	 */
	public @Nullable String hint(String bracketed, int port) {
		String host = withoutBrackets(bracketed);
		if (EnvironmentProxy.isLoopback(host)) {
			return null;
		}
		if (isExcepted(host, port)) {
			return (proxyFor(this.settings.proxy(), true, host, port) != null)
					? this.hints.excluded(this.noProxy.matches(host, port)) : null;
		}
		if (routeForGrpc(host, port) != null) {
			return null;
		}
		if (this.settings.proxy() != null) {
			return "flyte.platform.http-proxy-scope=oauth keeps calls from the proxy of " + ProxyRoute.PROPERTY;
		}
		return this.hints.unused();
	}

	/**
	 * Return the detector for the gRPC channel.
	 * @return the detector, which uses HTTP CONNECT with the proxy's user and password
	 */
	public ProxyDetector proxyDetector() {
		return new HttpConnectDetector(this);
	}

}
