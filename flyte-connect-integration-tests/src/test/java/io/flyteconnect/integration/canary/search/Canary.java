package io.flyteconnect.integration.canary.search;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.springframework.web.util.HtmlUtils;
import org.springframework.web.util.UriUtils;

/**
 * A secret that is easy to recognise, in each form that it takes on its way.
 *
 * @param name what it is used for
 * @param value the secret itself
 */
public record Canary(String name, String value) {

	private static final int SHORTEST_WORD = 12;

	/**
	 * Return all forms of the secret, and its longer words: what is cut or masked in part
	 * is found by these.
	 */
	public Set<String> forms() {
		Set<String> forms = new LinkedHashSet<>();
		for (String text : List.of(this.value, URLEncoder.encode(this.value, StandardCharsets.UTF_8),
				UriUtils.encode(this.value, StandardCharsets.UTF_8))) {
			forms.add(text);
			forms.add(json(text));
			addBase64(forms, text);
		}
		forms.add(HtmlUtils.htmlEscape(this.value));
		Arrays.stream(this.value.split("[^A-Za-z0-9]+"))
			.filter((word) -> word.length() >= SHORTEST_WORD)
			.forEach(forms::add);
		return forms;
	}

	private static String json(String text) {
		return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/");
	}

	/**
	 * Add what stands in the middle of the Base64 of any text that holds this one: the
	 * Base64 of "user:password" for example. It depends on how many bytes are before it.
	 */
	private static void addBase64(Set<String> forms, String text) {
		for (int before = 0; before < 3; before++) {
			byte[] bytes = ("x".repeat(before) + text).getBytes(StandardCharsets.UTF_8);
			String encoded = Base64.getEncoder().withoutPadding().encodeToString(bytes);
			// Digits that hold bits of what is before or behind.
			int start = (before * 8 + 5) / 6;
			int end = bytes.length * 8 / 6;
			String middle = encoded.substring(start, end);
			forms.add(middle);
			forms.add(middle.replace('+', '-').replace('/', '_'));
		}
	}

	@Override
	public String toString() {
		return this.name;
	}

}
