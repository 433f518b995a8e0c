package io.flyteconnect.oauth2.endpoint;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;

import io.flyteconnect.text.SafeText;

/**
 * An answer that says no. Its words are the standard's (RFC 6749 section 5.2), or those
 * of gateways and of servers with a language of their own.
 *
 * @param error what it says, without secrets
 * @param known whether it has an error code
 */
record ErrorAnswer(OAuth2Error error, boolean known) {

	/** Where servers explain themselves, the standard's field first. */
	private static final List<String> DESCRIPTIONS = List.of(OAuth2ParameterNames.ERROR_DESCRIPTION, "error_message",
			"errorSummary", "message", "detail", "msg", "title");

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
		Object error = fields.get(OAuth2ParameterNames.ERROR);
		if (error instanceof String code && !code.isBlank()) {
			return new ErrorAnswer(
					new OAuth2Error(SafeText.of(code, secrets), SafeText.of(description(fields), secrets), null), true);
		}
		String description = (error instanceof Map<?, ?> nested) ? description(nested) : description(fields);
		return (description != null) ? new ErrorAnswer(
				new OAuth2Error(TokenRequestException.INVALID_RESPONSE, SafeText.of(description, secrets), null), false)
				: null;
	}

	private static @Nullable String description(Map<?, ?> fields) {
		for (String name : DESCRIPTIONS) {
			if (fields.get(name) instanceof String text && !text.isBlank()) {
				return text;
			}
		}
		return null;
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
