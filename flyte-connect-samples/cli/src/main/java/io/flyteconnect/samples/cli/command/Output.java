package io.flyteconnect.samples.cli.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import io.flyteconnect.samples.cli.command.Answer.Absent;

/**
 * How an answer is written.
 *
 * @since 0.1.0
 */
public enum Output {

	/**
	 * Aligned columns with a heading; where there is one row by nature, a line for each
	 * of its fields.
	 */
	TABLE {

		@Override
		void write(Answer answer, PrintWriter out) {
			List<List<String>> lines = new ArrayList<>();
			lines.add(answer.columns().stream().map((column) -> column.toUpperCase(Locale.ROOT)).toList());
			answer.rows().forEach((row) -> lines.add(row.stream().map(Output::cell).toList()));
			if (answer.single()) {
				List<List<String>> fields = new ArrayList<>();
				for (int i = 0; i < answer.columns().size(); i++) {
					fields.add(List.of(lines.get(0).get(i), lines.get(1).get(i)));
				}
				print(fields, out);
			}
			else {
				print(lines, out);
			}
		}

		private void print(List<List<String>> lines, PrintWriter out) {
			for (List<String> line : lines) {
				StringBuilder text = new StringBuilder();
				for (int i = 0; i < line.size(); i++) {
					text.append(line.get(i)).append(" ".repeat(width(lines, i) - line.get(i).length() + 2));
				}
				out.println(text.toString().stripTrailing());
			}
		}

		@Override
		void fail(String message, Map<String, ?> error, PrintWriter err) {
			err.println(message);
		}

	},

	/** An object, or an array of objects; an error is an object as well. */
	JSON {

		@Override
		void write(Answer answer, PrintWriter out) {
			List<Map<String, @Nullable Object>> objects = new ArrayList<>();
			for (List<@Nullable Object> row : answer.rows()) {
				Map<String, @Nullable Object> object = new LinkedHashMap<>();
				for (int i = 0; i < row.size(); i++) {
					object.put(answer.columns().get(i), (row.get(i) instanceof Absent) ? null : row.get(i));
				}
				objects.add(object);
			}
			out.println(MAPPER.writeValueAsString(answer.single() ? objects.get(0) : objects));
		}

		@Override
		void fail(String message, Map<String, ?> error, PrintWriter err) {
			err.println(MAPPER.writeValueAsString(error));
		}

	};

	private static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	/**
	 * Write what was logged and has been held back: an object with the key
	 * {@code warnings}, nothing if there is none.
	 * @param warnings the lines
	 * @param err where to
	 */
	public void warn(List<String> warnings, PrintWriter err) {
		if (!warnings.isEmpty()) {
			err.println(MAPPER.writeValueAsString(Map.of("warnings", warnings)));
			err.flush();
		}
	}

	abstract void write(Answer answer, PrintWriter out);

	abstract void fail(String message, Map<String, ?> error, PrintWriter err);

	// What a server says must not steer the terminal.
	private static String cell(@Nullable Object value) {
		return text(value).replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", " ");
	}

	private static String text(@Nullable Object value) {
		if (value instanceof Collection<?> list && list.stream().allMatch(String.class::isInstance)) {
			return list.stream().map(String::valueOf).collect(Collectors.joining(","));
		}
		return (value instanceof Map || value instanceof Collection) ? JsonMapper.shared().writeValueAsString(value)
				: (value != null) ? value.toString() : "";
	}

	private static int width(List<List<String>> lines, int column) {
		return lines.stream().mapToInt((line) -> line.get(column).length()).max().orElse(0);
	}

}
