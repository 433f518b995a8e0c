package io.flyteconnect.login;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/**
 * Thrown when a person did not log in: nobody could be asked, they said no, or did not
 * come in time.
 *
 * @since 0.1.0
 */
public class PersonLoginException extends OAuth2AuthorizationException {

	/** The code of the error that nobody logged in in time. */
	public static final String LOGIN_TIMEOUT = "login_timeout";

	/** The code of the error that a device code has ended (RFC 8628 section 3.5). */
	public static final String EXPIRED_TOKEN = "expired_token";

	/**
	 * Create an exception.
	 * @param errorCode the OAuth2 error code, or one of ours where there is none
	 * @param message what happened and what to do
	 * @param cause the cause, or {@code null}
	 */
	public PersonLoginException(String errorCode, String message, @Nullable Throwable cause) {
		super(new OAuth2Error(errorCode, message, null), message);
		if (cause != null) {
			initCause(cause);
		}
	}

}
