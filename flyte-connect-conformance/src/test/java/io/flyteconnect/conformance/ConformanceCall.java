package io.flyteconnect.conformance;

import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import connectrpc.conformance.v1.ClientCompat.ClientCompatRequest;
import connectrpc.conformance.v1.ClientCompat.ClientCompatRequest.Cancel;
import connectrpc.conformance.v1.ClientCompat.ClientResponseResult;
import connectrpc.conformance.v1.ConfigOuterClass.Code;
import connectrpc.conformance.v1.ConfigOuterClass.Compression;
import connectrpc.conformance.v1.ConformanceServiceGrpc;
import connectrpc.conformance.v1.Service.ConformancePayload;
import connectrpc.conformance.v1.Service.Error;
import connectrpc.conformance.v1.Service.Header;
import connectrpc.conformance.v1.Service.IdempotentUnaryResponse;
import connectrpc.conformance.v1.Service.ServerStreamResponse;
import connectrpc.conformance.v1.Service.UnaryResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import org.jspecify.annotations.Nullable;

/**
 * One call of the suite.
 */
final class ConformanceCall {

	private final ClientCompatRequest request;

	private final Channel channel;

	ConformanceCall(ClientCompatRequest request, Channel channel) {
		this.request = request;
		this.channel = channel;
	}

	ClientResponseResult run() throws Exception {
		return run(method());
	}

	private MethodDescriptor<?, ?> method() {
		return ConformanceServiceGrpc.getServiceDescriptor()
			.getMethods()
			.stream()
			.filter((method) -> method.getBareMethodName().equals(this.request.getMethod()))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("No method " + this.request.getMethod()));
	}

	private <Q, R> ClientResponseResult run(MethodDescriptor<Q, R> method) throws Exception {
		Results<R> results = new Results<>();
		ClientCall<Q, R> call = this.channel.newCall(method, options());
		results.call = call;
		call.start(results, headers());
		call.request(1);
		Q message = method.parseRequest(this.request.getRequestMessages(0).getValue().newInput());
		call.sendMessage(message);
		Cancel cancel = this.request.getCancel();
		if (cancel.hasBeforeCloseSend()) {
			call.cancel("before the end of the request", null);
		}
		call.halfClose();
		if (cancel.hasAfterCloseSendMs()) {
			CompletableFuture.delayedExecutor(cancel.getAfterCloseSendMs(), TimeUnit.MILLISECONDS)
				.execute(() -> call.cancel("after the request", null));
		}
		return results.done.get(60, TimeUnit.SECONDS);
	}

	private CallOptions options() {
		CallOptions options = CallOptions.DEFAULT;
		if (this.request.getCompression() == Compression.COMPRESSION_GZIP) {
			options = options.withCompression("gzip");
		}
		return this.request.hasTimeoutMs()
				? options.withDeadlineAfter(this.request.getTimeoutMs(), TimeUnit.MILLISECONDS) : options;
	}

	private Metadata headers() {
		Metadata headers = new Metadata();
		for (Header header : this.request.getRequestHeadersList()) {
			for (String value : header.getValueList()) {
				if (header.getName().toLowerCase().endsWith("-bin")) {
					headers.put(Metadata.Key.of(header.getName(), Metadata.BINARY_BYTE_MARSHALLER),
							Base64.getDecoder().decode(value));
				}
				else {
					headers.put(Metadata.Key.of(header.getName(), Metadata.ASCII_STRING_MARSHALLER), value);
				}
			}
		}
		return headers;
	}

	/**
	 * Collects what came.
	 *
	 * @param <R> the response
	 */
	private final class Results<R> extends ClientCall.Listener<R> {

		private final CompletableFuture<ClientResponseResult> done = new CompletableFuture<>();

		private final ClientResponseResult.Builder result = ClientResponseResult.newBuilder();

		private @Nullable ClientCall<?, R> call;

		@Override
		public void onHeaders(Metadata headers) {
			headers.keys().forEach((name) -> this.result.addResponseHeaders(header(headers, name)));
		}

		@Override
		public void onMessage(R message) {
			this.result.addPayloads(payload(message));
			Cancel cancel = ConformanceCall.this.request.getCancel();
			if (cancel.hasAfterNumResponses() && cancel.getAfterNumResponses() == this.result.getPayloadsCount()) {
				this.call.cancel("after a response", null);
			}
			this.call.request(1);
		}

		private static ConformancePayload payload(Object message) {
			if (message instanceof UnaryResponse unary) {
				return unary.getPayload();
			}
			if (message instanceof IdempotentUnaryResponse unary) {
				return unary.getPayload();
			}
			return (message instanceof ServerStreamResponse stream) ? stream.getPayload()
					: ConformancePayload.getDefaultInstance();
		}

		@Override
		public void onClose(Status status, Metadata trailers) {
			trailers.keys().forEach((name) -> this.result.addResponseTrailers(header(trailers, name)));
			if (!status.isOk()) {
				this.result.setError(error(status, trailers));
			}
			this.done.complete(this.result.build());
		}

		private static Error error(Status status, Metadata trailers) {
			com.google.rpc.Status details = StatusProto.fromStatusAndTrailers(status, trailers);
			return Error.newBuilder()
				.setCode(Code.forNumber(status.getCode().value()))
				.setMessage((status.getDescription() != null) ? status.getDescription() : "")
				.addAllDetails(details.getDetailsList())
				.build();
		}

		private static Header header(Metadata headers, String name) {
			Header.Builder header = Header.newBuilder().setName(name);
			if (name.endsWith("-bin")) {
				headers.getAll(Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER))
					.forEach((value) -> header.addValue(Base64.getEncoder().withoutPadding().encodeToString(value)));
			}
			else {
				headers.getAll(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER)).forEach(header::addValue);
			}
			return header.build();
		}

	}

}
