package io.flyteconnect.internal.literal.struct;

import java.lang.reflect.Array;
import java.nio.charset.CharacterCodingException;
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

	/**
	 * The deepest nesting: protobuf reads up to 100 nested messages, and each level needs
	 * two.
	 */
	private static final int DEEPEST = 30;

	private StructWriter() {
	}

	/**
	 * Write an object.
	 * @param value a map, record or bean
	 * @return the object
	 * @throws IllegalArgumentException if it is not an object, or cannot be written
	 * without loss
	 */
	public static Struct struct(@Nullable Object value) {
		if (value instanceof Struct struct) {
			return checked(struct);
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

	private static Struct checked(Struct struct) {
		try {
			Utf8Text.check(struct);
			return struct;
		}
		catch (CharacterCodingException ex) {
			throw new IllegalArgumentException("it " + Utf8Text.REASON, ex);
		}
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
			return result.setStringValue(text(constant.name(), path)).build();
		}
		if (value instanceof CharSequence || value instanceof Character
				|| (isText(value) && !(value instanceof Date))) {
			return result.setStringValue(text(value.toString(), path)).build();
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
		return value(plain(value, path), path, depth + 1);
	}

	private static @Nullable Object plain(Object value, String path) {
		if (value.getClass().isHidden()) {
			// Jackson would convert it to an empty object.
			throw new IllegalArgumentException("the value" + at(path) + " is a lambda, which has no properties");
		}
		try {
			return JavaObjects.toPlain(value);
		}
		catch (IllegalArgumentException ex) {
			throw path.isEmpty() ? ex
					: new IllegalArgumentException("the value" + at(path) + ": " + ex.getMessage(), ex);
		}
	}

	private static String text(String text, String path) {
		try {
			Utf8Text.check(text);
			return text;
		}
		catch (CharacterCodingException ex) {
			throw new IllegalArgumentException("the text" + at(path) + " " + Utf8Text.REASON, ex);
		}
	}

	private static String at(String path) {
		return path.isEmpty() ? "" : " at " + path;
	}

	private static double number(Number number, String path) {
		double result = number.doubleValue();
		if (!Double.isFinite(result) || !ExactDouble.canStore(number)) {
			throw new IllegalArgumentException("the number " + number + at(path) + " is none that a double holds, as"
					+ " objects of Flyte have them; give it as text");
		}
		return result;
	}

	private static Struct map(Map<?, ?> map, String path, int depth) {
		Struct.Builder struct = Struct.newBuilder();
		map.forEach((key, element) -> {
			String name = JavaObjects.key(key);
			if (name == null) {
				throw new IllegalArgumentException("the keys of a map must be text" + at(path));
			}
			String field = path.isEmpty() ? name : path + "." + name;
			struct.putFields(key(name, field), value(element, field, depth + 1));
		});
		return struct.build();
	}

	private static String key(String name, String field) {
		try {
			Utf8Text.check(name);
			return name;
		}
		catch (CharacterCodingException ex) {
			throw new IllegalArgumentException("the key " + field + " " + Utf8Text.REASON, ex);
		}
	}

	private static ListValue list(Collection<?> list, String path, int depth) {
		ListValue.Builder result = ListValue.newBuilder();
		for (Object element : list) {
			result.addValues(value(element, path + "[" + result.getValuesCount() + "]", depth + 1));
		}
		return result.build();
	}

	private static ListValue array(Object array, String path, int depth) {
		ListValue.Builder result = ListValue.newBuilder();
		for (int i = 0; i < Array.getLength(array); i++) {
			result.addValues(value(Array.get(array, i), path + "[" + i + "]", depth + 1));
		}
		return result.build();
	}

}
