package io.flyteconnect.internal.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonParseException;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.StringUtils;
import org.springframework.web.util.UriComponentsBuilder;

import io.flyteconnect.internal.text.SafeText;

/**
 * The fields of an answer of an authorization server: JSON (RFC 6749 section 5.1), or a
 * form, as GitHub and others send it.
 */
final class AnswerBody {

	private static final String BYTE_ORDER_MARK = "\uFEFF";

	/** A sentence with an equals sign in it is no form. */
	private static final Pattern NAME = Pattern.compile("[\\w.-]+");

	private AnswerBody() {
	}

	/**
	 * Read the fields of an answer.
	 * @param message the answer
	 * @return the fields, or {@code null} if it has none
	 */
	static @Nullable Map<String, Object> read(HttpInputMessage message) throws IOException {
		String body = text(message.getBody().readAllBytes());
		Map<String, Object> fields = json(body);
		if (fields == null && isForm(message.getHeaders())) {
			fields = form(body);
		}
		return (fields == null && isError(message)) ? WordsOfAnError.fields(body, contentType(message.getHeaders()))
				: fields;
	}

	/**
	 * Return whether an answer has no body, without taking anything of it.
	 * @param message the answer
	 * @return whether it is known to have none
	 */
	static boolean isEmpty(HttpInputMessage message) throws IOException {
		InputStream body = message.getBody();
		if (!body.markSupported()) {
			return message.getHeaders().getContentLength() == 0;
		}
		body.mark(1);
		boolean empty = body.read() < 0;
		body.reset();
		return empty;
	}

	// What comes with a success may be a token, which must not be shown.
	private static boolean isError(HttpInputMessage message) throws IOException {
		return status(message) >= 400;
	}

	/**
	 * Read the fields of an answer that must have some.
	 * @param message the answer
	 * @param secrets what errors must not show
	 * @return the fields
	 * @throws TokenRequestException if it has none
	 */
	static Map<String, Object> require(HttpInputMessage message, Collection<String> secrets) throws IOException {
		Map<String, Object> fields = read(message);
		if (fields == null) {
			throw invalid(
					"the answer (" + SafeText.of(contentType(message.getHeaders()), secrets) + ") is no JSON object",
					message);
		}
		return fields;
	}

	private static @Nullable Map<String, Object> json(String text) {
		try {
			return JsonParserFactory.getJsonParser().parseMap(text);
		}
		catch (JsonParseException ex) {
			return null;
		}
	}

	private static String text(byte[] body) {
		String text = new String(body, StandardCharsets.UTF_8);
		return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
	}

	private static boolean isForm(HttpHeaders headers) {
		String type = contentType(headers);
		return type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE)
				|| type.startsWith(MediaType.TEXT_PLAIN_VALUE);
	}

	private static @Nullable Map<String, Object> form(String text) {
		Map<String, Object> fields = new HashMap<>();
		UriComponentsBuilder.newInstance().query(text.strip()).build().getQueryParams().forEach((name, values) -> {
			String value = values.get(0);
			if (value != null && NAME.matcher(name).matches()) {
				fields.put(name, decode(value));
			}
		});
		return fields.isEmpty() ? null : fields;
	}

	private static String decode(String value) {
		try {
			return StringUtils.uriDecode(value.replace('+', ' '), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return value;
		}
	}

	static TokenRequestException invalid(String description, HttpInputMessage message) throws IOException {
		return ErrorAnswer.invalid("HTTP " + status(message) + ", but ", description, status(message));
	}

	static int status(HttpInputMessage message) throws IOException {
		return (message instanceof ClientHttpResponse response) ? response.getStatusCode().value() : 200;
	}

	static String contentType(HttpHeaders headers) {
		String type = headers.getFirst(HttpHeaders.CONTENT_TYPE);
		return StringUtils.hasText(type) ? type : "without a content type";
	}

}
