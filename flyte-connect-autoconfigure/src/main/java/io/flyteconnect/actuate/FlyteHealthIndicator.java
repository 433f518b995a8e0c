package io.flyteconnect.actuate;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import io.grpc.Status;
import io.grpc.Status.Code;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.util.StringUtils;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.actuate.ConnectionProbe.Answer;
import io.flyteconnect.internal.channel.diagnosis.FailedSteps;
import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.login.LoginException;
import io.flyteconnect.login.LoginFailure;
import io.flyteconnect.login.TokenState;
import io.flyteconnect.login.TokenState.Presence;

/**
 * The health of one connection.
 */
final class FlyteHealthIndicator implements HealthIndicator {

	private final FlyteConnection connection;

	private final ConnectionProbe probe;

	private volatile @Nullable Failure lastFailure;

	FlyteHealthIndicator(FlyteConnection connection, ConnectionProbe probe) {
		this.connection = connection;
		this.probe = probe;
	}

	/**
	 * Ask Flyte without waiting for it.
	 */
	void ask() {
		this.probe.ask();
	}

	@Override
	public Health health() {
		Answer answer = this.probe.get();
		TokenState token = this.connection.tokenState();
		boolean personMissing = isPersonMissing(answer.failure(), token);
		if (answer.failure() != null && !personMissing) {
			this.lastFailure = Failure.of(answer.failure(), answer.time());
		}
		Health.Builder health = personMissing ? Health.unknown()
				: (answer.failure() != null) ? Health.down() : Health.up();
		return health.withDetails(details(answer, token, personMissing)).build();
	}

	/** Only a call of the application itself makes a person log in. */
	private static boolean isPersonMissing(@Nullable Status failure, TokenState token) {
		return failure != null && failure.getCode() == Code.UNAUTHENTICATED && token.presence() != Presence.PRESENT
				&& token.mode().asksPerson();
	}

	private Map<String, Object> details(Answer answer, TokenState token, boolean personMissing) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("endpoint", this.connection.config().endpoint().toString());
		details.put("authMode", token.mode().words().get(0));
		if (StringUtils.hasText(answer.version())) {
			details.put("version", answer.version());
		}
		details.put("channel", this.connection.channelState().name());
		details.put("token", token(token));
		details.put("askedAt", answer.time().toString());
		if (personMissing) {
			details.put("reason", "No token is held, and this page asks nobody to log in: a call of the application"
					+ " renews the login, or asks a person");
		}
		// Why it is down now comes first, whatever a login did meanwhile.
		boolean down = answer.failure() != null && !personMissing;
		Failure failure = down ? this.lastFailure : latest(this.lastFailure, token.lastFailure());
		if (failure != null) {
			details.put("lastFailure", failure.details());
		}
		return details;
	}

	private static Map<String, Object> token(TokenState token) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("state", token.presence().name());
		if (token.endsAt() != null) {
			details.put("endsAt", token.endsAt().toString());
		}
		return details;
	}

	private static @Nullable Failure latest(@Nullable Failure call, @Nullable LoginFailure login) {
		if (login == null || (call != null && !call.time().isBefore(login.time()))) {
			return call;
		}
		return new Failure(login.step().toString(), login.time(), login.message());
	}

	/**
	 * A failure of a call or a login.
	 *
	 * @param step the step that failed
	 * @param time when it did
	 * @param message what happened
	 */
	private record Failure(String step, Instant time, String message) {

		private static Failure of(Status status, Instant time) {
			String step = (status.getCause() instanceof LoginException login) ? login.getStep().toString()
					: FailedSteps.of(status).toString();
			String description = status.getDescription();
			return new Failure(step, time,
					status.getCode() + ((description != null) ? ": " + SafeText.message(description) : ""));
		}

		private Map<String, Object> details() {
			Map<String, Object> details = new LinkedHashMap<>();
			details.put("step", this.step);
			details.put("time", this.time.toString());
			details.put("message", this.message);
			return details;
		}

	}

}
