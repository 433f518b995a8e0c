package io.flyteconnect.internal.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.call.authorization.CallAuthorization;

/**
 * What a call passes between the application's own interceptors and gRPC, outermost
 * first. The parts share one wrapper ({@link ConnectionCall}), one listener and one copy
 * of the options, so that a call pays for one and not for six.
 *
 * @param underWay 1. counts the call, its repeats included, so that the channel's end
 * waits for it
 * @param deadline 2. limits a unary call that has no deadline: outside of the repeats,
 * which share it; zero for no limit
 * @param authorization 3. puts tokens on the call, and says what to do where one is
 * rejected: a unary call is then sent once more ({@link ReplayableUnaryCall})
 * @param limit 4. has a read sent once more whose attempt gets no answer: inside of the
 * tokens, which a repeat keeps; {@code null} for no limit
 * @param diagnosis 5. says why a call did not reach Flyte Admin, before anything above
 * decides by it
 * @param connections 6. sees each attempt of gRPC and the connection that it is sent
 * over: inside of everything that sends a call again
 */
public record CallInterceptors(CallsUnderWay underWay, Duration deadline, CallAuthorization authorization,
		@Nullable AttemptLimit limit, CallDiagnosis diagnosis, ConnectionWatch connections) {

	/**
	 * Set on a call that is made to see how it ends. It is sent twice at most: once more
	 * is enough where a connection has just ended, and why Flyte does not answer is known
	 * long before the deadline.
	 */
	public static final CallOptions.Key<Boolean> AT_MOST_TWICE = CallOptions.Key
		.createWithDefault("io.flyteconnect.at-most-twice", false);

	/**
	 * Return the interceptors in their order.
	 * @param own what a connection is configured with by code: sees a call before all
	 * that is built in
	 * @param nearest what sees a call last, right before gRPC
	 * @return the interceptors, the first of which sees a call first
	 */
	public List<ClientInterceptor> inOrder(List<ClientInterceptor> own, List<ClientInterceptor> nearest) {
		List<ClientInterceptor> inOrder = new ArrayList<>(own);
		inOrder.add(new Wrapper(this));
		inOrder.addAll(nearest);
		return List.copyOf(inOrder);
	}

	private @Nullable Deadline deadline(MethodDescriptor<?, ?> method, CallOptions options) {
		Deadline own = options.getDeadline();
		if (own != null || method.getType() != MethodType.UNARY || this.deadline.isZero()
				|| Context.current().getDeadline() != null) {
			return own;
		}
		return Deadline.after(this.deadline.toNanos(), TimeUnit.NANOSECONDS);
	}

	private record Wrapper(CallInterceptors parts) implements ClientInterceptor {

		@Override
		public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
			CallOptions own = this.parts.authorization.relay(options);
			Deadline deadline = this.parts.deadline(method, own);
			return (method.getType() == MethodType.UNARY)
					? new ReplayableUnaryCall<>(this.parts, method, own, deadline, next)
					: new ConnectionCall<>(this.parts, method, own, deadline, next);
		}

	}

}
