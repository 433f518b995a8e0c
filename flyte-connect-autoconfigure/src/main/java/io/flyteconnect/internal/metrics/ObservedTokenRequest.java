package io.flyteconnect.internal.metrics;

import java.time.Instant;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.FlyteConnectionListener.TokenRequest;
import io.flyteconnect.login.LoginException;

/**
 * One token request that is observed. What the login does meanwhile on this thread, such
 * as asking Flyte for its metadata, is below it.
 */
final class ObservedTokenRequest implements TokenRequest {

	private final Observation observation;

	private final Observation.Scope scope;

	ObservedTokenRequest(Observation observation) {
		this.observation = observation;
		this.scope = observation.openScope();
	}

	@Override
	public void succeeded(@Nullable Instant expiresAt) {
		end(Outcome.SUCCESS, "none");
	}

	@Override
	public void unneeded() {
		end(Outcome.UNNEEDED, "none");
	}

	@Override
	public void failed(LoginException failure) {
		this.observation.error(failure);
		end(Outcome.FAILURE, ConnectionMetrics.word(failure.getStep()));
	}

	private void end(Outcome outcome, String step) {
		this.scope.close();
		this.observation.lowCardinalityKeyValue("outcome", ConnectionMetrics.word(outcome))
			.lowCardinalityKeyValue("step", step)
			.stop();
	}

	/**
	 * How a request ends, as the metrics say it.
	 */
	enum Outcome {

		/** There is a token. */
		SUCCESS,

		/** The server asks for none. */
		UNNEEDED,

		/** There is none. */
		FAILURE

	}

}
