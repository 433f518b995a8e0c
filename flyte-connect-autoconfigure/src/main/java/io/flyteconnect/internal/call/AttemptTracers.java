package io.flyteconnect.internal.call;

import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * Makes what sees the attempts of a call, since gRPC tells nobody else of them.
 */
final class AttemptTracers extends ClientStreamTracer.Factory {

	/** Finds the attempt of a call by its credentials, so that no call needs its own. */
	static final ClientStreamTracer.Factory OF_CREDENTIALS = new AttemptTracers(null);

	private final @Nullable CallAttempt<?, ?> known;

	private AttemptTracers(@Nullable CallAttempt<?, ?> known) {
		this.known = known;
	}

	/**
	 * Make those of a call whose caller brings credentials.
	 */
	static ClientStreamTracer.Factory of(CallAttempt<?, ?> known) {
		return new AttemptTracers(known);
	}

	@Override
	public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
		Object found = (this.known != null) ? this.known : info.getCallOptions().getCredentials();
		if (!(found instanceof CallAttempt<?, ?> attempt)) {
			return new ClientStreamTracer() {
			};
		}
		if (info.isTransparentRetry() || info.getPreviousAttempts() > 0) {
			attempt.tellRetry(info.isTransparentRetry());
			return attempt.newTracerOfRepeat(info);
		}
		return attempt.newTracer(info);
	}

}
