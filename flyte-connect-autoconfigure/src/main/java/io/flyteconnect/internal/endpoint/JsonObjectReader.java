package io.flyteconnect.internal.endpoint;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;

import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;

/**
 * Reads an answer that is a JSON object, with the parser that Spring Boot finds: the
 * starter needs no JSON library of its own.
 */
class JsonObjectReader extends AbstractHttpMessageConverter<Map<String, Object>> {

	private final Collection<String> secrets;

	JsonObjectReader(Collection<String> secrets) {
		super(MediaType.ALL);
		this.secrets = secrets;
	}

	@Override
	protected boolean supports(Class<?> type) {
		return type == Map.class;
	}

	@Override
	protected Map<String, Object> readInternal(Class<? extends Map<String, Object>> type, HttpInputMessage message)
			throws IOException {
		Map<String, Object> body = AnswerBody.require(message, this.secrets);
		ErrorAnswer error = ErrorAnswer.of(body, this.secrets);
		if (error != null && error.known()) {
			throw error.exception(AnswerBody.status(message), null);
		}
		return body;
	}

	@Override
	protected void writeInternal(Map<String, Object> body, HttpOutputMessage message) {
		throw new IllegalStateException("Answers are only read");
	}

}
