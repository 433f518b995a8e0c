package io.flyteconnect.literal;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Collectors;

import flyteidl.core.Literals.Literal;
import flyteidl.core.Literals.LiteralMap;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.literal.JavaReader;
import io.flyteconnect.internal.literal.LiteralReader;
import io.flyteconnect.internal.literal.ValueText;
import io.flyteconnect.internal.literal.struct.JavaObjects;

/**
 * Named values of Flyte, such as the outputs of an execution: an unmodifiable map with
 * the Java types that {@link FlyteLiterals} lists, and with conversions.
 *
 * @since 0.1.0
 */
public final class FlyteValues extends AbstractMap<String, @Nullable Object> {

	/**
	 * The values; an {@link InvalidValueException} in place of each one that cannot be
	 * read.
	 */
	private final Map<String, @Nullable Object> values;

	private final @Nullable String absence;

	/**
	 * Create values.
	 * @param values the values by their names, copied
	 */
	public FlyteValues(Map<String, ? extends @Nullable Object> values) {
		this(values, null);
	}

	private FlyteValues(Map<String, ? extends @Nullable Object> values, @Nullable String absence) {
		this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
		this.absence = absence;
	}

	/**
	 * Create an empty map that fails with a reason on access to a value.
	 * @param reason why there are no values, a clause: {@code execution p/d/n is FAILED}
	 * for example
	 * @return no values
	 */
	public static FlyteValues none(String reason) {
		return new FlyteValues(Map.of(), reason);
	}

	/**
	 * Read literals. If one cannot be read, only the access to it fails.
	 * @param literals the literals
	 * @return the values
	 */
	static FlyteValues of(LiteralMap literals) {
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		literals.getLiteralsMap().forEach((name, literal) -> values.put(name, read(literal)));
		return new FlyteValues(values);
	}

	private static @Nullable Object read(Literal literal) {
		try {
			return LiteralReader.read(literal);
		}
		catch (InvalidValueException ex) {
			return ex;
		}
	}

	/**
	 * Return the values by their names.
	 * @return the entries; the value of one that Java does not hold, or whose bytes
	 * cannot be read, throws an {@code IllegalArgumentException}
	 */
	@Override
	public Set<Entry<String, @Nullable Object>> entrySet() {
		Set<Entry<String, @Nullable Object>> entries = new LinkedHashSet<>();
		this.values.forEach((name, value) -> entries.add(new FlyteValueEntry(name, value)));
		return Collections.unmodifiableSet(entries);
	}

	@Override
	public boolean containsKey(@Nullable Object name) {
		return this.values.containsKey(name);
	}

	/**
	 * Return a value.
	 * @param name its name
	 * @return the value, {@code null} if there is none
	 * @throws IllegalArgumentException if it is beyond what Java holds, or its bytes
	 * cannot be read; the others can be
	 */
	@Override
	public @Nullable Object get(@Nullable Object name) {
		return FlyteValueEntry.readable(String.valueOf(name), this.values.get(name));
	}

	/**
	 * Return all values in one line.
	 * @return the values; of one that cannot be read, why
	 */
	@Override
	public String toString() {
		return entrySet().stream().map(Entry::toString).collect(Collectors.joining(", ", "{", "}"));
	}

	/**
	 * Return a value converted to a type: another numeric or time type, an enum, or, if
	 * Jackson is on the class path, a record or bean.
	 * @param <T> the type
	 * @param name the name of the value
	 * @param type the type
	 * @return the value
	 * @throws NoSuchElementException if there is no such value, or it is {@code null}
	 * @throws IllegalArgumentException if it cannot be converted to the type without loss
	 */
	public <T> T get(String name, Class<T> type) {
		Object value = get(name);
		if (value == null) {
			throw new NoSuchElementException("There is no value '" + ValueText.cut(name) + "'"
					+ ((this.absence != null) ? ": " + this.absence : "; there are " + this.values.keySet()));
		}
		try {
			return JavaReader.read(value, type);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("The value '" + ValueText.cut(name) + "' is " + ValueText.describe(value)
					+ ", which is no " + type.getTypeName() + ": " + ex.getMessage(), ex);
		}
	}

	/**
	 * Return all values as a record or bean; needs Jackson.
	 * @param <T> the type
	 * @param type the type, with fields of the names of the values
	 * @return the values
	 * @throws NoSuchElementException if there are no values, such as the outputs of an
	 * execution that has failed
	 * @throws IllegalArgumentException if they do not fit, or Jackson is missing
	 */
	public <T> T as(Class<T> type) {
		if (this.absence != null) {
			throw new NoSuchElementException("There are no values: " + this.absence);
		}
		return JavaObjects.fromPlain(new LinkedHashMap<>(this), type);
	}

}
