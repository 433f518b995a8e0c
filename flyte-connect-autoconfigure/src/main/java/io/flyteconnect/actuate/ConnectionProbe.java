package io.flyteconnect.actuate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.config.FlyteApi;
import io.flyteconnect.internal.api.ApiMethods;
import io.flyteconnect.internal.call.CallInterceptors;
import io.flyteconnect.internal.call.authorization.CallAuthorization;
import io.flyteconnect.internal.text.DeadlineText;
import io.flyteconnect.internal.text.SafeText;

/**
 * Asks Flyte Admin for its version, by one call at a time, and keeps how that ended for a
 * while. Whoever looks meanwhile waits for the same call, and for no longer than the
 * limit that began with it. The call is the service's own, whoever looks: it goes without
 * the caller's context and token.
 */
final class ConnectionProbe {

	private static final Duration LONGEST_MARGIN = Duration.ofMillis(200);

	private final FlyteConnection connection;

	private final Duration timeout;

	private final Duration timeToLive;

	private final Clock clock;

	private final AtomicReference<@Nullable Asked> last = new AtomicReference<>();

	ConnectionProbe(FlyteConnection connection, Duration timeout, Duration timeToLive, Clock clock) {
		this.connection = connection;
		this.timeout = timeout;
		this.timeToLive = timeToLive;
		this.clock = clock;
	}

	/**
	 * Ask, unless somebody does or an answer still counts. Does not wait.
	 * @return what is to be waited for
	 */
	Asked ask() {
		Asked current = this.last.get();
		if (current != null && !current.isOver(this.clock, this.timeToLive)) {
			return current;
		}
		Asked own = new Asked(new CompletableFuture<>(), System.nanoTime());
		if (!this.last.compareAndSet(current, own)) {
			return ask();
		}
		withoutCaller(() -> Context.ROOT.run(() -> call(own.answer())));
		return own;
	}

	/**
	 * Wait for the answer, no longer than the limit.
	 * @return how the call ended
	 */
	Answer get() {
		Asked asked = ask();
		long left = this.timeout.toNanos() - (System.nanoTime() - asked.since());
		try {
			return asked.answer().get(Math.max(0, left), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			return failed(Status.DEADLINE_EXCEEDED);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return failed(Status.CANCELLED.withDescription("The wait for Flyte was interrupted"));
		}
		catch (ExecutionException ex) {
			return failed(Status.fromThrowable(ex));
		}
	}

	private static void withoutCaller(Runnable action) {
		// Deferred, so that no session is read for it.
		Supplier<SecurityContext> caller = SecurityContextHolder.getDeferredContext();
		SecurityContextHolder.clearContext();
		try {
			action.run();
		}
		finally {
			SecurityContextHolder.setDeferredContext(caller);
		}
	}

	private void call(CompletableFuture<Answer> answer) {
		try {
			if (this.connection.api() == FlyteApi.V2) {
				askFlyte2(answer);
				return;
			}
			this.connection.admin()
				.withDeadline(this.timeout.minus(margin()))
				.async()
				.withOption(CallAuthorization.WITHOUT_PERSON, true)
				.withOption(CallInterceptors.AT_MOST_TWICE, true)
				.getVersion(GetVersionRequest.getDefaultInstance(), new Completion<>(answer,
						(response) -> SafeText.of(response.getControlPlaneVersion().getVersion())));
		}
		catch (RuntimeException | Error ex) {
			// Else nobody would ever ask again.
			answer.complete(failed(Status.fromThrowable(ex)));
		}
	}

	private void askFlyte2(CompletableFuture<Answer> answer) {
		CallOptions options = CallOptions.DEFAULT
			.withDeadlineAfter(this.timeout.minus(margin()).toNanos(), TimeUnit.NANOSECONDS)
			.withOption(CallAuthorization.WITHOUT_PERSON, true)
			.withOption(CallInterceptors.AT_MOST_TWICE, true);
		ClientCalls.asyncUnaryCall(this.connection.channel().newCall(ApiMethods.projects(), options),
				ApiMethods.oneProject(), new Completion<byte[]>(answer, (projects) -> ""));
	}

	// What the call itself says of its end is still of use to those who wait for it.
	private Duration margin() {
		Duration tenth = this.timeout.dividedBy(10);
		return (tenth.compareTo(LONGEST_MARGIN) < 0) ? tenth : LONGEST_MARGIN;
	}

	private Answer failed(Status status) {
		return new Answer(this.clock.instant(), null,
				(status.getCode() == Code.DEADLINE_EXCEEDED) ? late(status) : status);
	}

	private Status late(Status status) {
		String known = DeadlineText.withoutDetails(status.getDescription());
		return status.withDescription(
				known.isEmpty() ? "Flyte has not answered within " + this.timeout.toMillis() + " ms" : known);
	}

	/**
	 * A question to Flyte.
	 *
	 * @param answer how it ended, once it has
	 * @param since when it was asked, as {@link System#nanoTime()} has it
	 */
	record Asked(CompletableFuture<Answer> answer, long since) {

		private boolean isOver(Clock clock, Duration timeToLive) {
			// The answer first: one that comes in between is not of the future.
			Answer known = this.answer.getNow(null);
			Instant now = clock.instant();
			// A clock that was set back must not keep an answer for as long.
			return known != null && (now.isBefore(known.time()) || !now.isBefore(known.time().plus(timeToLive)));
		}

	}

	/**
	 * How a question ended.
	 *
	 * @param time when
	 * @param version the version that Flyte told, empty if it told none
	 * @param failure the failure, or {@code null}
	 */
	record Answer(Instant time, @Nullable String version, @Nullable Status failure) {

	}

	private final class Completion<R> implements StreamObserver<R> {

		private final CompletableFuture<Answer> answer;

		private final Function<R, String> version;

		private Completion(CompletableFuture<Answer> answer, Function<R, String> version) {
			this.answer = answer;
			this.version = version;
		}

		@Override
		public void onNext(R response) {
			this.answer.complete(new Answer(ConnectionProbe.this.clock.instant(), this.version.apply(response), null));
		}

		@Override
		public void onError(Throwable ex) {
			this.answer.complete(failed(Status.fromThrowable(ex)));
		}

		@Override
		public void onCompleted() {
			this.answer.complete(failed(Status.INTERNAL.withDescription("Flyte has sent no version")));
		}

	}

}
