package io.flyteconnect.login;

import java.time.Duration;
import java.util.function.UnaryOperator;

import io.grpc.Status;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;

import io.flyteconnect.internal.text.SafeCause;
import io.flyteconnect.internal.text.SafeText;

/**
 * Thrown when a login fails: the cause of the {@code StatusRuntimeException} that the
 * caller of a stub sees. Its text never holds a token or a secret.
 *
 * @since 0.1.0
 */
public final class LoginException extends RuntimeException {

	private final LoginStep step;

	private final boolean permanent;

	private final Answer answer;

	private final boolean personAsked;

	private LoginException(LoginStep step, boolean permanent, String message, Answer answer, boolean personAsked,
			@Nullable Throwable cause) {
		super(message, SafeCause.of(cause));
		this.step = step;
		this.permanent = permanent;
		this.answer = answer;
		this.personAsked = personAsked;
	}

	public static LoginException discovery(Status status, @Nullable Throwable cause) {
		boolean permanent = switch (status.getCode()) {
			case UNAUTHENTICATED, PERMISSION_DENIED, NOT_FOUND, INVALID_ARGUMENT -> true;
			default -> false;
		};
		String message = "asking for login metadata (AuthMetadataService) ended with " + status.getCode()
				+ detail(status.getDescription());
		return new LoginException(LoginStep.DISCOVERY, permanent, message, Answer.NONE, false, cause);
	}

	public static LoginException credentials(String message, @Nullable Throwable cause) {
		return new LoginException(LoginStep.CREDENTIALS, true, message, Answer.NONE, false, cause);
	}

	public static LoginException command(String message, boolean permanent, Throwable cause) {
		return new LoginException(LoginStep.COMMAND, permanent, message, Answer.NONE, false, cause);
	}

	public static LoginException interaction(String message, PersonLoginException cause) {
		return new LoginException(LoginStep.INTERACTION, true, message,
				new Answer(cause.getError().getErrorCode(), null, null), true, cause);
	}

	/**
	 * Create the failure of a token request that may pass by itself.
	 * @param message what happened
	 * @param cause the cause, if there is one
	 * @return the failure
	 */
	public static LoginException tokenRequest(String message, @Nullable Throwable cause) {
		return tokenRequest(message, false, cause);
	}

	/**
	 * Create the failure of a token request.
	 * @param message what happened
	 * @param permanent whether somebody has to change something
	 * @param cause the cause, if there is one
	 * @return the failure
	 */
	public static LoginException tokenRequest(String message, boolean permanent, @Nullable Throwable cause) {
		return new LoginException(LoginStep.TOKEN_REQUEST, permanent, message, Answer.NONE, false, cause);
	}

	/**
	 * Create the failure that an authorization server's answer tells.
	 * @param message what happened
	 * @param permanent whether somebody has to change something
	 * @param httpStatus the HTTP status of the answer
	 * @param retryAfter how long the server wants not to be asked, or {@code null}
	 * @param cause the error of the answer
	 * @return the failure
	 */
	public static LoginException answered(String message, boolean permanent, int httpStatus,
			@Nullable Duration retryAfter, OAuth2AuthorizationException cause) {
		return new LoginException(LoginStep.TOKEN_REQUEST, permanent, message,
				new Answer(cause.getError().getErrorCode(), httpStatus, retryAfter), false, cause);
	}

	/**
	 * Create the failure of a call that Flyte refused.
	 * @param status the status of the call
	 * @param anonymous whether the call carried no token
	 * @param repeated whether a fresh token was refused as well
	 * @return the failure
	 */
	public static LoginException refused(Status status, boolean anonymous, boolean repeated) {
		String what = anonymous ? "a call without a token was refused, and the server says nothing about logging in"
				: "the token was refused" + (repeated ? ", and so was a fresh one" : "");
		return new LoginException(LoginStep.REFUSED, true, what + detail(status.getDescription()), Answer.NONE, false,
				status.getCause());
	}

