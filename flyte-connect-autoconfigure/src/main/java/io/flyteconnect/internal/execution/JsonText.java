package io.flyteconnect.internal.execution;

import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Shows values in the JSON that a launch takes for lists, maps and structs. What stands
 * within none of them is shown as it would be typed, a text in quotes. Needs no Jackson,
 * which is optional.
 */
public final class JsonText {

	private JsonText() {
	}

	public static String of(@Nullable Object value) {
		return (value == null || value instanceof String || value instanceof Map || value instanceof Collection)
				? nested(value) : plain(value);
	}

	private static String nested(@Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			return map.entrySet()
				.stream()
				.map((entry) -> quoted(String.valueOf(entry.getKey())) + ": " + nested(entry.getValue()))
				.collect(Collectors.joining(", ", "{", "}"));
		}
		if (value instanceof Collection<?> list) {
			return list.stream().map(JsonText::nested).collect(Collectors.joining(", ", "[", "]"));
		}
		// NaN and the infinities are no numbers of JSON.
		boolean number = value instanceof Number && (!(value instanceof Double decimal) || Double.isFinite(decimal));
		return (value == null || number || value instanceof Boolean) ? String.valueOf(value) : quoted(plain(value));
	}

	private static String plain(Object value) {
		return (value instanceof byte[] bytes) ? Base64.getEncoder().encodeToString(bytes) : value.toString();
	}

	private static String quoted(String text) {
		StringBuilder json = new StringBuilder("\"");
		text.chars().forEach((sign) -> {
			switch (sign) {
				case '"', '\\' -> json.append('\\').append((char) sign);
				case '\n' -> json.append("\\n");
				case '\r' -> json.append("\\r");
				case '\t' -> json.append("\\t");
				default -> json.append((char) sign);
			}
		});
		return json.append('"').toString();
	}

}
