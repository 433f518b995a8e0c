package io.flyteconnect.oauth2;

import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;

/**
 * An answer of the token endpoint that is no token, told apart as permanent or transient.
 */
class TokenRequestException extends OAuth2AuthorizationException {

	static final String INVALID_RESPONSE = "invalid_token_response";

	/**
	 * Error codes that ask to come back later (RFC 6749 section 4.1.2.1, which servers
	 * use at the token endpoint, too).
	 */
	private static final Set<String> TRANSIENT_CODES = Set.of(OAuth2ErrorCodes.SERVER_ERROR,
			OAuth2ErrorCodes.TEMPORARILY_UNAVAILABLE, "slow_down");

	private final int httpStatus;

	private final @Nullable Duration retryAfter;

	TokenRequestException(OAuth2Error error, String message, int httpStatus, @Nullable Duration retryAfter) {
		super(error, message);
		this.httpStatus = httpStatus;
		this.retryAfter = retryAfter;
	}

	int getHttpStatus() {
		return this.httpStatus;
	}

	@Nullable Duration getRetryAfter() {
		return this.retryAfter;
	}

	/**
	 * Whether the same request can be expected to fail again: the server understood it
	 * and said no. An answer that only an overloaded, broken or misrouted server gives is
	 * transient, whatever its status.
	 */
	boolean isPermanent() {
		String code = getError().getErrorCode();
		if (this.httpStatus == 408 || this.httpStatus == 429 || TRANSIENT_CODES.contains(code)) {
			return false;
		}
		if (INVALID_RESPONSE.equals(code)) {
			return this.httpStatus == 401 || this.httpStatus == 403;
		}
		return true;
	}

}
