package io.flyteconnect.internal.endpoint;

import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;

/**
 * An answer of the token endpoint that is no token, told apart as permanent or transient.
 *
 * @since 0.1.0
 */
public class TokenRequestException extends OAuth2AuthorizationException {

	/** The error code of an answer that is no OAuth2 answer at all. */
	public static final String INVALID_RESPONSE = "invalid_token_response";

	/**
	 * Error codes that ask to come back later (RFC 6749 section 4.1.2.1, which servers
	 * use at the token endpoint, too).
	 */
	private static final Set<String> TRANSIENT_CODES = Set.of(OAuth2ErrorCodes.SERVER_ERROR,
			OAuth2ErrorCodes.TEMPORARILY_UNAVAILABLE, "slow_down");

	/** Error codes that are about the client (RFC 6749 section 5.2). */
	private static final Set<String> CLIENT_CODES = Set.of(OAuth2ErrorCodes.INVALID_CLIENT,
			OAuth2ErrorCodes.UNAUTHORIZED_CLIENT);

	/** Request Timeout, Too Early, Too Many Requests (RFC 9110, RFC 8470, RFC 6585). */
	private static final Set<Integer> TRANSIENT_STATUSES = Set.of(408, 425, 429);

	private final int httpStatus;

	private final @Nullable Duration retryAfter;

	private final @Nullable String endpoint;

	/**
	 * Create an exception.
	 * @param error the error of the answer (RFC 6749 section 5.2)
	 * @param message what happened, without any secret
	 * @param httpStatus the HTTP status of the answer
	 * @param retryAfter how long the server asks to be left alone, or {@code null}
	 */
	public TokenRequestException(OAuth2Error error, String message, int httpStatus, @Nullable Duration retryAfter) {
		this(error, message, httpStatus, retryAfter, null);
	}

	private TokenRequestException(OAuth2Error error, String message, int httpStatus, @Nullable Duration retryAfter,
			@Nullable String endpoint) {
		super(error, message);
		this.httpStatus = httpStatus;
		this.retryAfter = retryAfter;
		this.endpoint = endpoint;
	}

	/**
	 * Return the same exception for another endpoint than the token endpoint.
	 * @param endpoint who answered
	 * @return the exception to throw
	 */
	public TokenRequestException at(String endpoint) {
		return new TokenRequestException(getError(), String.valueOf(getMessage()), this.httpStatus, this.retryAfter,
				endpoint);
	}

	/**
	 * Look for such an exception.
	 * @param ex the exception that may be one, or have one as a cause
	 * @return the first one, or {@code null}
	 */
	public static @Nullable TokenRequestException find(Throwable ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof TokenRequestException answer) {
				return answer;
			}
		}
		return null;
	}

	/**
	 * Return who answered.
	 * @return the endpoint, or {@code null} for the token endpoint
	 */
	public @Nullable String getEndpoint() {
		return this.endpoint;
	}

	/**
	 * Return the HTTP status of the answer.
	 * @return the status
	 */
	public int getHttpStatus() {
		return this.httpStatus;
	}

	/**
	 * Return how long the server asks to be left alone, at most 30 s.
	 * @return the pause, or {@code null} if it does not ask
	 */
	public @Nullable Duration getRetryAfter() {
		return this.retryAfter;
	}

	/**
	 * Whether the same request can be expected to fail again: the server understood it
	 * and said no, or something that is no token endpoint answered it. What an overloaded
	 * or broken server answers passes, but not that it refuses the client, whatever the
	 * status.
	 * @return whether the failure is permanent
	 */
	public boolean isPermanent() {
		String code = getError().getErrorCode();
		return (this.httpStatus < 500 || CLIENT_CODES.contains(code)) && !TRANSIENT_STATUSES.contains(this.httpStatus)
				&& !TRANSIENT_CODES.contains(code);
	}

	/**
	 * Whether the server refused the client itself, so that another secret may help.
	 * Keycloak answers a wrong secret with {@code unauthorized_client}, others with a
	 * bare 401.
	 * @return whether it did
	 */
	public boolean isClientRefused() {
		return this.httpStatus == 401 || CLIENT_CODES.contains(getError().getErrorCode());
	}

}
