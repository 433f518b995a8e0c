package io.flyteconnect.channel;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import flyteidl.service.AdminServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.Status.Code;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what answers in place of Flyte Admin where the server does not know its
 * service. A server of Flyte 2 answers gRPC's calls of other services by HTTP 404, and
 * those of its own by gRPC, also without a token; any other gRPC server knows neither.
 * The question is asked once per call that failed so.
 *
 * @author Flyte Connect
 */
final class AdminProbe {

	private static final MethodDescriptor<byte[], byte[]> FLYTE_2 = MethodDescriptor.<byte[], byte[]>newBuilder()
		.setType(MethodType.UNARY)
		.setFullMethodName("flyteidl2.auth.AuthMetadataService/GetPublicClientConfig")
		.setRequestMarshaller(new Bytes())
		.setResponseMarshaller(new Bytes())
		.build();

	private static final Set<Code> NO_ANSWER = EnumSet.of(Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED, Code.CANCELLED);

	private static final long SECONDS = 2;

	private AdminProbe() {
	}

	/**
	 * Return whether a server does not know Flyte Admin's service.
	 * @param method what was called
	 * @param status how the call ended, as gRPC has it
	 * @return whether the service is missing, and not only a method of it
	 */
	static boolean isMissing(MethodDescriptor<?, ?> method, Status status) {
		if (status.getCode() != Code.UNIMPLEMENTED || !AdminServiceGrpc.SERVICE_NAME.equals(method.getServiceName())) {
			return false;
		}
		String text = status.getDescription();
		return text == null || text.isBlank() || text.startsWith("unknown service")
				|| text.startsWith("Method not found") || HttpAnswer.of(status) != null;
	}

	/**
	 * Ask what the server is.
	 * @param status how the call ended, as gRPC has it
	 * @param options the options of that call: the answer comes on its executor
	 * @param channel the way to the server
	 * @param meaning takes a predicate without its subject, or {@code null} if nothing is
	 * known of the server
	 */
	static void ask(Status status, CallOptions options, Channel channel, Consumer<@Nullable String> meaning) {
		boolean http = HttpAnswer.of(status) != null;
		CallOptions own = CallOptions.DEFAULT.withExecutor(options.getExecutor())
			.withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
		ClientCall<byte[], byte[]> call = channel.newCall(FLYTE_2, own);
		call.start(new ClientCall.Listener<>() {

			@Override
			public void onClose(Status answer, Metadata trailers) {
				meaning.accept(meaning(http, answer));
			}

		}, new Metadata());
		call.request(2);
		call.sendMessage(new byte[0]);
		call.halfClose();
	}

	private static @Nullable String meaning(boolean http, Status answer) {
		boolean flyte2 = answer.isOk()
				|| (http && HttpAnswer.of(answer) == null && !NO_ANSWER.contains(answer.getCode()));
		if (flyte2) {
			return "is a server of Flyte 2, which has no Flyte Admin: name that of a Flyte 1 (flyte.platform.url)";
		}
		return http ? null : "is a gRPC server, but has no Flyte Admin (" + AdminServiceGrpc.SERVICE_NAME
				+ "): another service listens there (flyte.platform.url)";
	}

	/**
	 * Sends and takes messages as they are.
	 */
	private static final class Bytes implements Marshaller<byte[]> {

		@Override
		public InputStream stream(byte[] value) {
			return new ByteArrayInputStream(value);
		}

		@Override
		public byte[] parse(InputStream stream) {
			return new byte[0];
		}

	}

}
