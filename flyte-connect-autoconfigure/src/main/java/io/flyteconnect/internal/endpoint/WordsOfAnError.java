package io.flyteconnect.internal.endpoint;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonParseException;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;

/**
 * An error that comes without names of fields: a word or a sentence as plain text or as a
 * JSON string, or a JSON array of errors.
 */
final class WordsOfAnError {

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
		if (text.isEmpty() || text.startsWith("<")) {
			return null;
		}
		return Map.of(ErrorAnswer.isCode(text) ? OAuth2ParameterNames.ERROR : ErrorAnswer.MESSAGE, text);
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
