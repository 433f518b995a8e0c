package io.flyteconnect.internal.execution;

import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.literal.FlyteBinary;
import io.flyteconnect.literal.FlyteDirectory;
import io.flyteconnect.literal.FlyteError;
import io.flyteconnect.literal.FlyteFile;
import io.flyteconnect.literal.FlyteSchema;
import io.flyteconnect.literal.StructuredDataset;

/**
 * Formats values as the JSON that a launch accepts for lists, maps and structs. Other
 * top-level values are formatted in the form in which they can be entered. Does not need
 * Jackson, which is optional.
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
		// JSON has no numbers for NaN and infinity.
		boolean number = value instanceof Number && (!(value instanceof Double decimal) || Double.isFinite(decimal));
		return (value == null || number || value instanceof Boolean) ? String.valueOf(value) : quoted(plain(value));
	}

	private static String plain(Object value) {
		if (value instanceof byte[] bytes) {
			return Base64.getEncoder().encodeToString(bytes);
		}
		if (value instanceof FlyteBinary binary) {
			return Base64.getEncoder().encodeToString(binary.value());
		}
		return (value instanceof FlyteError error) ? error.message() : reference(value);
	}

	private static String reference(Object value) {
		if (value instanceof FlyteFile file) {
			return file.uri();
		}
		if (value instanceof FlyteDirectory directory) {
			return directory.uri();
		}
		if (value instanceof FlyteSchema schema) {
			return schema.uri();
		}
		return (value instanceof StructuredDataset dataset) ? dataset.uri() : value.toString();
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
