package io.flyteconnect.internal.endpoint;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Collection;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.web.client.ResponseErrorHandler;

import io.flyteconnect.internal.text.SafeText;

/**
 * Reads the error that an authorization server answers (RFC 6749 section 5.2), whatever
 * the HTTP status: servers send {@code invalid_client} with 400 and 401 alike, and
 * {@code server_error} with 500.
 */
class TokenErrorHandler implements ResponseErrorHandler {

	private static final Duration LONGEST_RETRY_AFTER = Duration.ofSeconds(30);

	private final Collection<String> secrets;

	private final Clock clock;

	TokenErrorHandler(Clock clock, Collection<String> secrets) {
		this.clock = clock;
		this.secrets = secrets;
	}

	@Override
	public boolean hasError(ClientHttpResponse response) throws IOException {
		// With 204 and 205 comes no content, which every answer needs.
		return !response.getStatusCode().is2xxSuccessful() || response.getStatusCode().value() == 204
				|| response.getStatusCode().value() == 205 || AnswerBody.isEmpty(response);
	}

	@Override
	public void handleError(URI url, HttpMethod method, ClientHttpResponse response) throws IOException {
		int status = response.getStatusCode().value();
		if (response.getStatusCode().is3xxRedirection()) {
			throw redirect(url, response);
		}
		if (response.getStatusCode().is2xxSuccessful() && AnswerBody.isEmpty(response)) {
			throw AnswerBody.invalid("the answer is empty", response);
		}
		ErrorAnswer answer = ErrorAnswer.of(AnswerBody.read(response), this.secrets);
		if (answer == null || !answer.known()) {
			String says = (answer != null) ? ", it says: " + answer.error().getDescription() : "";
			answer = new ErrorAnswer(new OAuth2Error(TokenRequestException.INVALID_RESPONSE,
					"the answer (" + SafeText.of(AnswerBody.contentType(response.getHeaders()), this.secrets)
							+ ") is no OAuth2 error" + says,
					null), false);
		}
		throw answer.exception(status, retryAfter(response.getHeaders()));
	}

	/**
	 * A form with a secret must not go where somebody points to (RFC 9700 section 4.12).
	 */
	private TokenRequestException redirect(URI url, ClientHttpResponse response) throws IOException {
		int status = response.getStatusCode().value();
		String location = response.getHeaders().getFirst(HttpHeaders.LOCATION);
		String target = (location != null) ? SafeText.of(target(url, location), this.secrets) : "nowhere";
		return ErrorAnswer.invalid("HTTP " + status + ": ", "a redirect to " + target + ", which is not followed",
				status);
	}

	// Without the query, which may hold what was sent.
	private static String target(URI url, String location) {
		try {
			URI target = url.resolve(location.strip());
			return (target.getHost() != null)
					? target.getScheme() + "://" + target.getHost()
							+ ((target.getPort() >= 0) ? ":" + target.getPort() : "") + target.getPath()
					: "an address that cannot be read";
		}
		catch (IllegalArgumentException ex) {
			return "an address that cannot be read";
		}
	}

	/**
	 * Read {@code Retry-After}: seconds, or a date (RFC 9110 section 10.2.3).
	 */
	private @Nullable Duration retryAfter(HttpHeaders headers) {
		String value = headers.getFirst(HttpHeaders.RETRY_AFTER);
		if (value == null) {
			return null;
		}
		Duration wanted = value.strip().matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(value.strip()))
				: untilRetry(headers);
		if (wanted == null || wanted.isNegative()) {
			return null;
		}
		return (wanted.compareTo(LONGEST_RETRY_AFTER) > 0) ? LONGEST_RETRY_AFTER : wanted;
	}

	private @Nullable Duration untilRetry(HttpHeaders headers) {
		ZonedDateTime retry = date(headers, HttpHeaders.RETRY_AFTER);
		if (retry == null) {
			return null;
		}
		// By the server's clock where it tells it: the two may differ.
		ZonedDateTime now = date(headers, HttpHeaders.DATE);
		return Duration.between((now != null) ? now.toInstant() : this.clock.instant(), retry.toInstant());
	}

	private static @Nullable ZonedDateTime date(HttpHeaders headers, String name) {
		try {
			return headers.getFirstZonedDateTime(name);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
