package io.flyteconnect.internal.call.authorization;

import java.util.concurrent.CompletionException;

import io.grpc.Status;
import io.grpc.Status.Code;

import io.flyteconnect.internal.text.DeadlineText;
import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.internal.token.AccessToken;
import io.flyteconnect.internal.token.RejectedBy;
import io.flyteconnect.internal.token.TokenWait;
import io.flyteconnect.login.LoginException;

/**
 * How calls end that got no token, or whose token was rejected.
 *
 * @param login what is logged in where
 * @param advice what to do about rejections
 */
record CallFailures(String login, RejectionAdvice advice) {

	/**
	 * Return how an attempt ends that got no token.
	 * @param ex why it got none
	 * @param another whether gRPC may make another attempt
	 */
	Status withoutToken(Throwable ex, boolean another) {
		Throwable cause = (ex instanceof CompletionException && ex.getCause() != null) ? ex.getCause() : ex;
		if (!(cause instanceof LoginException met)) {
			return Status.UNAVAILABLE.withDescription(this.login + " failed").withCause(cause);
		}
		return met.toAttemptStatus(this.login, another);
	}

	/**
	 * Explain how a call ended that was not to carry a token.
	 */
	Status withoutLogin(Status status) {
		String missing = this.advice.onMissing();
		return (missing != null && status.getCode() == Code.UNAUTHENTICATED) ? said(status, missing) : status;
	}

	/**
	 * Explain how a call ended that was to carry a token.
	 */
	Status explain(Status status, CallToken token, boolean repeated) {
		if (status.getCause() instanceof LoginException failure) {
			return failure.toStatus(this.login);
		}
		TokenWait wait = token.unfinishedWait();
		if (status.getCode() == Code.DEADLINE_EXCEEDED && wait != null) {
			return status.withDescription(this.login + ": " + wait.describe() + connection(status));
		}
		AccessToken used = token.used();
		if (used == null || used.isAnonymous() && status.getCode() != Code.UNAUTHENTICATED) {
			return status;
		}
		if (status.getCode() == Code.PERMISSION_DENIED && !used.isAccepted() && !RejectedBy.isPlainHttp(status)) {
			// A token that no call has got through with yet may be the wrong one.
			return said(status, "No call has got through with this token yet. " + this.advice.onToken());
		}
		if (status.getCode() != Code.UNAUTHENTICATED) {
			return status;
		}
		LoginException refusal = LoginException.refused(status, used.isAnonymous(), repeated);
		return (used.isAnonymous() ? this.advice.onNoMetadata(refusal) : this.advice.on(refusal)).toStatus(this.login);
	}

	// What is known of the connection, without what gRPC says of its own parts.
	private static String connection(Status status) {
		String known = DeadlineText.withoutDetails(status.getDescription());
		return known.isEmpty() ? "" : "; " + known;
	}

	/**
	 * The same status with a sentence more.
	 */
	static Status said(Status status, String sentence) {
		String description = status.getDescription();
		return status
			.withDescription((description != null) ? SafeText.message(description) + ". " + sentence : sentence);
	}

}
