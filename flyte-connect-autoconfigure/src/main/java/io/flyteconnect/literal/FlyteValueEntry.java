package io.flyteconnect.literal;

import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.literal.ValueText;

/**
 * A named value. If it cannot be read, {@link #getValue()} fails.
 */
final class FlyteValueEntry implements Map.Entry<String, @Nullable Object> {

	private final String name;

	private final @Nullable Object value;

	FlyteValueEntry(String name, @Nullable Object value) {
		this.name = name;
		this.value = value;
	}

	/**
	 * Return a value.
	 * @param name its name
	 * @param value the value, or why it cannot be read
	 * @return the value
	 */
	static @Nullable Object readable(String name, @Nullable Object value) {
		if (value instanceof InvalidValueException reason) {
			throw new IllegalArgumentException("The value '" + ValueText.cut(name) + "'"
					+ (reason.getPath().isEmpty() ? " " : ", element " + reason.getPath() + ", ") + reason.getReason(),
					reason);
		}
		return value;
	}

	@Override
	public String getKey() {
		return this.name;
	}

	@Override
	public @Nullable Object getValue() {
		return readable(this.name, this.value);
	}

	@Override
	public @Nullable Object setValue(@Nullable Object value) {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Map.Entry<?, ?> entry && this.name.equals(entry.getKey())
				&& Objects.equals(this.value, entry.getValue());
	}

	@Override
	public int hashCode() {
		return this.name.hashCode() ^ Objects.hashCode(this.value);
	}

	@Override
	public String toString() {
		return this.name + "="
				+ ((this.value instanceof InvalidValueException reason) ? "(" + reason.getReason() + ")" : this.value);
	}

}
