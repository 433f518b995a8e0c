package io.flyteconnect.integration.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The pages for a person that Ory Hydra leaves to others: one to log in, one to consent.
 */
final class HydraPages implements AutoCloseable {

	private final HydraAdministration administration;

	private final HttpServer server;

	HydraPages(HydraAdministration administration) {
		this.administration = administration;
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/login", (exchange) -> serve(exchange, "login"));
		this.server.createContext("/consent", (exchange) -> serve(exchange, "consent"));
		this.server.createContext("/error",
				(exchange) -> page(exchange, "<p>" + exchange.getRequestURI().getQuery() + "</p>"));
		this.server.start();
	}

	URI address() {
		return URI.create("http://localhost:" + this.server.getAddress().getPort());
	}

	private void serve(HttpExchange exchange, String kind) throws IOException {
		String challenge = UriComponentsBuilder.fromUri(exchange.getRequestURI())
			.build()
			.getQueryParams()
			.getFirst(kind + "_challenge");
		if (!"POST".equals(exchange.getRequestMethod())) {
			page(exchange, "<form method=post>" + ("login".equals(kind)
					? "<input name=username><input name=password type=password><button name=answer value=accept>Log in"
					: this.administration.requestedScopes(challenge)
							+ "<button name=answer value=accept>Allow</button><button name=answer value=reject>Deny")
					+ "</button></form>");
			return;
		}
		String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		URI next = form.contains("answer=accept")
				? this.administration.answer(kind, challenge, "accept",
						"login".equals(kind) ? Map.of("subject", "ada") : granted(challenge))
				: this.administration.answer(kind, challenge, "reject", Map.of("error", "access_denied"));
		exchange.getResponseHeaders().set("Location", next.toString());
		exchange.sendResponseHeaders(303, -1);
		exchange.close();
	}

	private Map<String, List<String>> granted(String challenge) {
		return Map.of("grant_scope", this.administration.requestedScopes(challenge));
	}

	private static void page(HttpExchange exchange, String content) throws IOException {
		byte[] page = ("<!doctype html><title>Ory Hydra</title>" + content).getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
		exchange.sendResponseHeaders(200, page.length);
		exchange.getResponseBody().write(page);
		exchange.close();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
