package io.flyteconnect.samples.dashboard.flyte;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an execution took and what it gave.
 *
 * @param inputs the inputs, sorted by their names
 * @param outputs the outputs, sorted by their names; none before it has succeeded
 * @since 0.1.0
 */
public record ExecutionData(List<Value> inputs, List<Value> outputs) {

	static final ExecutionData NONE = new ExecutionData(List.of(), List.of());

	static ExecutionData of(Map<String, ? extends @Nullable Object> inputs,
			Map<String, ? extends @Nullable Object> outputs) {
		return new ExecutionData(values(inputs), values(outputs));
	}

	private static List<Value> values(Map<String, ? extends @Nullable Object> values) {
		return values.entrySet().stream().sorted(Map.Entry.comparingByKey()).map(Value::of).toList();
	}

	/**
	 * One input or output, written out.
	 *
	 * @param name the name
	 * @param text the value: a text as it is, anything else as JSON
	 */
	public record Value(String name, String text) {

		private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

		private static final int LONGEST = 4000;

		static Value of(Map.Entry<String, ? extends @Nullable Object> entry) {
			String text = text(entry);
			return new Value(entry.getKey(), (text.length() <= LONGEST) ? text
					: text.substring(0, LONGEST) + "… (" + text.length() + " characters)");
		}

		// One that cannot be read does not take the others with it.
		private static String text(Map.Entry<String, ? extends @Nullable Object> entry) {
			try {
				return text(entry.getValue());
			}
			catch (IllegalArgumentException ex) {
				return String.valueOf(ex.getMessage());
			}
		}

		private static String text(@Nullable Object value) {
			if (value == null || value instanceof Number || value instanceof Boolean) {
				return String.valueOf(value);
			}
			try {
				return (value instanceof Map<?, ?> || value instanceof Iterable<?>) ? JSON.writeValueAsString(value)
						: Objects.toString(value);
			}
			catch (JacksonException ex) {
				return Objects.toString(value);
			}
		}

	}

}
