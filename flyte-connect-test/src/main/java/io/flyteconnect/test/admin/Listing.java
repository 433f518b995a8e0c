package io.flyteconnect.test.admin;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

import flyteidl.admin.Common.Sort;
import org.jspecify.annotations.Nullable;

/**
 * What a list request asks for: filters, order, and a page. A token is the offset of the
 * next page, as in Flyte Admin.
 *
 * @param method the method, for errors
 * @param limit the size of a page, zero for all
 * @param token where the page starts, may be empty
 * @param filters the filters, may be empty
 * @param sort the order, or {@code null} for that of creation
 */
record Listing(String method, int limit, String token, String filters, @Nullable Sort sort) {

	<T> Page<T> of(Collection<T> all, Columns<T> columns) {
		int offset = offset();
		Predicate<T> filter = FilterParser.parse(this.filters, columns);
		Comparator<T> order = order(columns);
		List<T> found = all.stream().filter(filter).sorted(order).toList();
		long end = (this.limit > 0) ? (long) offset + this.limit : found.size();
		List<T> page = found.subList(Math.min(offset, found.size()),
				(int) Math.min(Math.max(end, offset), found.size()));
		return new Page<>(page, (page.size() == this.limit) ? String.valueOf(offset + page.size()) : "");
	}

	private int offset() {
		try {
			int offset = this.token.isEmpty() ? 0 : Integer.parseInt(this.token);
			if (offset >= 0) {
				return offset;
			}
		}
		catch (NumberFormatException ex) {
			// Answered below, as for a negative number.
		}
		throw AdminErrors.invalid("invalid pagination token " + this.token + " for " + this.method);
	}

	private <T> Comparator<T> order(Columns<T> columns) {
		if (this.sort == null) {
			return (left, right) -> 0;
		}
		Columns.Column<T> column = columns.find(this.sort.getKey());
		if (column == null) {
			throw AdminErrors.invalid("invalid sort key '" + this.sort.getKey() + "'");
		}
		Comparator<T> ascending = (left, right) -> compare(column, left, right);
		return switch (this.sort.getDirection()) {
			case ASCENDING -> ascending;
			case DESCENDING -> ascending.reversed();
			case UNRECOGNIZED -> throw AdminErrors.invalid("invalid sort order specified: " + this.sort);
		};
	}

	// PostgreSQL puts rows without a value last in ascending order.
	private static <T> int compare(Columns.Column<T> column, T left, T right) {
		Comparable<?> other = column.value().apply(right);
		if (other == null) {
			return (column.value().apply(left) != null) ? -1 : 0;
		}
		Integer order = column.compare(left, other);
		return (order != null) ? order : 1;
	}

	/**
	 * A page.
	 *
	 * @param <T> the entity
	 * @param entries what is on it
	 * @param token where the next one starts, empty if this one is not full
	 */
	record Page<T>(List<T> entries, String token) {

	}

}
