package io.flyteconnect.literal;

import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Bytes with a tag that names their serialization. Bytes without a tag are read as a
 * {@code byte[]}, and those with the tag {@code msgpack} as the maps, lists and scalars
 * that they contain.
 *
 * @since 0.1.0
 */
public final class FlyteBinary {

	private final byte[] value;

	private final String tag;

	/**
	 * Create a value.
	 * @param value the bytes, copied
	 * @param tag the serialization, {@code msgpack} for example
	 */
	public FlyteBinary(byte[] value, String tag) {
		this.value = value.clone();
		this.tag = Objects.requireNonNull(tag, "'tag' must not be null");
	}

	/**
	 * Return the bytes.
	 * @return a copy
	 */
	public byte[] value() {
		return this.value.clone();
	}

	/**
	 * Return the serialization.
	 * @return the tag
	 */
	public String tag() {
		return this.tag;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof FlyteBinary binary && this.tag.equals(binary.tag)
				&& Arrays.equals(this.value, binary.value);
	}

	@Override
	public int hashCode() {
		return 31 * this.tag.hashCode() + Arrays.hashCode(this.value);
	}

	@Override
	public String toString() {
		return "FlyteBinary[" + this.value.length + " bytes, tag=" + this.tag + "]";
	}

}
