package io.flyteconnect.internal.channel;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import flyteidl.service.AdminServiceGrpc;
import flyteidl.service.AuthMetadataServiceGrpc;
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

import io.flyteconnect.internal.channel.diagnosis.HttpAnswer;

/**
 * Finds out what answers in place of Flyte Admin where the server does not know its
 * service. A server of Flyte 2 answers gRPC's calls of other services by HTTP 404, and
 * those of its own by gRPC, also without a token; any other gRPC server knows neither.
 * How a server says that it lacks a service or a method is up to its library, so a second
 * method is asked for. The questions are asked once per call that failed so.
 */
public final class AdminProbe {

	private static final MethodDescriptor<byte[], byte[]> FLYTE_2 = method(
			"flyteidl2.auth.AuthMetadataService/GetPublicClientConfig");

	private static final String FLYTE = "flyteidl.service.";

	private static final String MISSING = "is a gRPC server, but has no Flyte Admin (" + AdminServiceGrpc.SERVICE_NAME
			+ "): another service listens there (flyte.platform.url)";

	private static final String FLYTE_1 = "is a server of Flyte 1, which has no runs: name that of a Flyte 2"
			+ " (flyte.platform.url), or call Flyte 1 (flyte.platform.api=v1)";

	/** Two that every Flyte Admin has, and that change nothing. */
	private static final MethodDescriptor<byte[], byte[]> VERSION = method(
			AdminServiceGrpc.getGetVersionMethod().getFullMethodName());

	private static final MethodDescriptor<byte[], byte[]> PROJECTS = method(
			AdminServiceGrpc.getListProjectsMethod().getFullMethodName());

	/**
	 * What libraries say where they have the service: grpc-go
	 * ({@code Server.handleStream}), its generated code, gRPC Java's, grpc-dotnet's and
	 * gRPC Python's.
	 */
	private static final Pattern METHOD_ONLY = Pattern
		.compile("unknown method \\S+ for service .*|method \\S+ not implemented|Method \\S+ is unimplemented"
				+ "|Method is unimplemented\\.|Method not implemented!");

	private static final Set<Code> NO_ANSWER = EnumSet.of(Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED, Code.CANCELLED);

	private static final long SECONDS = 2;

	private AdminProbe() {
	}

	/**
	 * Return whether a server may lack Flyte Admin's service.
	 * @param method what was called
	 * @param status how the call ended, as gRPC has it
	 * @return whether the service may be missing, and not only a method of it
	 */
	public static boolean isSuspected(MethodDescriptor<?, ?> method, Status status) {
		String service = String.valueOf(method.getServiceName());
		return status.getCode() == Code.UNIMPLEMENTED && (isBesideAdmin(service) || isOfFlyte2(service))
				&& !isOfMethodOnly(status);
	}

	/** Each is served where Flyte Admin is; one is missing where nobody has to log in. */
	private static boolean isBesideAdmin(String service) {
		return service.startsWith(FLYTE) && !AuthMetadataServiceGrpc.SERVICE_NAME.equals(service);
	}

	/** A Flyte 2 where nobody has to log in has no metadata either. */
	private static boolean isOfFlyte2(String service) {
		return service.startsWith("flyteidl2.") && !service.startsWith("flyteidl2.auth.");
	}

	private static boolean isOfMethodOnly(Status status) {
		String text = status.getDescription();
		return text != null && METHOD_ONLY.matcher(text).matches();
	}

	/**
	 * Ask what the server is.
	 * @param method what was called
	 * @param status how the call ended, as gRPC has it
	 * @param options the options of that call: the answer comes on its executor
	 * @param channel the way to the server
	 * @param meaning takes a predicate without its subject, or {@code null} if nothing is
	 * known of the server
	 */
	public static void ask(MethodDescriptor<?, ?> method, Status status, CallOptions options, Channel channel,
			Consumer<@Nullable String> meaning) {
		boolean http = HttpAnswer.of(status) != null;
		CallOptions own = CallOptions.DEFAULT.withExecutor(options.getExecutor())
			.withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
		if (isOfFlyte2(String.valueOf(method.getServiceName()))) {
			call(VERSION, own, channel, (flyte1) -> meaning.accept(isFlyte1(flyte1) ? FLYTE_1 : null));
			return;
		}
		call(FLYTE_2, own, channel, (flyte2) -> {
			if (isFlyte2(http, flyte2)) {
				meaning.accept("is a server of Flyte 2, which has no Flyte Admin: name that of a Flyte 1"
						+ " (flyte.platform.url), or call Flyte 2 (flyte.platform.api=v2)");
			}
			else if (http) {
				meaning.accept(null);
			}
			else {
				askAdmin(method, status, own, channel, meaning);
			}
		});
	}

	private static void askAdmin(MethodDescriptor<?, ?> method, Status status, CallOptions options, Channel channel,
			Consumer<@Nullable String> meaning) {
		boolean admin = AdminServiceGrpc.SERVICE_NAME.equals(method.getServiceName());
		// Go's words say so for sure.
		if (admin && String.valueOf(status.getDescription())
			.startsWith("unknown service " + AdminServiceGrpc.SERVICE_NAME)) {
			meaning.accept(MISSING);
		}
		else if (admin) {
			boolean version = method.getFullMethodName().equals(VERSION.getFullMethodName());
			call(version ? PROJECTS : VERSION, options, channel, (answer) -> meaning.accept(meaning(answer)));
		}
		else {
			call(VERSION, options, channel, (answer) -> {
				if (meaning(answer) == null) {
					meaning.accept(null);
				}
				else {
					askAdmin(AdminServiceGrpc.getGetVersionMethod(), answer, options, channel, meaning);
				}
			});
		}
	}

	// It answers, or wants a token first.
	private static boolean isFlyte1(Status answer) {
		return answer.isOk() || answer.getCode() == Code.UNAUTHENTICATED && HttpAnswer.of(answer) == null;
	}

	private static boolean isFlyte2(boolean http, Status answer) {
		return answer.isOk() || (http && HttpAnswer.of(answer) == null && !NO_ANSWER.contains(answer.getCode()));
	}

	private static @Nullable String meaning(Status answer) {
		return (answer.getCode() == Code.UNIMPLEMENTED && !isOfMethodOnly(answer)) ? MISSING : null;
	}

	private static void call(MethodDescriptor<byte[], byte[]> method, CallOptions options, Channel channel,
			Consumer<Status> end) {
		ClientCall<byte[], byte[]> call = channel.newCall(method, options);
		call.start(new ClientCall.Listener<>() {

			@Override
			public void onClose(Status status, Metadata trailers) {
				end.accept(status);
			}

		}, new Metadata());
		call.request(2);
		call.sendMessage(new byte[0]);
		call.halfClose();
	}

	private static MethodDescriptor<byte[], byte[]> method(String name) {
		return MethodDescriptor.<byte[], byte[]>newBuilder()
			.setType(MethodType.UNARY)
			.setFullMethodName(name)
			.setRequestMarshaller(new Bytes())
			.setResponseMarshaller(new Bytes())
			.build();
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
