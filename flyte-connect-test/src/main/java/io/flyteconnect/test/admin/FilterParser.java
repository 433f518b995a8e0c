package io.flyteconnect.test.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads Flyte Admin's filter expressions: {@code function(field,value)}, joined by
 * {@code +}, several values separated by {@code ;}
 * ({@code flyteadmin/pkg/manager/impl/util/filters.go}).
 */
final class FilterParser {

	private static final Pattern LINE_BREAK = Pattern.compile("[\n\r\u0085\u2028\u2029]");

	private static final Set<String> ENTITIES = Set.of("task", "workflow", "launch_plan", "execution", "node_execution",
			"task_execution", "entities", "named_entity_metadata", "project", "signal", "admin_tag",
			"execution_admin_tag");

	private FilterParser() {
	}

	/**
	 * Read the filters of a request.
	 * @param <T> the entity
	 * @param filters the filters, may be empty
	 * @param columns the columns of the entity
	 * @return what an entity has to fulfil
	 * @throws io.grpc.StatusRuntimeException with INVALID_ARGUMENT if they are not valid
	 */
	static <T> Predicate<T> parse(String filters, Columns<T> columns) {
		List<Predicate<T>> all = new ArrayList<>();
		if (!filters.isEmpty()) {
			for (String expression : filters.split("\\+", -1)) {
				all.add(expression(expression, columns));
			}
		}
		return (entity) -> all.stream().allMatch((filter) -> filter.test(entity));
	}

	/**
	 * Reads one filter, {@code function(field,values)}, from its end as Flyte Admin's
	 * pattern does, in a single pass: a filter may be as long as a message.
	 */
	private static <T> Predicate<T> expression(String expression, Columns<T> columns) {
		int end = expression.length() - 1;
		int comma = expression.lastIndexOf(',', end - 2);
		int open = expression.lastIndexOf('(', comma - 2);
		if (open < 1 || expression.charAt(end) != ')' || LINE_BREAK.matcher(expression).find()) {
			throw AdminErrors.invalidValue("filters");
		}
		boolean blank = end - comma > 2 && Character.isWhitespace(expression.charAt(comma + 1));
		Columns.Column<T> column = column(expression.substring(open + 1, comma), columns);
		List<Comparable<?>> values = new ArrayList<>();
		for (String value : expression.substring(blank ? comma + 2 : comma + 1, end).split(";", -1)) {
			values.add(column.type().parse(value));
		}
		return FilterFunction.of(expression.substring(0, open)).filter(column, values);
	}

	private static <T> Columns.Column<T> column(String field, Columns<T> columns) {
		Columns.Column<T> column = columns.find(field);
		if (column != null) {
			return column;
		}
		int dot = field.indexOf('.');
		boolean qualified = dot > 0 && ENTITIES.contains(field.substring(0, dot));
		throw AdminErrors.invalid("'" + (qualified ? field : columns.entity() + "." + field) + "' is invalid filter");
	}

}
