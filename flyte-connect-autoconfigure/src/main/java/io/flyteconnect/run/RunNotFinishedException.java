package io.flyteconnect.run;

import java.time.Duration;

import com.flyteidl2.common.ActionPhase;
import com.flyteidl2.common.RunIdentifier;
import com.flyteidl2.workflow.RunDetails;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.run.RunTexts;
import io.flyteconnect.internal.text.SafeText;

/**
 * Thrown when a run has not ended in the time that the caller waits. The run continues.
 *
 * @since 0.1.0
 */
public final class RunNotFinishedException extends RuntimeException {

	private final RunIdentifier id;

	private final transient @Nullable RunDetails last;

	public RunNotFinishedException(RunIdentifier id, Duration timeout, @Nullable RunDetails last,
			@Nullable StatusRuntimeException failure) {
		super("Run " + RunTexts.of(id) + " has not ended after " + timeout + " and goes on: " + seen(last)
				+ ((failure != null) ? "; the last call ended with " + SafeText.message(failure.getMessage()) : ""),
				failure);
		this.id = id;
		this.last = last;
	}

	private static String seen(@Nullable RunDetails last) {
		if (last == null) {
			return "Flyte did not answer";
		}
		// The server answers OK although it could not hand a run to anybody.
		return "it was last seen " + RunTexts.state(last) + ((RunTexts.phase(last) == ActionPhase.ACTION_PHASE_QUEUED)
				? ", and Flyte creates runs that nothing takes up where its queue or cluster does not answer" : "");
	}

	/**
	 * Return the run.
	 * @return its identifier
	 */
	public RunIdentifier getId() {
		return this.id;
	}

	/**
	 * Return the run as it was last seen.
	 * @return the run, or {@code null} if Flyte did not answer at all
	 */
	public @Nullable RunDetails getLast() {
		return this.last;
	}

}
