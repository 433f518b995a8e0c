package io.flyteconnect.fuzz;

import java.net.URI;

import io.flyteconnect.config.Endpoint;
import io.flyteconnect.internal.config.text.EndpointParser;
import io.flyteconnect.internal.config.text.Masked;
import io.flyteconnect.internal.config.text.PlaintextUrl;
import io.flyteconnect.internal.config.text.WebAddress;

/**
 * Endpoints, and addresses of other servers.
 */
public final class EndpointFuzz {

	private EndpointFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] data) {
		Input input = Input.of(data);
		String text = input.text();
		boolean insecure = input.is(0);
		Attempt attempt = Attempt.on(text);
		Endpoint endpoint = attempt.read(() -> EndpointParser.parse(text, insecure), IllegalArgumentException.class);
		if (endpoint != null) {
			check(endpoint, insecure);
		}
		attempt.read(() -> EndpointParser.parse("https://me:" + Attempt.SECRET + "@" + text, false),
				IllegalArgumentException.class);
		address(attempt, text);
		address(attempt, "https://me:" + Attempt.SECRET + "@" + text);
	}

	private static void check(Endpoint endpoint, boolean insecure) {
		URI target = URI.create(endpoint.target());
		Attempt.require(target.getScheme() != null, "The target names no resolver: " + target);
		if (endpoint.host() == null) {
			return;
		}
		Attempt.require(endpoint.port() > 0 && endpoint.port() <= 65535, "No port: " + endpoint);
		Attempt.require(endpoint.host().chars().allMatch((ch) -> ch > ' ' && ch < 127), "No host: " + endpoint);
		Endpoint again = EndpointParser.parse(endpoint.target(), insecure);
		Attempt.require(endpoint.host().equals(again.host()) && endpoint.port() == again.port(),
				endpoint + " becomes " + again);
	}

	private static void address(Attempt attempt, String text) {
		attempt.hides(String.valueOf(Masked.url(text)));
		attempt.hides(WebAddress.masked(text));
		WebAddress.withoutUser(text);
		URI uri = WebAddress.parse(text);
		if (uri != null && WebAddress.isUsable(uri.toString())) {
			Attempt.require(uri.getHost() != null, "No host: " + uri);
		}
		if (PlaintextUrl.isSafe(text) && !text.regionMatches(true, 0, "https", 0, 5)) {
			String host = URI.create(text).getHost();
			Attempt.require(
					host.matches("(?i)(.*\\.)?localhost|127\\..*|\\[.*[:.][0-9a-f]*1?]") || host.startsWith("["),
					"In plaintext to " + host);
		}
	}

}
