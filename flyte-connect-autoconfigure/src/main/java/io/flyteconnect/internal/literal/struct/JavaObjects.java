package io.flyteconnect.internal.literal.struct;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * Converts Java objects and JSON to maps, lists and scalars, and back, if Jackson is on
 * the class path.
 *
 * @since 0.1.0
 */
public final class JavaObjects {

	private static final boolean JACKSON = ClassUtils.isPresent("tools.jackson.databind.json.JsonMapper",
			JavaObjects.class.getClassLoader());

	private JavaObjects() {
	}

	/**
	 * Unwrap an {@code Optional}.
	 * @param value the value, or an optional one
	 * @return the value, or {@code null}
	 */
	public static @Nullable Object unwrap(@Nullable Object value) {
		if (value instanceof Optional<?> optional) {
			return unwrap(optional.orElse(null));
		}
		if (value instanceof OptionalInt optional) {
			return optional.isPresent() ? optional.getAsInt() : null;
		}
		if (value instanceof OptionalLong optional) {
			return optional.isPresent() ? optional.getAsLong() : null;
		}
		if (value instanceof OptionalDouble optional) {
			return optional.isPresent() ? optional.getAsDouble() : null;
		}
		return value;
	}

	/**
	 * Return the key of a map as text.
	 * @param key the key
	 * @return the text, or {@code null} if it cannot be a key of Flyte
	 */
	public static @Nullable String key(@Nullable Object key) {
		if (key instanceof Enum<?> constant) {
			return constant.name();
		}
		return (key instanceof CharSequence || key instanceof Character) ? key.toString() : null;
	}

	/**
	 * Parse JSON.
	 * @param json the text
	 * @return maps, lists and scalars
	 * @throws IllegalArgumentException if it is not JSON, or Jackson is missing
	 */
	public static @Nullable Object parseJson(String json) {
		requireJackson("text that is JSON");
		return JacksonObjects.parse(json);
	}

	/**
	 * Convert a record or bean to a map, and other objects to the value of their JSON.
	 * @param value the object
	 * @return maps, lists and scalars
	 * @throws IllegalArgumentException if it cannot be written, or Jackson is missing
	 */
	public static @Nullable Object toPlain(Object value) {
		requireJackson(value.getClass().getTypeName());
		return JacksonObjects.toPlain(value);
	}

	/**
	 * Create a record, bean, list or map from maps, lists and scalars.
	 * @param <T> the type
	 * @param value the maps, lists and scalars
	 * @param type the type
	 * @return an object of the type
	 * @throws IllegalArgumentException if they do not fit, or Jackson is missing
	 */
	public static <T> T fromPlain(@Nullable Object value, Class<T> type) {
		requireJackson(type.getTypeName());
		return JacksonObjects.fromPlain(value, type);
	}

	private static void requireJackson(String what) {
		if (!JACKSON) {
			throw new IllegalArgumentException(what + " needs Jackson (tools.jackson.core:jackson-databind) on the"
					+ " class path; without it, use " + List.of("Map", "List", "String", "Number", "Boolean"));
		}
	}

}
