package io.flyteconnect.internal.endpoint;

import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonParseException;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;

import io.flyteconnect.internal.token.ErrorCodes;

/**
 * An error that comes without names of fields: a word or a sentence as plain text or as a
 * JSON string, or a JSON array of errors.
 */
final class WordsOfAnError {

	/**
	 * Plain words only: a text that names no field may repeat a secret of any request.
	 */
	private static final Pattern PLAIN = Pattern.compile("[A-Za-z]{1,16}(?:[ .,'-]{1,2}[A-Za-z]{1,16}){0,19}[.!]?");

	private WordsOfAnError() {
	}

	/**
	 * Give names to what is there.
	 * @param body the body of an answer that is an error
	 * @param contentType its content type
	 * @return the fields as an error has them, or {@code null} if it is a page or nothing
	 */
	static @Nullable Map<String, Object> fields(String body, String contentType) {
		String text = body.strip();
		if (text.startsWith("[")) {
			return parse("{\"errors\":" + text + "}");
		}
		if (text.startsWith("\"")) {
			Map<String, Object> word = parse("{\"text\":" + text + "}");
			return (word != null) ? sentence(String.valueOf(word.get("text")).strip()) : null;
		}
		return contentType.startsWith(MediaType.TEXT_PLAIN_VALUE) ? sentence(text) : null;
	}

	private static @Nullable Map<String, Object> sentence(String text) {
		if (ErrorCodes.find(text) != null) {
			return Map.of(OAuth2ParameterNames.ERROR, text);
		}
		return PLAIN.matcher(text).matches() ? Map.of(ErrorAnswer.MESSAGE, text) : null;
	}

	private static @Nullable Map<String, Object> parse(String text) {
		try {
			return JsonParserFactory.getJsonParser().parseMap(text);
		}
		catch (JsonParseException ex) {
			return null;
		}
	}

}
