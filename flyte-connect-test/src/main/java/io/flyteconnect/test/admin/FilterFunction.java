package io.flyteconnect.test.admin;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * The functions of Flyte Admin's filters ({@code flyteadmin/pkg/common/filters.go}). As
 * in SQL, an entity without a value fulfils none of them.
 */
enum FilterFunction {

	EQ, NE, GT, GTE, LT, LTE, CONTAINS, NOT_LIKE, VALUE_IN, VALUE_NOT_IN;

	static FilterFunction of(String name) {
		for (FilterFunction function : values()) {
			if (function.name().toLowerCase(Locale.ROOT).equals(name)) {
				return function;
			}
		}
		throw AdminErrors.invalid("unrecognized filter function: " + name);
	}

	<T> Predicate<T> filter(Columns.Column<T> column, List<Comparable<?>> values) {
		boolean repeated = this == VALUE_IN || this == VALUE_NOT_IN;
		if (!repeated && values.size() > 1) {
			throw AdminErrors.invalidValue("filters");
		}
		return switch (this) {
			case EQ, VALUE_IN -> (entity) -> has(column, entity)
					&& values.stream().anyMatch((value) -> test(column, entity, value, (order) -> order == 0));
			case NE, VALUE_NOT_IN -> (entity) -> has(column, entity)
					&& values.stream().allMatch((value) -> test(column, entity, value, (order) -> order != 0));
			case GT -> (entity) -> test(column, entity, values.get(0), (order) -> order > 0);
			case GTE -> (entity) -> test(column, entity, values.get(0), (order) -> order >= 0);
			case LT -> (entity) -> test(column, entity, values.get(0), (order) -> order < 0);
			case LTE -> (entity) -> test(column, entity, values.get(0), (order) -> order <= 0);
			case CONTAINS -> (entity) -> has(column, entity) && text(column, entity).contains(values.get(0).toString());
			case NOT_LIKE -> (entity) -> has(column, entity) && !text(column, entity).equals(values.get(0).toString());
		};
	}

	private static <T> boolean has(Columns.Column<T> column, T entity) {
		return column.value().apply(entity) != null;
	}

	private static <T> String text(Columns.Column<T> column, T entity) {
		return Objects.toString(column.value().apply(entity));
	}

	private static <T> boolean test(Columns.Column<T> column, T entity, Comparable<?> value, IntPredicate order) {
		Integer result = column.compare(entity, value);
		return result != null && order.test(result);
	}

}
