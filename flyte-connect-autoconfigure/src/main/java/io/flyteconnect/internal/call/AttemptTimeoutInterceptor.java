package io.flyteconnect.internal.call;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.MethodDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Gives up an attempt of a read that stays without an answer, and sends the read again.
 * gRPC Java parses {@code perAttemptRecvTimeout} of a retry policy and then ignores it.
 * Calls that change something keep the one deadline of the call, because the server may
 * be working on them.
 *
 * @param maxAttempts how often a call is sent at most, the first time and gRPC's own
 * retries included
 * @param timeout how long one attempt may stay without an answer
 */
public record AttemptTimeoutInterceptor(int maxAttempts, Duration timeout) implements ClientInterceptor {

	@Override
	public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
		if (!ReadMethods.fullNames().contains(method.getFullMethodName())) {
			return next.newCall(method, options);
		}
		Deadline end = end(options);
		if (end != null && end.timeRemaining(TimeUnit.NANOSECONDS) <= this.timeout.toNanos()) {
			// The call is over before its first attempt is.
			return next.newCall(method, options);
		}
		return new AttemptTimeoutCall<>(this.maxAttempts, this.timeout,
				(tracers) -> next.newCall(method, options.withStreamTracerFactory(tracers)));
	}

	private static @Nullable Deadline end(CallOptions options) {
		Deadline own = options.getDeadline();
		Deadline context = Context.current().getDeadline();
		return (own != null && context != null) ? own.minimum(context) : (own != null) ? own : context;
	}

}
