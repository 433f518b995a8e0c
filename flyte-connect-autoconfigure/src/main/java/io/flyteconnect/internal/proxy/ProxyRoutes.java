package io.flyteconnect.internal.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.grpc.HttpConnectProxiedSocketAddress;
import io.grpc.ProxiedSocketAddress;
import io.grpc.ProxyDetector;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.HttpProxy;
import io.flyteconnect.config.HttpProxyScope;
import io.flyteconnect.config.HttpProxySettings;
import io.flyteconnect.config.InvalidFlyteConfigurationException;

/**
 * Which forward proxy one connection takes to which server.
 * <p>
 * A configured proxy ({@code flyte.platform.http-proxy-url}) is taken to every server,
 * this machine included. Where none is configured, and for gRPC where its scope is
 * {@link HttpProxyScope#OAUTH}, the JVM's networking properties say which proxy to take
 * ({@code https.proxyHost} and {@code https.proxyPort}; {@code http.proxyHost} for plain
 * HTTP), and where they name none, the environment ({@code HTTPS_PROXY};
 * {@code HTTP_PROXY} for plain HTTP), as with Flyte's Go and Python clients. These two
 * are not taken to {@code localhost} and loopback addresses; of the JVM's, an empty
 * {@code http.nonProxyHosts} lifts that, as for the JDK's own clients.
 * <p>
 * User and password are those of the proxy's URL, else those of the system properties
 * {@code https.proxyUser} and {@code https.proxyPassword} ({@code http.*} for plain
 * HTTP), else those of the application's {@link java.net.Authenticator}. Those that a
 * proxy has refused are not shown to it again at once.
 * <p>
 * Servers that {@code NO_PROXY} or {@code http.nonProxyHosts} except are reached
 * directly, whichever of the three names the proxy. System properties are read at each
 * call, as the JVM does.
 *
 * @since 0.1.0
 */
public final class ProxyRoutes {

	private final HttpProxySettings settings;

	private final EnvironmentProxy environment;

	private final JvmProxy jvm;

	private final NoProxy noProxy;

	private final ProxyHints hints;

	private final UnaryOperator<@Nullable String> systemProperties;

	private final RefusedProxies refusals = new RefusedProxies();

	private ProxyRoutes(HttpProxySettings settings, Map<String, String> environment,
			UnaryOperator<@Nullable String> systemProperties) {
		this.settings = settings;
		this.environment = new EnvironmentProxy(Map.copyOf(environment));
		this.jvm = new JvmProxy(systemProperties);
		this.noProxy = this.environment.noProxy();
		this.hints = new ProxyHints(environment, systemProperties);
		this.systemProperties = systemProperties;
	}

	/**
	 * Create the routes of a connection.
	 * @param settings the settings
	 * @param environment the environment variables, usually {@link System#getenv()}
	 * @return the routes
	 */
	public static ProxyRoutes of(HttpProxySettings settings, Map<String, String> environment) {
		return of(settings, environment, System::getProperty);
	}

	public static ProxyRoutes of(HttpProxySettings settings, Map<String, String> environment,
			UnaryOperator<@Nullable String> systemProperties) {
		return new ProxyRoutes(settings, environment, systemProperties);
	}

	/**
	 * Return the proxy of a gRPC endpoint, which is that of HTTPS for plaintext too, as
	 * in Flyte's Go client.
	 * @param host the host, an IPv6 address with or without brackets
	 * @param port the port
	 * @return the proxy, or {@code null} to connect directly
	 * @throws InvalidFlyteConfigurationException if the JVM or the environment names a
	 * proxy that cannot be used
	 */
	public @Nullable HttpProxy forGrpc(String host, int port) {
		ProxyRoute route = routeForGrpc(host, port);
		return (route != null) ? route.proxy() : null;
	}

	/**
	 * Return the way to a gRPC endpoint.
	 * @param host the host, an IPv6 address with or without brackets
	 * @param port the port
	 * @return the way, or {@code null} to connect directly
	 * @throws InvalidFlyteConfigurationException if the JVM or the environment names a
	 * proxy that cannot be used
	 */
	public @Nullable ProxyRoute routeForGrpc(String host, int port) {
		HttpProxy configured = (this.settings.scope() == HttpProxyScope.ALL) ? this.settings.proxy() : null;
		return route(configured, true, host, port);
	}

