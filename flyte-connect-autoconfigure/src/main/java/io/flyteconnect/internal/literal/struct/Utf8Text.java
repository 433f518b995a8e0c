package io.flyteconnect.internal.literal.struct;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.google.protobuf.Message;

/**
 * Checks that text can be encoded in UTF-8. Protobuf would send an unpaired surrogate as
 * a question mark.
 *
 * @since 0.1.0
 */
public final class Utf8Text {

	/** The error message, without the name of the text that it starts with. */
	public static final String REASON = "holds half a character (an unpaired surrogate), which UTF-8 cannot say";

	private Utf8Text() {
	}

	/**
	 * Check a text.
	 * @param text the text
	 * @throws CharacterCodingException if it holds an unpaired surrogate
	 */
	public static void check(CharSequence text) throws CharacterCodingException {
		if (text.chars().anyMatch(Utf8Text::isSurrogate)) {
			StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
		}
	}

	private static boolean isSurrogate(int character) {
		return Character.isSurrogate((char) character);
	}

	/**
	 * Check each text in a message, those of its type, format and columns as well.
	 * @param message the message
	 * @throws CharacterCodingException if one holds an unpaired surrogate
	 */
	public static void check(Message message) throws CharacterCodingException {
		for (Object value : message.getAllFields().values()) {
			checkField(value);
		}
	}

	private static void checkField(Object value) throws CharacterCodingException {
		if (value instanceof Message message) {
			check(message);
		}
		else if (value instanceof CharSequence text) {
			check(text);
		}
		else if (value instanceof Iterable<?> elements && !(value instanceof com.google.protobuf.ByteString)) {
			for (Object element : elements) {
				checkField(element);
			}
		}
		else if (value instanceof Map<?, ?> map) {
			checkField(map.keySet());
			checkField(map.values());
		}
	}

}
