package io.flyteconnect.internal.examination;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.Status.Code;

import io.flyteconnect.internal.call.CallInterceptors;

/**
 * One call that is made to see how it ends.
 *
 * @param status how it ended
 * @param attributes what is known of the connection that it went over
 * @param limit how long it could take
 * @param late whether that is why it ended
 */
record ProbeCall(Status status, Attributes attributes, Duration limit, boolean late) {

	private static final long LATE_MILLIS = 100;

	static <Q, R> ProbeCall make(Channel channel, MethodDescriptor<Q, R> method, Q request, Duration limit,
			CallOptions options) {
		long start = System.nanoTime();
		ClientCall<Q, R> call = channel.newCall(method, options.withDeadlineAfter(limit.toNanos(), TimeUnit.NANOSECONDS)
			.withOption(CallInterceptors.AT_MOST_TWICE, true));
		CompletableFuture<ProbeCall> end = new CompletableFuture<>();
		call.start(new ClientCall.Listener<>() {

			@Override
			public void onClose(Status status, Metadata trailers) {
				Attributes attributes = call.getAttributes();
				// A server has deadlines of its own.
				boolean late = status.getCode() == Code.DEADLINE_EXCEEDED
						&& System.nanoTime() - start >= limit.toNanos();
				end.complete(new ProbeCall(status, (attributes != null) ? attributes : Attributes.EMPTY, limit, late));
			}

		}, new Metadata());
		call.request(2);
		call.sendMessage(request);
		call.halfClose();
		// What explains a failure may have to ask once more, which is beyond the
		// deadline.
		return end
			.completeOnTimeout(new ProbeCall(Status.DEADLINE_EXCEEDED, Attributes.EMPTY, limit, true),
					limit.toMillis() + LATE_MILLIS, TimeUnit.MILLISECONDS)
			.join();
	}

}
