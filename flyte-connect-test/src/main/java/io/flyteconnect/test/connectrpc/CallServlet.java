package io.flyteconnect.test.connectrpc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Answers a call with one request, in the form that its content type says.
 */
class CallServlet extends HttpServlet {

	private final transient Channel channel;

	private final transient Map<String, MethodDescriptor<byte[], byte[]>> methods = new HashMap<>();

	private final transient Set<String> connections = ConcurrentHashMap.newKeySet();

	CallServlet(Channel channel, List<ServerServiceDefinition> services) {
		this.channel = channel;
		services.stream()
			.flatMap((service) -> service.getMethods().stream())
			.map((method) -> method.getMethodDescriptor().toBuilder(BYTES, BYTES).build())
			.forEach((method) -> this.methods.put("/" + method.getFullMethodName(), method));
	}

	int usedConnections() {
		return this.connections.size();
	}

	@Override
	protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
		this.connections.add(request.getRemoteAddr() + ":" + request.getRemotePort());
		MethodDescriptor<byte[], byte[]> method = this.methods.get(request.getRequestURI());
		Wire wire = Wire.of(request, response);
		if (method == null) {
			text(response, HttpServletResponse.SC_NOT_FOUND, "404 page not found");
		}
		else if (wire == null) {
			text(response, HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "");
		}
		else {
			answer(method, request, wire);
		}
	}

	private void answer(MethodDescriptor<byte[], byte[]> method, HttpServletRequest request, Wire wire)
			throws IOException {
		Context.CancellableContext context = Context.current().withCancellation();
		Context before = context.attach();
		try {
			call(method, request, wire);
		}
		finally {
			context.detach(before);
			// Also where the client has gone.
			context.cancel(null);
		}
	}

	private void call(MethodDescriptor<byte[], byte[]> method, HttpServletRequest request, Wire wire)
			throws IOException {
		Metadata trailers = new Metadata();
		try {
			Iterator<byte[]> answers = ClientCalls.blockingServerStreamingCall(
					ClientInterceptors.intercept(this.channel,
							MetadataUtils.newAttachHeadersInterceptor(HeaderText.read(request))),
					method, wire.options(CallOptions.DEFAULT), wire.read());
			while (answers.hasNext()) {
				wire.write(answers.next());
			}
			wire.end(Status.OK, trailers);
		}
		catch (StatusRuntimeException ex) {
			Metadata said = ex.getTrailers();
			wire.end(ex.getStatus(), (said != null) ? said : trailers);
		}
	}

	private static void text(HttpServletResponse response, int status, String text) throws IOException {
		response.setStatus(status);
		response.setContentType("text/plain; charset=utf-8");
		response.getWriter().println(text);
	}

	private static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {

		@Override
		public InputStream stream(byte[] value) {
			return new ByteArrayInputStream(value);
		}

		@Override
		public byte[] parse(@Nullable InputStream stream) {
			try {
				return (stream != null) ? stream.readAllBytes() : new byte[0];
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	};

}