	/**
	 * Return the proxy of an HTTP request.
	 * @param uri the URI of the request
	 * @return the proxy, or {@code null} to connect directly
	 * @throws InvalidFlyteConfigurationException if the JVM or the environment names a
	 * proxy that cannot be used
	 */
	public @Nullable HttpProxy forHttp(URI uri) {
		ProxyRoute route = routeForHttp(uri);
		return (route != null) ? route.proxy() : null;
	}

	/**
	 * Return the way of an HTTP request.
	 * @param uri the URI of the request
	 * @return the way, or {@code null} to connect directly
	 * @throws InvalidFlyteConfigurationException if the JVM or the environment names a
	 * proxy that cannot be used
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
		return isExcepted(host, port) ? null : proxyFor(configured, encrypted, host);
	}

	private boolean isExcepted(String host, int port) {
		return this.noProxy.matches(host, port) || NonProxyHosts.of(this.jvm.nonProxyHosts()).matches(host);
	}

	private @Nullable ProxyRoute proxyFor(@Nullable HttpProxy configured, boolean encrypted, String host) {
		if (configured != null) {
			return route(configured, ProxyRoute.PROPERTY, encrypted);
		}
		HttpProxy proxy = this.jvm.proxy(encrypted);
		if (proxy != null) {
			return NonProxyHosts.withLoopback(this.jvm.nonProxyHosts()).matches(host) ? null
					: route(proxy, "system property " + (encrypted ? "https" : "http") + ".proxyHost", encrypted);
		}
		proxy = this.environment.proxyFor(encrypted, host);
		return (proxy != null) ? route(proxy, "environment variable " + this.environment.variable(encrypted), encrypted)
				: null;
	}

	private ProxyRoute route(HttpProxy proxy, String namedBy, boolean encrypted) {
		return ProxyRoute.of(proxy, namedBy, encrypted, this.systemProperties, this.refusals);
	}

	private static String withoutBrackets(String host) {
		return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
	}

	/**
	 * Say which setting of a proxy leads nowhere, for the error of a server that cannot
	 * be reached without one.
	 * @param bracketed the host of the server, an IPv6 address with or without brackets
	 * @param port the port of the server
	 * @return the hint, or {@code null} if there is nothing to say
	 */
	public @Nullable String hint(String bracketed, int port) {
		String host = withoutBrackets(bracketed);
		if (EnvironmentProxy.isLoopback(host)) {
			return null;
		}
		if (isExcepted(host, port)) {
			return (proxyFor(this.settings.proxy(), true, host) != null)
					? this.hints.excepted(this.noProxy.matches(host, port)) : null;
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
	 * Return the detector for the gRPC channel. The name of the endpoint goes to the
	 * proxy as it is, so that it need not be known here; only the proxy's own name is
	 * looked up.
	 * @return the detector, which takes HTTP CONNECT with the proxy's user and password
	 */
	public ProxyDetector proxyDetector() {
		return this::proxied;
	}

	private @Nullable ProxiedSocketAddress proxied(SocketAddress target) throws IOException {
		if (!(target instanceof InetSocketAddress address)) {
			return null;
		}
		ProxyRoute route = usable(address);
		if (route == null) {
			return null;
		}
		String held = route.held();
		if (held != null) {
			throw new ProxyRefusedException(held);
		}
		HttpProxy proxy = route.proxy();
		HttpConnectProxiedSocketAddress.Builder builder = HttpConnectProxiedSocketAddress.newBuilder()
			.setTargetAddress(InetSocketAddress.createUnresolved(address.getHostString(), address.getPort()))
			.setProxyAddress(resolve(proxy));
		if (proxy.username() != null) {
			builder.setUsername(proxy.username()).setPassword((proxy.password() != null) ? proxy.password() : "");
		}
		return builder.build();
	}

	/**
	 * gRPC expects nothing but this exception here: any other leaves the call hanging.
	 */
	private @Nullable ProxyRoute usable(InetSocketAddress address) throws IOException {
		try {
			return routeForGrpc(address.getHostString(), address.getPort());
		}
		catch (InvalidFlyteConfigurationException ex) {
			throw new IOException("The proxy settings cannot be used: " + ex.getMessage(), ex);
		}
	}

	private static InetSocketAddress resolve(HttpProxy proxy) throws IOException {
		try {
			return new InetSocketAddress(InetAddress.getByName(proxy.host()), proxy.port());
		}
		catch (UnknownHostException ex) {
			throw new IOException("The host name of the proxy " + proxy + " is unknown", ex);
		}
	}

}
