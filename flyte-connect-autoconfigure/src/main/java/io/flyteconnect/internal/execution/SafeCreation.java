package io.flyteconnect.internal.execution;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.flyteconnect.login.LoginException;

/**
 * Creates an execution or a run under a generated name, with retries. The channel does
 * not retry writes, since a server may have executed one although it reports to be
 * unavailable. Here a retry is safe: an execution that already exists under the generated
 * name comes from an earlier attempt.
 *
 * @param <T> what identifies it
 * @since 0.1.0
 */
public final class SafeCreation<T> {

	private static final Log logger = LogFactory.getLog(SafeCreation.class);

	/**
	 * The status codes after which the server may or may not have created the execution.
	 */
	private static final Set<Code> UNCLEAR = EnumSet.of(Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED, Code.CANCELLED);

	private static final int MOST_ATTEMPTS = 5;

	/** The same launch does not retry a login that has failed twice. */
	private static final int MOST_LOGINS = 2;

	private static final BackOff PAUSES = new BackOff(Duration.ofMillis(200), Duration.ofSeconds(2));

	private final T id;

	private final String what;

	private final Supplier<T> call;

	/**
	 * Create a creation.
	 * @param id what identifies it, with a unique name
	 * @param what what is created, for a warning: {@code Execution p/d/n} for example
	 * @param call one attempt
	 */
	public SafeCreation(T id, String what, Supplier<T> call) {
		this.id = id;
		this.what = what;
		this.call = call;
	}

	/**
	 * Create it.
	 * @return what identifies it
	 * @throws StatusRuntimeException if it was not created, or may not have been
	 */
	public T create() {
		int logins = 0;
		boolean unclear = false;
		for (int attempt = 1;; attempt++) {
			try {
				return this.call.get();
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
						logger.warn(this.what + " may exist, although its creation ended with " + code);
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
