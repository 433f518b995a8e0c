package io.flyteconnect.fuzz;

import java.net.URI;
import java.util.Map;

import io.flyteconnect.config.Endpoint;
import io.flyteconnect.config.HttpProxyScope;
import io.flyteconnect.config.HttpProxySettings;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.internal.config.text.EndpointParser;
import io.flyteconnect.internal.config.text.HttpProxyParser;
import io.flyteconnect.internal.proxy.ProxyRoute;
import io.flyteconnect.internal.proxy.ProxyRoutes;

/**
 * The environment's proxies.
 */
public final class ProxyVariablesFuzz {

	private static final HttpProxySettings NONE = new HttpProxySettings(null, HttpProxyScope.ALL);

	private ProxyVariablesFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] data) {
		Input input = Input.of(data);
		String[] lines = input.lines(4);
		Attempt attempt = Attempt.on(input.text());
		String user = "http://me:" + Attempt.SECRET;
		Map<String, String> variables = Map.of("HTTPS_PROXY", input.is(0) ? user + "@" + lines[0] : lines[0],
				"http_proxy", input.is(1) ? user + lines[1] : lines[1], "NO_PROXY", lines[2], "no_proxy", lines[0]);
		ProxyRoutes routes = ProxyRoutes.of(NONE, variables);
		String host = host(lines[3]);
		attempt.read(() -> HttpProxyParser.parse(user + lines[0]), IllegalArgumentException.class);
		check(attempt, attempt.read(() -> routes.routeForGrpc(host, 443), InvalidFlyteConfigurationException.class));
		check(attempt, attempt.read(() -> routes.routeForHttp(URI.create("http://" + host + "/token")),
				InvalidFlyteConfigurationException.class));
		attempt.hides(String
			.valueOf((String) attempt.read(() -> routes.hint(host, 443), InvalidFlyteConfigurationException.class)));
	}

	private static String host(String text) {
		try {
			Endpoint endpoint = EndpointParser.parse(text, false);
			return (endpoint.host() != null) ? endpoint.host() : "flyte.example";
		}
		catch (IllegalArgumentException ex) {
			return "flyte.example";
		}
	}

	private static void check(Attempt attempt, ProxyRoute route) {
		if (route != null) {
			attempt.hides(route.toString());
			attempt.hides(route.refused("Basic"));
			attempt.hides(String.valueOf(route.held()));
			Attempt.require(route.proxy().port() > 0 && route.proxy().port() <= 65535, "No port: " + route);
			Attempt.require(!route.proxy().host().isEmpty(), "No host: " + route);
		}
	}

}
