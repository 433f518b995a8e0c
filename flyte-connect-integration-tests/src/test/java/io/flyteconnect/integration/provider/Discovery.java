package io.flyteconnect.integration.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a provider says of itself (RFC 8414, OpenID Connect Discovery).
 */
record Discovery(Map<String, Object> values) {

	static Discovery of(URI issuer) {
		URI address = URI.create(issuer + "/.well-known/openid-configuration");
		try {
			String json = HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
				.body();
			return new Discovery(JsonMapper.shared().readValue(json, new TypeReference<>() {
			}));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	String text(String name) {
		return (this.values.get(name) instanceof String text) ? text : "";
	}

	List<String> list(String name) {
		return (this.values.get(name) instanceof List<?> list) ? list.stream().map(Object::toString).toList()
				: List.of();
	}

}
