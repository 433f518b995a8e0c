package io.flyteconnect.integration.conformance.model;

import java.util.Map;
import java.util.Set;

import io.grpc.Status.Code;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.integration.conformance.wire.WireAnswer;

/**
 * A login of the model that failed.
 */
final class ModelFailure extends RuntimeException {

	private final Code code;

	private final String step;

	private final @Nullable Code answered;

	private boolean once;

	/**
	 * Create a failure.
	 * @param code what a caller sees: {@code UNAUTHENTICATED} where somebody has to
	 * change something, {@code UNAVAILABLE} where trying again may help
	 * @param step the name of a {@link io.flyteconnect.login.LoginStep}
	 * @param answered what Flyte answered, or {@code null} if it is not its doing
	 */
	private ModelFailure(Code code, String step, @Nullable Code answered) {
		super(step);
		this.code = code;
		this.step = step;
		this.answered = answered;
	}

	/** Flyte did not say how to log in. */
	static ModelFailure discovery(Code answered) {
		boolean permanent = Set.of(Code.UNAUTHENTICATED, Code.PERMISSION_DENIED, Code.NOT_FOUND, Code.INVALID_ARGUMENT)
			.contains(answered);
		return new ModelFailure(permanent ? Code.UNAUTHENTICATED : Code.UNAVAILABLE, "DISCOVERY", answered);
	}

	static ModelFailure permanent(String step) {
		return new ModelFailure(Code.UNAUTHENTICATED, step, null);
	}

	static ModelFailure passing(String step) {
		return new ModelFailure(Code.UNAVAILABLE, step, null);
	}

	/** The call is over before the login is, which goes on. */
	static ModelFailure late() {
		return new ModelFailure(Code.DEADLINE_EXCEEDED, "", null);
	}

	/** The same failure, for a request that is not made twice within a call. */
	ModelFailure once() {
		this.once = true;
		return this;
	}

	boolean isLate() {
		return this.code == Code.DEADLINE_EXCEEDED;
	}

	boolean isOnce() {
		return this.once;
	}

	Map<String, Object> result(String op) {
		if (this.step.isEmpty()) {
			return WireAnswer.failed(op, this.code);
		}
		return WireAnswer.failed(op, this.code, this.step, this.answered);
	}

	boolean isPermanent() {
		return this.code == Code.UNAUTHENTICATED;
	}

}
