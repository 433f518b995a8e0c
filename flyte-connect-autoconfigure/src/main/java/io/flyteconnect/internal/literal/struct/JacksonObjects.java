package io.flyteconnect.internal.literal.struct;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What needs Jackson, loaded only where it is there.
 */
final class JacksonObjects {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.findAndAddModules()
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		// The last one would win, without a word.
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		// An object that shows nothing would be an empty struct, without a word.
		.enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	private JacksonObjects() {
	}

	static @Nullable Object parse(String json) {
		try {
			return MAPPER.readValue(json, Object.class);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException(ex.getOriginalMessage() + line(ex), ex);
		}
	}

	/** Where a limit is exceeded, Jackson names no place. */
	private static String line(JacksonException ex) {
		return (ex.getLocation() != null) ? " (line " + ex.getLocation().getLineNr() + ")" : "";
	}

	static @Nullable Object toPlain(Object value) {
		try {
			return MAPPER.readValue(MAPPER.writeValueAsString(value), Object.class);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException(ex.getOriginalMessage(), ex);
		}
	}

	static <T> T fromPlain(@Nullable Object value, Class<T> type) {
		try {
			return Objects.requireNonNull(MAPPER.convertValue(value, type));
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException(ex.getOriginalMessage(), ex);
		}
	}

}
