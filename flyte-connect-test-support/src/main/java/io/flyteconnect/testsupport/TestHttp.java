package io.flyteconnect.testsupport;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.jayway.jsonpath.JsonPath;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client of an authorization server, by hand.
 */
public final class TestHttp {

	private final HttpClient client;

	public TestHttp(HttpClient.Builder builder) {
		this.client = builder.cookieHandler(new CookieManager()).build();
	}

	public TestHttp() {
		this(HttpClient.newBuilder());
	}

	public HttpResponse<String> get(URI uri, String... headers) {
		return send(HttpRequest.newBuilder(uri).GET(), headers);
	}

	public HttpResponse<String> post(URI uri, Map<String, String> form, String... headers) {
		String body = form.entrySet()
			.stream()
			.map((field) -> encode(field.getKey()) + "=" + encode(field.getValue()))
			.collect(Collectors.joining("&"));
		return send(HttpRequest.newBuilder(uri)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(body)), headers);
	}

	public HttpResponse<String> clientCredentials(URI tokenEndpoint, String id, String secret) {
		return post(tokenEndpoint, Map.of("grant_type", "client_credentials", "scope", "all"), "Authorization",
				basic(id, secret));
	}

	public String token(URI tokenEndpoint, String id, String secret) {
		return json(clientCredentials(tokenEndpoint, id, secret), "$.access_token");
	}

	public static String json(HttpResponse<String> response, String path) {
		return JsonPath.read(response.body(), path).toString();
	}

	public static String basic(String id, String secret) {
		return "Basic " + Base64.getEncoder()
			.encodeToString((encode(id) + ":" + encode(secret)).getBytes(StandardCharsets.UTF_8));
	}

	public static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	/**
	 * Read a field of a form.
	 * @param page the page with the form
	 * @param name the name of the field
	 * @return its value
	 */
	public static String input(String page, String name) {
		Matcher field = Pattern.compile("name=\"" + name + "\"[^>]*value=\"([^\"]+)\"").matcher(page);
		assertThat(field.find()).as(page).isTrue();
		return field.group(1);
	}

	private HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
		try {
			if (headers.length > 0) {
				request.headers(headers);
			}
			return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
