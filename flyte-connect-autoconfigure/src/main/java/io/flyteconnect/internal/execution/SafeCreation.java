package io.flyteconnect.internal.execution;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import flyteidl.admin.ExecutionOuterClass.ExecutionCreateResponse;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.login.LoginException;

/**
 * Creates an execution under a generated name, with retries. The channel does not retry
 * writes, since a server may have executed one although it reports to be unavailable.
 * Here a retry is safe: an execution that already exists under the generated name comes
 * from an earlier attempt.
 */
final class SafeCreation {

	private static final Log logger = LogFactory.getLog(SafeCreation.class);

	/**
	 * The status codes after which the server may or may not have created the execution.
	 */
	private static final Set<Code> UNCLEAR = EnumSet.of(Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED, Code.CANCELLED);

	private static final int MOST_ATTEMPTS = 5;

	/** The same launch does not retry a login that has failed twice. */
	private static final int MOST_LOGINS = 2;

	private static final BackOff PAUSES = new BackOff(Duration.ofMillis(200), Duration.ofSeconds(2));

	private final WorkflowExecutionIdentifier id;

	private final Supplier<ExecutionCreateResponse> call;

	/**
	 * Create a creation.
	 * @param id the identifier of the execution, with a unique name
	 * @param call one attempt
	 */
	SafeCreation(WorkflowExecutionIdentifier id, Supplier<ExecutionCreateResponse> call) {
		this.id = id;
		this.call = call;
	}

	WorkflowExecutionIdentifier create() {
		int logins = 0;
		boolean unclear = false;
		for (int attempt = 1;; attempt++) {
			try {
				return this.call.get().getId();
			}
			catch (StatusRuntimeException ex) {
				Code code = ex.getStatus().getCode();
				if (code == Code.ALREADY_EXISTS && unclear) {
					return this.id;
				}
				// The call was not sent if there was no token.
				boolean unsent = ex.getCause() instanceof LoginException;
				logins += unsent ? 1 : 0;
				unclear |= !unsent && UNCLEAR.contains(code);
				if (code != Code.UNAVAILABLE || attempt == MOST_ATTEMPTS || logins == MOST_LOGINS || !pause(attempt)) {
					if (unclear) {
						logger.warn("Execution " + FlyteExecutions.text(this.id)
								+ " may exist, although its creation ended with " + code);
					}
					throw ex;
				}
			}
		}
	}

	private static boolean pause(int attempt) {
		try {
			Thread.sleep(PAUSES.pause(attempt, ThreadLocalRandom.current().nextDouble()).toMillis());
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
