package io.flyteconnect.internal.literal.struct;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The code that needs Jackson, which is only loaded if that is on the class path.
 */
final class JacksonObjects {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.findAndAddModules()
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		// Otherwise the last duplicate would silently win.
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		// Otherwise an object without properties would silently become an empty struct.
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

	/** Jackson reports no location if a limit is exceeded. */
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
