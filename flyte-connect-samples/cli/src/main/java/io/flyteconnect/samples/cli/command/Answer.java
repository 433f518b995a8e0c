package io.flyteconnect.samples.cli.command;

import java.util.ArrayList;
import java.util.List;

/**
 * What a command answers: rows with the same columns.
 *
 * @param columns the names of the columns
 * @param rows the rows, a text for each column
 * @param single whether there is one row by nature
 */
record Answer(List<String> columns, List<List<String>> rows, boolean single) {

	static Answer list(String... columns) {
		return new Answer(List.of(columns), new ArrayList<>(), false);
	}

	static Answer single(List<String> columns, List<String> values) {
		return new Answer(columns, List.of(values), true);
	}

	void add(String... values) {
		this.rows.add(List.of(values));
	}

}
