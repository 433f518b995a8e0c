package io.flyteconnect.samples.cli.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a command answers: rows with the same columns.
 *
 * @param columns the names of the columns
 * @param rows the rows, a value for each column, as JSON has them
 * @param single whether there is one row by nature
 * @since 0.1.0
 */
public record Answer(List<String> columns, List<List<@Nullable Object>> rows, boolean single) {

	/**
	 * Create an answer of many rows, none yet.
	 * @param columns the names of the columns
	 * @return the answer
	 */
	public static Answer list(String... columns) {
		return new Answer(List.of(columns), new ArrayList<>(), false);
	}

	/**
	 * Create an answer of one row.
	 * @param columns the names of the columns
	 * @param values the values
	 * @return the answer
	 */
	public static Answer single(List<String> columns, List<? extends @Nullable Object> values) {
		return new Answer(columns, List.of(Collections.unmodifiableList(values)), true);
	}

	/**
	 * Add a row.
	 * @param values a value for each column
	 */
	public void add(@Nullable Object... values) {
		this.rows.add(Collections.unmodifiableList(Arrays.asList(values)));
	}

	/**
	 * A value that is not there, for a reason: told in a table, {@code null} in JSON.
	 *
	 * @param reason why it is not there
	 */
	public record Absent(String reason) {

		@Override
		public String toString() {
			return this.reason;
		}

	}

}
