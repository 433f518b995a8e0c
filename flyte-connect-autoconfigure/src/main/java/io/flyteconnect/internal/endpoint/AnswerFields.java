package io.flyteconnect.internal.endpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.token.ErrorCodes;

/**
 * The fields of an answer by their names, however those are spelt:
 * {@code error_description}, {@code ErrorDescription}, {@code Error-Description}.
 */
final class AnswerFields {

	private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

	AnswerFields(Map<?, ?> fields) {
		// As the standard spells it comes first.
		fields.forEach((name, value) -> this.fields.put(String.valueOf(name), value));
		fields.forEach((name, value) -> this.fields.putIfAbsent(uniform(String.valueOf(name)), value));
	}

	@Nullable Object get(String name) {
		Object value = this.fields.get(name);
		return (value != null) ? value : this.fields.get(uniform(name));
	}

	/**
	 * Return the first text that is not blank; of a list of texts, all of them.
	 * @param names the names of the fields to look at, in this order
	 * @return the text, or {@code null}
	 */
	@Nullable String text(List<String> names) {
		for (String name : names) {
			String text = text(get(name));
			if (!text.isBlank()) {
				return text;
			}
		}
		return null;
	}

	/**
	 * Return the fields of an object below a field, or of the first one in a list.
	 * @param names the names of the fields to look at, in this order
	 * @return the fields, or {@code null}
	 */
	@Nullable AnswerFields nested(String... names) {
		for (String name : names) {
			Object value = get(name);
			Object first = (value instanceof List<?> list && !list.isEmpty()) ? list.get(0) : value;
			if (first instanceof Map<?, ?> map) {
				return new AnswerFields(map);
			}
			if (first instanceof String text && value instanceof List<?>) {
				return new AnswerFields(Map.of((ErrorCodes.find(text) != null) ? "code" : ErrorAnswer.MESSAGE, text));
			}
		}
		return null;
	}

	private static String text(@Nullable Object value) {
		if (value instanceof List<?> list) {
			return list.stream()
				.filter(String.class::isInstance)
				.map((element) -> element.toString().strip())
				.filter((element) -> !element.isEmpty())
				.collect(Collectors.joining("; "));
		}
		return (value instanceof String text) ? text : "";
	}

	/**
	 * Say in words what a value is that is no text.
	 * @param value the value
	 * @return the words
	 */
	static String kind(Object value) {
		return (value instanceof Number) ? "a number"
				: (value instanceof Map) ? "an object" : (value instanceof List) ? "a list" : "a boolean";
	}

	private static String uniform(String name) {
		return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
	}

}