	/**
	 * Return the same failure, which came after a person had been asked.
	 * @return the failure
	 */
	public LoginException afterPerson() {
		return new LoginException(this.step, this.permanent, String.valueOf(getMessage()), this.answer, true,
				getCause());
	}

	/**
	 * Return the same failure with more to say.
	 * @param advice the sentences to add, may be empty
	 * @return the failure
	 */
	public LoginException advised(String advice) {
		if (advice.isEmpty()) {
			return this;
		}
		String message = String.valueOf(getMessage());
		String end = message.endsWith("?") ? " " : ". ";
		return new LoginException(this.step, this.permanent, message + end + advice, this.answer, this.personAsked,
				getCause());
	}

	/**
	 * Return the same failure in other words.
	 * @param words changes the message
	 * @return the failure
	 */
	public LoginException reworded(UnaryOperator<String> words) {
		String message = String.valueOf(getMessage());
		String changed = words.apply(message);
		return changed.equals(message) ? this
				: new LoginException(this.step, this.permanent, changed, this.answer, this.personAsked, getCause());
	}

	/**
	 * Return the step that failed.
	 * @return the step
	 */
	public LoginStep getStep() {
		return this.step;
	}

	/**
	 * Return whether the same request can be expected to fail again until somebody
	 * changes something, as with {@code invalid_client}.
	 * @return whether the failure is permanent
	 */
	public boolean isPermanent() {
		return this.permanent;
	}

	/**
	 * Return the OAuth2 error code (RFC 6749 section 5.2) of the authorization server.
	 * @return the code, or {@code null} if it sent none
	 */
	public @Nullable String getErrorCode() {
		return this.answer.errorCode();
	}

	/**
	 * Return the HTTP status of the authorization server.
	 * @return the status, or {@code null} if there was no answer
	 */
	public @Nullable Integer getHttpStatus() {
		return this.answer.httpStatus();
	}

	/**
	 * Return how long the authorization server wants not to be asked.
	 * @return the time, or {@code null} if it did not say
	 */
	public @Nullable Duration getRetryAfter() {
		return this.answer.retryAfter();
	}

	/**
	 * Return whether a person was asked to log in, and nobody did in time.
	 * @return whether nobody did in time
	 */
	public boolean isPersonAbsent() {
		return PersonLoginException.LOGIN_TIMEOUT.equals(this.answer.errorCode())
				|| PersonLoginException.EXPIRED_TOKEN.equals(this.answer.errorCode());
	}

	/**
	 * The status that the caller of a stub sees: UNAUTHENTICATED where the credentials
	 * are the matter, UNAVAILABLE where trying again may help.
	 * @param login what logs in where, for the description
	 * @return the status
	 */
	public Status toStatus(String login) {
		Status status = this.permanent ? Status.UNAUTHENTICATED : Status.UNAVAILABLE;
		return status.withDescription(login + " failed (step: " + this.step + "): " + getMessage()).withCause(this);
	}

	/**
	 * The status that gRPC sees, which sends a read again that is UNAVAILABLE, and asks
	 * for a token each time. That helps where an authorization server did not answer. A
	 * command that failed is not run again for the same call, nor is a person asked
	 * again, and Flyte has been asked for its metadata as often as is right.
	 * @param login what logs in where, for the description
	 * @param again whether the call may ask for a token once more
	 * @return the status
	 */
	public Status toAttemptStatus(String login, boolean again) {
		Status status = toStatus(login);
		return (again && this.step == LoginStep.TOKEN_REQUEST && !this.personAsked) ? status
				: Status.UNAUTHENTICATED.withDescription(status.getDescription()).withCause(this);
	}

	private static String detail(@Nullable String description) {
		return (description != null) ? ": " + SafeText.of(description) : "";
	}

	private record Answer(@Nullable String errorCode, @Nullable Integer httpStatus, @Nullable Duration retryAfter) {

		private static final Answer NONE = new Answer(null, null, null);

	}

}
