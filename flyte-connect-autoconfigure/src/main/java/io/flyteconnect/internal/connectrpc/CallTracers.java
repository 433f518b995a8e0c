package io.flyteconnect.internal.connectrpc;

import java.util.List;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.Status;

/**
 * Those who watch one attempt of a call, as the options of the call name them.
 *
 * @param tracers the tracers
 */
record CallTracers(List<ClientStreamTracer> tracers) {

	static final CallTracers NONE = new CallTracers(List.of());

	/**
	 * Begin an attempt.
	 * @param options the options of the call
	 * @param attempts how many attempts there were before, none of which the server has
	 * seen
	 * @param transport what is known of the connection
	 * @param headers the headers of the attempt, which the tracers may change
	 * @return the tracers
	 */
	static CallTracers begin(CallOptions options, int attempts, Attributes transport, Metadata headers) {
		if (options.getStreamTracerFactories().isEmpty()) {
			return NONE;
		}
		ClientStreamTracer.StreamInfo info = ClientStreamTracer.StreamInfo.newBuilder()
			.setCallOptions(options)
			.setIsTransparentRetry(attempts > 0)
			.build();
		List<ClientStreamTracer> tracers = options.getStreamTracerFactories()
			.stream()
			.map((factory) -> factory.newClientStreamTracer(info, headers))
			.toList();
		tracers.forEach((tracer) -> tracer.streamCreated(transport, headers));
		tracers.forEach((tracer) -> tracer.outboundHeaders());
		return new CallTracers(tracers);
	}

	void sent(int bytes) {
		this.tracers.forEach((tracer) -> {
			tracer.outboundMessage(0);
			tracer.outboundWireSize(bytes);
			tracer.outboundMessageSent(0, bytes, -1);
		});
	}

	void answered() {
		this.tracers.forEach((tracer) -> tracer.inboundHeaders());
	}

	void received(int bytes) {
		this.tracers.forEach((tracer) -> tracer.inboundWireSize(bytes));
	}

	void ended(Metadata trailers) {
		this.tracers.forEach((tracer) -> tracer.inboundTrailers(trailers));
	}

	void closed(Status status) {
		this.tracers.forEach((tracer) -> tracer.streamClosed(status));
	}

}
