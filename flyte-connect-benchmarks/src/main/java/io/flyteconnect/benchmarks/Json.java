package io.flyteconnect.benchmarks;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes the few JSON forms that the report needs.
 */
final class Json {

	private Json() {
	}

	static String write(Object value) {
		if (value instanceof Number) {
			return value.toString();
		}
		if (value instanceof Map<?, ?> map) {
			return map.entrySet()
				.stream()
				.map((entry) -> write(entry.getKey()) + ":" + write(entry.getValue()))
				.collect(Collectors.joining(",", "{", "}"));
		}
		if (value instanceof Collection<?> values) {
			return values.stream().map(Json::write).collect(Collectors.joining(",", "[", "]"));
		}
		return quote(value.toString());
	}

	private static String quote(String text) {
		StringBuilder quoted = new StringBuilder("\"");
		for (char c : text.toCharArray()) {
			if (c == '"' || c == '\\') {
				quoted.append('\\').append(c);
			}
			else if (c < ' ' || c > '~') {
				quoted.append(String.format("\\u%04x", (int) c));
			}
			else {
				quoted.append(c);
			}
		}
		return quoted.append('"').toString();
	}

}
