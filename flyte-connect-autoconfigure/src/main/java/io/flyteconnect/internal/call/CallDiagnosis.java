package io.flyteconnect.internal.call;

import java.util.function.Consumer;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;

/**
 * Says in plain words why a call did not reach Flyte Admin.
 */
public interface CallDiagnosis {

	/**
	 * Explain how a call ended.
	 * @param call what is known of the call
	 * @param status how it ended, as gRPC has it
	 * @param explained takes the status, explained where that is possible: now, or later
	 * if the server has to be asked first
	 */
	void explain(FailedCall call, Status status, Consumer<Status> explained);

	/**
	 * Explain that a class could not be linked while a call was made.
	 * @param ex what the JVM says
	 * @return what is to be thrown in its place
	 * @throws LinkageError the same error if nothing is known of it
	 */
	RuntimeException explain(LinkageError ex);

	/**
	 * A call that failed.
	 *
	 * @param method what was called
	 * @param options the caller's options
	 * @param channel the way to the server
	 * @param trailers what came with the status
	 * @param answered whether headers came before
	 */
	record FailedCall(MethodDescriptor<?, ?> method, CallOptions options, Channel channel, Metadata trailers,
			boolean answered) {

	}

}
