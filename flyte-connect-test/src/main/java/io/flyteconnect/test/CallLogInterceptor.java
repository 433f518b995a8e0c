package io.flyteconnect.test;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.ForwardingServerCall;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/**
 * Writes each call into the log before anything can refuse it.
 */
class CallLogInterceptor implements ServerInterceptor {

	private final CallLog log;

	private final Metadata.Key<String> header;

	CallLogInterceptor(CallLog log, Metadata.Key<String> header) {
		this.log = log;
		this.header = header;
	}

	@Override
	public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata metadata,
			ServerCallHandler<Q, A> next) {
		this.log.begin(record(call, metadata));
		return next.startCall(new ForwardingServerCall.SimpleForwardingServerCall<>(call) {

			@Override
			public void close(Status status, Metadata trailers) {
				CallLogInterceptor.this.log.end(status);
				super.close(status, trailers);
			}

		}, metadata);
	}

	private RecordedCall record(ServerCall<?, ?> call, Metadata metadata) {
		Set<String> keys = new TreeSet<>(metadata.keys());
		Deadline deadline = Context.current().getDeadline();
		String token = MetadataKeys.bearer(MetadataKeys.authorization(metadata, this.header));
		return new RecordedCall(Instant.now(), call.getMethodDescriptor().getFullMethodName(), keys,
				Objects.toString(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)),
				metadata.get(MetadataKeys.USER_AGENT),
				(deadline != null) ? Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS)) : null,
				(token != null) ? CallLog.fingerprint(token) : null);
	}

}
