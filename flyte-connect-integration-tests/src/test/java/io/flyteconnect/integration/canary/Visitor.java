package io.flyteconnect.integration.canary;

import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.web.util.UriComponentsBuilder;

import io.flyteconnect.testsupport.TestHttp;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A person with a browser, played over HTTP.
 */
final class Visitor {

	private static final String[] BROWSER = { "Accept", "text/html" };

	private Visitor() {
	}

	/**
	 * Log in, and follow all redirects.
	 * @param link where
	 * @return the last page
	 */
	static String logIn(URI link) {
		TestHttp http = new TestHttp(HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS));
		HttpResponse<String> form = http.get(link, BROWSER);
		Matcher csrf = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"").matcher(form.body());
		assertThat(csrf.find()).as(form.body()).isTrue();
		return http
			.post(form.uri(), Map.of("username", "user", "password", "password", "_csrf", csrf.group(1)), BROWSER)
			.body();
	}

	/**
	 * Come back from a login as if the authorization server had said so.
	 * @param link where the login should have been
	 * @param query what it says, encoded
	 * @return the page
	 */
	static String comeBack(URI link, String query) {
		return new TestHttp().get(URI.create(parameter(link, "redirect_uri") + "?" + query), BROWSER).body();
	}

	static String state(URI link) {
		return "state=" + TestHttp.encode(parameter(link, "state"));
	}

	private static String parameter(URI link, String name) {
		String value = UriComponentsBuilder.fromUri(link).build().getQueryParams().getFirst(name);
		assertThat(value).as(name).isNotNull();
		return URLDecoder.decode(value, StandardCharsets.UTF_8);
	}

}
