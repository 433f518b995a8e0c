package io.flyteconnect.internal.endpoint;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;

import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.internal.token.ErrorCodes;

/**
 * An answer that says no. Its words are the standard's (RFC 6749 section 5.2), or those
 * of gateways and of servers with a language of their own.
 *
 * @param error what it says, without secrets
 * @param known whether it has an error code
 */
record ErrorAnswer(OAuth2Error error, boolean known) {

	/** A field that explains itself in most languages. */
	static final String MESSAGE = "message";

	/** Where servers explain themselves, the standard's field first. */
	private static final List<String> DESCRIPTIONS = List.of(OAuth2ParameterNames.ERROR_DESCRIPTION, "error_message",
			"errorSummary", MESSAGE, "detail", "msg", "description", "reason", "title");

	/** Where servers put the code that are not those of the standard. */
	private static final List<String> CODES = List.of("code", "error_code", "type");

	/** A code of another language that says something: no number. */
	private static final Pattern WORD = Pattern.compile("[A-Za-z][\\w.-]{0,63}");

	/**
	 * Look for an error.
	 * @param fields the fields of the answer
	 * @param secrets what must not be shown
	 * @return the error, or {@code null} if there is none
	 */
	static @Nullable ErrorAnswer of(@Nullable Map<?, ?> fields, Collection<String> secrets) {
		if (fields == null) {
			return null;
		}
		AnswerFields answer = new AnswerFields(fields);
		if (answer.get(OAuth2ParameterNames.ERROR) instanceof String code && !code.isBlank()) {
			return known(code, answer.text(DESCRIPTIONS), secrets);
		}
		AnswerFields nested = answer.nested(OAuth2ParameterNames.ERROR, "errors");
		AnswerFields explained = (nested != null) ? nested : answer;
		String code = explained.text(CODES);
		String description = explained.text(DESCRIPTIONS);
		if (code != null && ErrorCodes.find(code) != null) {
			return known(code, description, secrets);
		}
		boolean own = nested != null && code != null && WORD.matcher(code).matches();
		return unknown(own ? code + ((description != null) ? ": " + description : "") : description, secrets);
	}

	private static ErrorAnswer known(String code, @Nullable String description, Collection<String> secrets) {
		return new ErrorAnswer(new OAuth2Error(SafeText.of(ErrorCodes.standard(code), secrets),
				SafeText.of(description, secrets), null), true);
	}

	private static @Nullable ErrorAnswer unknown(@Nullable String description, Collection<String> secrets) {
		return (description != null) ? new ErrorAnswer(
				new OAuth2Error(TokenRequestException.INVALID_RESPONSE, SafeText.of(description, secrets), null), false)
				: null;
	}

	/**
	 * Return what to throw.
	 * @param status the HTTP status of the answer
	 * @param retryAfter how long the server asks to be left alone, or {@code null}
	 */
	TokenRequestException exception(int status, @Nullable Duration retryAfter) {
		String description = this.error.getDescription();
		return new TokenRequestException(this.error,
				"HTTP " + status + " " + this.error.getErrorCode()
						+ ((description == null || description.isEmpty()) ? "" : ": " + description),
				status, retryAfter);
	}

	static TokenRequestException invalid(String prefix, String description, int status) {
		return new TokenRequestException(new OAuth2Error(TokenRequestException.INVALID_RESPONSE, description, null),
				prefix + description, status, null);
	}

}
