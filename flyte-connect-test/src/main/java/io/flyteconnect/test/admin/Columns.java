package io.flyteconnect.test.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The columns of an entity that filters and sorting may name, as in
 * {@code flyteadmin/pkg/repositories/models}.
 *
 * @param <T> the entity
 */
class Columns<T> {

	private final String entity;

	private final Map<String, Column<T>> columns = new LinkedHashMap<>();

	Columns(String entity) {
		this.entity = entity;
	}

	Columns<T> text(String name, Function<T, @Nullable String> value) {
		return add(name, ValueType.TEXT, value);
	}

	Columns<T> number(String name, Function<T, @Nullable Long> value) {
		return add(name, ValueType.NUMBER, value);
	}

	Columns<T> time(String name, Function<T, @Nullable Instant> value) {
		return add(name, ValueType.TIME, value);
	}

	Columns<T> duration(String name, Function<T, @Nullable Duration> value) {
		return add(name, ValueType.DURATION, value);
	}

	private Columns<T> add(String name, ValueType type, Function<T, ? extends @Nullable Comparable<?>> value) {
		this.columns.put(name, new Column<>(type, value));
		return this;
	}

	String entity() {
		return this.entity;
	}

	/**
	 * Find a column.
	 * @param name its name, with the name of another entity in front if it is not of this
	 * one
	 * @return the column, or {@code null} if there is none
	 */
	@Nullable Column<T> find(String name) {
		String own = this.entity + ".";
		return this.columns.get(name.startsWith(own) ? name.substring(own.length()) : name);
	}

	/**
	 * A column.
	 *
	 * @param <T> the entity
	 * @param type the type of its values
	 * @param value how to read it
	 */
	record Column<T>(ValueType type, Function<T, ? extends @Nullable Comparable<?>> value) {

		/**
		 * Compare the value of an entity with another of the same type.
		 * @param entity the entity
		 * @param other the other value
		 * @return as {@link Comparable#compareTo}, or {@code null} if the entity has no
		 * value
		 */
		@SuppressWarnings("unchecked")
		@Nullable Integer compare(T entity, Comparable<?> other) {
			Comparable<Object> own = (Comparable<Object>) this.value.apply(entity);
			return (own != null) ? own.compareTo(other) : null;
		}

	}

}
