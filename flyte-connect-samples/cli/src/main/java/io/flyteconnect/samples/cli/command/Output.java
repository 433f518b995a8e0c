package io.flyteconnect.samples.cli.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How an answer is written.
 */
enum Output {

	TABLE {

		@Override
		void write(Answer answer, PrintWriter out) {
			List<List<String>> lines = new ArrayList<>();
			lines.add(answer.columns().stream().map((column) -> column.toUpperCase(Locale.ROOT)).toList());
			// What a server says must not steer the terminal.
			answer.rows()
				.forEach((row) -> lines
					.add(row.stream().map((value) -> value.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ")).toList()));
			for (List<String> line : lines) {
				StringBuilder text = new StringBuilder();
				for (int i = 0; i < line.size(); i++) {
					text.append(line.get(i)).append(" ".repeat(width(lines, i) - line.get(i).length() + 2));
				}
				out.println(text.toString().stripTrailing());
			}
		}

	},

	JSON {

		@Override
		void write(Answer answer, PrintWriter out) {
			List<Map<String, String>> objects = new ArrayList<>();
			for (List<String> row : answer.rows()) {
				Map<String, String> object = new LinkedHashMap<>();
				for (int i = 0; i < row.size(); i++) {
					object.put(answer.columns().get(i), row.get(i));
				}
				objects.add(object);
			}
			JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
			out.println(mapper.writeValueAsString(answer.single() ? objects.get(0) : objects));
		}

	};

	abstract void write(Answer answer, PrintWriter out);

	private static int width(List<List<String>> lines, int column) {
		return lines.stream().mapToInt((line) -> line.get(column).length()).max().orElse(0);
	}

}
