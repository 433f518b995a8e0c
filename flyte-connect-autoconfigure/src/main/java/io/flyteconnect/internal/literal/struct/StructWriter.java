package io.flyteconnect.internal.literal.struct;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.TemporalAccessor;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.UUID;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import org.jspecify.annotations.Nullable;

/**
 * Writes maps, records and beans as {@code google.protobuf.Struct}, which has the types
 * of JSON: its numbers are doubles.
 *
 * @since 0.1.0
 */
public final class StructWriter {

	/** Protobuf itself reads up to 100 messages within each other, two a level. */
	private static final int DEEPEST = 30;

	private StructWriter() {
	}

	/**
	 * Write an object.
	 * @param value a map, record or bean
	 * @return the object
	 * @throws IllegalArgumentException if it is no object, or cannot be written without
	 * loss
	 */
	public static Struct struct(@Nullable Object value) {
		if (value instanceof Struct struct) {
			return struct;
		}
		if (value == null || isScalar(value) || value instanceof Collection || value.getClass().isArray()) {
			throw new IllegalArgumentException("a map, record or bean is wanted");
		}
		Value written = value(value, "", 0);
		if (!written.hasStructValue()) {
			throw new IllegalArgumentException("a map, record or bean is wanted");
		}
		return written.getStructValue();
	}

	private static boolean isScalar(Object value) {
		return value instanceof CharSequence || value instanceof Character || value instanceof Number
				|| value instanceof Boolean || value instanceof Enum || isText(value);
	}

	private static boolean isText(Object value) {
		return value instanceof TemporalAccessor || value instanceof Duration || value instanceof UUID
				|| value instanceof java.net.URI || value instanceof Path || value instanceof Date;
	}

	private static Value value(@Nullable Object given, String path, int depth) {
		if (depth > DEEPEST) {
			throw new IllegalArgumentException("it is nested deeper than " + DEEPEST + " levels, or holds itself");
		}
		Object value = JavaObjects.unwrap(given);
		Value.Builder result = Value.newBuilder();
		if (value == null) {
			return result.setNullValue(NullValue.NULL_VALUE).build();
		}
		if (value instanceof Boolean bool) {
			return result.setBoolValue(bool).build();
		}
		if (value instanceof Number number) {
			return result.setNumberValue(number(number, path)).build();
		}
		if (value instanceof Enum<?> constant) {
			return result.setStringValue(constant.name()).build();
		}
		if (value instanceof CharSequence || value instanceof Character
				|| (isText(value) && !(value instanceof Date))) {
			return result.setStringValue(value.toString()).build();
		}
		if (value instanceof Date date) {
			return result.setStringValue(java.time.Instant.ofEpochMilli(date.getTime()).toString()).build();
		}
		if (value instanceof Map<?, ?> map) {
			return result.setStructValue(map(map, path, depth)).build();
		}
		if (value instanceof Collection<?> list) {
			return result.setListValue(list(list, path, depth)).build();
		}
		if (value.getClass().isArray() && !(value instanceof byte[])) {
			return result.setListValue(array(value, path, depth)).build();
		}
		return value(JavaObjects.toPlain(value), path, depth + 1);
	}

	private static double number(Number number, String path) {
		double result = number.doubleValue();
		boolean whole = !(number instanceof Double || number instanceof Float || number instanceof BigDecimal);
		if (!Double.isFinite(result)
				|| (whole && new BigDecimal(result).compareTo(new BigDecimal(number.toString())) != 0)) {
			throw new IllegalArgumentException("the number " + number + (path.isEmpty() ? "" : " at " + path)
					+ " is none that a double holds, as" + " objects of Flyte have them; give it as text");
		}
		return result;
	}

	private static Struct map(Map<?, ?> map, String path, int depth) {
		Struct.Builder struct = Struct.newBuilder();
		map.forEach((key, element) -> {
			String name = JavaObjects.key(key);
			if (name == null) {
				throw new IllegalArgumentException("the keys of a map must be text");
			}
			struct.putFields(name, value(element, path.isEmpty() ? name : path + "." + name, depth + 1));
		});
		return struct.build();
	}

	private static ListValue list(Collection<?> list, String path, int depth) {
		ListValue.Builder result = ListValue.newBuilder();
		list.forEach((element) -> result.addValues(value(element, path + "[]", depth + 1)));
		return result.build();
	}

	private static ListValue array(Object array, String path, int depth) {
		ListValue.Builder result = ListValue.newBuilder();
		for (int i = 0; i < Array.getLength(array); i++) {
			result.addValues(value(Array.get(array, i), path + "[]", depth + 1));
		}
		return result.build();
	}

}
