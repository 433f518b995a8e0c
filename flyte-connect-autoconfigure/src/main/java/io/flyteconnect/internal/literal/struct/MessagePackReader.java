package io.flyteconnect.internal.literal.struct;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads MessagePack, in which flytekit writes dataclasses, Pydantic models and untyped
 * dictionaries
 * (<a href="https://github.com/msgpack/msgpack/blob/master/spec.md">specification</a>).
 *
 * @since 0.1.0
 */
public final class MessagePackReader {

	private static final int DEEPEST = 100;

	private static final int TIMESTAMP = -1;

	private static final long LARGEST_NANOS = 999_999_999;

	private final ByteBuffer bytes;

	/**
	 * Create a reader.
	 * @param bytes what is read
	 */
	public MessagePackReader(byte[] bytes) {
		this.bytes = ByteBuffer.wrap(bytes);
	}

	/**
	 * Read the one value.
	 * @return maps, lists, {@code String}, {@code Long} ({@code BigInteger} where it is
	 * larger), {@code Double}, {@code Boolean}, {@code byte[]}, {@code Instant} and
	 * {@code null}
	 * @throws IllegalArgumentException if it is not valid MessagePack
	 */
	public @Nullable Object read() {
		try {
			Object value = value(0);
			if (this.bytes.hasRemaining()) {
				throw new IllegalArgumentException("There is more after the value in MessagePack");
			}
			return value;
		}
		catch (BufferUnderflowException ex) {
			throw new IllegalArgumentException("The value in MessagePack is cut off", ex);
		}
	}

	private @Nullable Object value(int depth) {
		if (depth > DEEPEST) {
			throw new IllegalArgumentException("The value in MessagePack is nested deeper than " + DEEPEST);
		}
		int first = this.bytes.get() & 0xff;
		if (first < 0x80 || first >= 0xe0) {
			return (long) (byte) first;
		}
		if (first < 0x90) {
			return map(first & 0x0f, depth);
		}
		if (first < 0xa0) {
			return list(first & 0x0f, depth);
		}
		if (first < 0xc0) {
			return text(first & 0x1f);
		}
		return switch (first) {
			case 0xc0 -> null;
			case 0xc2 -> false;
			case 0xc3 -> true;
			case 0xc4, 0xc5, 0xc6 -> take(size(first - 0xc4));
			case 0xc7, 0xc8, 0xc9 -> extension(size(first - 0xc7));
			case 0xca -> (double) this.bytes.getFloat();
			case 0xcb -> this.bytes.getDouble();
			case 0xcc, 0xcd, 0xce -> unsigned(first - 0xcc);
			case 0xcf -> large(this.bytes.getLong());
			case 0xd0 -> (long) this.bytes.get();
			case 0xd1 -> (long) this.bytes.getShort();
			case 0xd2 -> (long) this.bytes.getInt();
			case 0xd3 -> this.bytes.getLong();
			case 0xd4, 0xd5, 0xd6, 0xd7, 0xd8 -> extension(1 << (first - 0xd4));
			case 0xd9, 0xda, 0xdb -> text(size(first - 0xd9));
			case 0xdc, 0xdd -> list(size(first - 0xdc + 1), depth);
			case 0xde, 0xdf -> map(size(first - 0xde + 1), depth);
			default -> throw new IllegalArgumentException("There is no type " + first + " in MessagePack");
		};
	}

	private long unsigned(int power) {
		return switch (power) {
			case 0 -> this.bytes.get() & 0xffL;
			case 1 -> this.bytes.getShort() & 0xffffL;
			default -> this.bytes.getInt() & 0xffff_ffffL;
		};
	}

	// Each element has at least one byte, so memory is not allocated for a wrong size.
	private int size(int power) {
		long size = unsigned(power);
		if (size > this.bytes.remaining()) {
			throw new BufferUnderflowException();
		}
		return (int) size;
	}

	private static Number large(long value) {
		return (value >= 0) ? (Number) value : new BigInteger(Long.toUnsignedString(value));
	}

	private byte[] take(int size) {
		byte[] taken = new byte[Math.min(size, this.bytes.remaining())];
		this.bytes.get(taken);
		if (taken.length < size) {
			throw new BufferUnderflowException();
		}
		return taken;
	}

	private String text(int size) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(take(size))).toString();
		}
		catch (CharacterCodingException ex) {
			throw new IllegalArgumentException("A text in MessagePack is no UTF-8", ex);
		}
	}

	private List<@Nullable Object> list(int size, int depth) {
		List<@Nullable Object> list = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			list.add(value(depth + 1));
		}
		return Collections.unmodifiableList(list);
	}

	// A key that is not a text becomes one, as in JSON.
	private Map<String, @Nullable Object> map(int size, int depth) {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		for (int i = 0; i < size; i++) {
			String key = String.valueOf(value(depth + 1));
			map.put(key, value(depth + 1));
		}
		return Collections.unmodifiableMap(map);
	}

	private Object extension(int size) {
		int type = this.bytes.get();
		ByteBuffer data = ByteBuffer.wrap(take(size));
		if (type != TIMESTAMP) {
			return data.array();
		}
		return switch (size) {
			case 4 -> time(data.getInt() & 0xffff_ffffL, 0);
			case 8 -> {
				long both = data.getLong();
				yield time(both & 0x3_ffff_ffffL, both >>> 34);
			}
			case 12 -> {
				long nanos = data.getInt() & 0xffff_ffffL;
				yield time(data.getLong(), nanos);
			}
			default -> throw new IllegalArgumentException("A timestamp in MessagePack has no " + size + " bytes");
		};
	}

	private static Instant time(long seconds, long nanos) {
		if (nanos > LARGEST_NANOS || seconds > Instant.MAX.getEpochSecond() || seconds < Instant.MIN.getEpochSecond()) {
			throw new IllegalArgumentException("The timestamp in MessagePack, " + seconds + " s and " + nanos
					+ " ns after 1970, is beyond those that Java holds");
		}
		return Instant.ofEpochSecond(seconds, nanos);
	}

}
