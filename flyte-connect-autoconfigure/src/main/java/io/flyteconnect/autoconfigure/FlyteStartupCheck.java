package io.flyteconnect.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import io.grpc.CallOptions;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.autoconfigure.FlyteProperties.StartupCheck;
import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.config.FlyteApi;
import io.flyteconnect.doctor.DiagnosedStep;
import io.flyteconnect.doctor.DiagnosedStep.Outcome;
import io.flyteconnect.doctor.FlyteDiagnosis;
import io.flyteconnect.internal.api.ApiMethods;
import io.flyteconnect.internal.call.authorization.CallAuthorization;
import io.flyteconnect.internal.grant.interaction.Person;
import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.internal.text.SettingNames;
import io.flyteconnect.login.TokenState;
import io.flyteconnect.login.TokenState.Presence;

/**
 * Calls Flyte once while the application starts, if {@code flyte.startup-check} asks for
 * it: all connections at once, so that several that are down take the time of one, and
 * all of them are named.
 */
class FlyteStartupCheck implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(FlyteStartupCheck.class);

	private static final String TIMEOUT = "flyte.startup-check-timeout";

	private final StartupCheck check;

	private final Duration timeout;

	private final ObjectProvider<FlyteConnection> connections;

	private final Map<String, String> environment;

	FlyteStartupCheck(StartupCheck check, Duration timeout, ObjectProvider<FlyteConnection> connections,
			Map<String, String> environment) {
		this.check = check;
		this.timeout = timeout;
		this.connections = connections;
		this.environment = environment;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (this.check == StartupCheck.NONE) {
			return;
		}
		List<Finding> failed = askAll(this.connections.orderedStream().toList());
		if (this.check == StartupCheck.FAIL && !failed.isEmpty()) {
			failed.forEach((finding) -> logger.warn(finding.name() + ": this is how far it gets:" + finding.report()));
			throw new FlyteStartupCheckException(failed);
		}
		failed.forEach((finding) -> logger.warn(finding.message() + finding.report()));
	}

	private List<Finding> askAll(List<FlyteConnection> all) {
		long end = System.nanoTime() + this.timeout.toNanos();
		CustomizableThreadFactory threads = new CustomizableThreadFactory("flyte-startup-check-");
		threads.setDaemon(true);
		// None waits for its turn, which would cost it a part of the time.
		ExecutorService executor = Executors.newCachedThreadPool(threads);
		try {
			List<CompletableFuture<@Nullable Finding>> asked = new ArrayList<>();
			all.forEach((connection) -> asked.add(CompletableFuture.supplyAsync(() -> ask(connection, end), executor)));
			return asked.stream().map(CompletableFuture::join).filter(Objects::nonNull).toList();
		}
		finally {
			executor.shutdown();
		}
	}

	/**
	 * Ask Flyte, and where it does not answer, find out why in the time that is left.
	 */
	private @Nullable Finding ask(FlyteConnection flyte, long end) {
		// Where nobody could log in later either, that is what is wrong.
		boolean person = asksPerson(flyte);
		try {
			call(flyte, left(end).multipliedBy(2).dividedBy(3), person);
			return null;
		}
		catch (StatusRuntimeException ex) {
			if (person && isPersonMissing(ex.getStatus(), flyte.tokenState())) {
				logger.info(name(flyte) + ": Flyte answers; nobody is asked to log in before a call of the application"
						+ " needs it");
				return null;
			}
			return finding(flyte, ex, end);
		}
		catch (RuntimeException | LinkageError ex) {
			// Of an interceptor of the application, or of libraries that do not fit.
			return finding(flyte,
					Status.UNKNOWN.withCause(ex).withDescription(ex.getClass().getSimpleName()).asRuntimeException(),
					end);
		}
	}

	private static void call(FlyteConnection flyte, Duration limit, boolean person) {
		if (flyte.api() == FlyteApi.V2) {
			ClientCalls.blockingUnaryCall(flyte.channel(), ApiMethods.projects(),
					CallOptions.DEFAULT.withDeadlineAfter(limit.toNanos(), TimeUnit.NANOSECONDS)
						.withOption(CallAuthorization.WITHOUT_PERSON, person),
					ApiMethods.oneProject());
			return;
		}
		flyte.admin()
			.withDeadline(limit)
			.blocking()
			.withOption(CallAuthorization.WITHOUT_PERSON, person)
			.getVersion(GetVersionRequest.getDefaultInstance());
	}

	private boolean asksPerson(FlyteConnection flyte) {
		CredentialSettings credentials = flyte.config().credentials();
		return credentials.authMode().asksPerson()
				&& new Person(credentials.interactive(), this.environment, (event) -> {
				}).isReachable();
	}

	/** Only a call of the application itself makes a person log in. */
	private static boolean isPersonMissing(Status failure, TokenState token) {
		return failure.getCode() == Code.UNAUTHENTICATED && token.presence() != Presence.PRESENT;
	}

	private static String name(FlyteConnection flyte) {
		return "Flyte connection '" + flyte.name() + "' to " + flyte.config().endpoint();
	}

	private static Finding finding(FlyteConnection flyte, StatusRuntimeException failure, long end) {
		return new Finding(flyte.name(), SettingNames.of(flyte.config().origins()::property),
				flyte.config().endpoint().toString(), ofCheck(flyte, failure), flyte.diagnose(left(end), false));
	}

	// The deadline of usual calls is another one.
	private static StatusRuntimeException ofCheck(FlyteConnection flyte, StatusRuntimeException failure) {
		Status status = failure.getStatus();
		String description = status.getDescription();
		if (status.getCode() != Code.DEADLINE_EXCEEDED || description == null) {
			return failure;
		}
		String property = flyte.config().origins().property("channel.deadline");
		String text = description.contains(property) ? description.replace(property, TIMEOUT)
				: description + " (" + TIMEOUT + ")";
		return status.withDescription(text).asRuntimeException(failure.getTrailers());
	}

	private static Duration left(long end) {
		return Duration.ofNanos(Math.max(Duration.ofMillis(1).toNanos(), end - System.nanoTime()));
	}

	/**
	 * A Flyte that does not answer.
	 *
	 * @param connection the name of the connection
	 * @param endpoint where it goes
	 * @param failure the failure of the call
	 * @param diagnosis how far the connection gets
	 */
	record Finding(String connection, SettingNames names, String endpoint, StatusRuntimeException failure,
			FlyteDiagnosis diagnosis) {

		String message() {
			return name() + ": Flyte does not answer: " + SafeText.message(this.failure.getMessage());
		}

		private String name() {
			return "Flyte connection '" + this.connection + "' to " + this.endpoint;
		}

		private String report() {
			return this.diagnosis.steps().stream().map((step) -> "\n    " + brief(step)).collect(Collectors.joining());
		}

		// What is wrong is said by the message, or by the failure of the start.
		private static String brief(DiagnosedStep step) {
			return (step.outcome() == Outcome.FAILED) ? step.step() + ": " + step.outcome() : step.toString();
		}

	}

}
