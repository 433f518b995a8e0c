package io.flyteconnect.internal.call;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Context;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;

/**
 * Gives a unary call a deadline where the caller set none, neither on the stub nor on
 * gRPC's {@link Context}. It covers the whole call: connecting, each attempt and the
 * pauses between them. A stream may last, so it gets none; Spring gRPC's own interceptor
 * makes no difference there.
 *
 * @param deadline how long a call may take
 */
public record DefaultDeadlineInterceptor(Duration deadline) implements ClientInterceptor {

	@Override
	public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
		boolean deadlineMissing = options.getDeadline() == null && Context.current().getDeadline() == null;
		if (deadlineMissing && method.getType() == MethodType.UNARY) {
			return next.newCall(method, options.withDeadlineAfter(this.deadline.toNanos(), TimeUnit.NANOSECONDS));
		}
		return next.newCall(method, options);
	}

}
