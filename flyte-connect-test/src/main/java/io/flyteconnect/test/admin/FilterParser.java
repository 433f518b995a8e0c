package io.flyteconnect.test.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Flyte Admin's filter expressions: {@code function(field,value)}, joined by
 * {@code +}, several values separated by {@code ;}
 * ({@code flyteadmin/pkg/manager/impl/util/filters.go}).
 */
final class FilterParser {

	private static final Pattern EXPRESSION = Pattern.compile("(.+)\\((.+),\\s?(.+)\\)");

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

	private static <T> Predicate<T> expression(String expression, Columns<T> columns) {
		Matcher matcher = EXPRESSION.matcher(expression);
		if (!matcher.matches()) {
			throw AdminErrors.invalidValue("filters");
		}
		Columns.Column<T> column = column(matcher.group(2), columns);
		List<Comparable<?>> values = new ArrayList<>();
		for (String value : matcher.group(3).split(";", -1)) {
			values.add(column.type().parse(value));
		}
		return FilterFunction.of(matcher.group(1)).filter(column, values);
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
