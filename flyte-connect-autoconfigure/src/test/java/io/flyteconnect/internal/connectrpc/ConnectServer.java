package io.flyteconnect.internal.connectrpc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import javax.net.ssl.SSLContext;

import com.google.protobuf.StringValue;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.protobuf.ProtoUtils;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.connectrpc.wire.StreamResponse;
import io.flyteconnect.internal.connectrpc.wire.UnaryResponse;

/**
 * A server of HTTP/1.1 that answers Connect as the test says, and keeps what it was sent.
 */
final class ConnectServer implements AutoCloseable {

	static final MethodDescriptor<StringValue, StringValue> UNARY = method("Unary", MethodType.UNARY);

	static final MethodDescriptor<StringValue, StringValue> STREAM = method("Stream", MethodType.SERVER_STREAMING);

	static final MethodDescriptor<StringValue, StringValue> UPLOAD = method("Upload", MethodType.CLIENT_STREAMING);

	private final HttpServer server;

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	private ConnectServer(@Nullable SSLContext tls, Answer answer) {
		try {
			InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
			if (tls != null) {
				HttpsServer https = HttpsServer.create(address, 0);
				https.setHttpsConfigurator(new HttpsConfigurator(tls));
				this.server = https;
			}
			else {
				this.server = HttpServer.create(address, 0);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		this.server.setExecutor(this.executor);
		this.server.createContext("/", (exchange) -> {
			try (exchange) {
				Request request = new Request(exchange.getRequestURI().getPath(), exchange.getRequestHeaders(),
						exchange.getRequestBody().readAllBytes(), exchange.getRemoteAddress().getPort());
				this.requests.add(request);
				answer.write(request, exchange);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		this.server.start();
	}

	private static MethodDescriptor<StringValue, StringValue> method(String name, MethodType type) {
		return MethodDescriptor.<StringValue, StringValue>newBuilder()
			.setFullMethodName("test.Service/" + name)
			.setType(type)
			.setRequestMarshaller(ProtoUtils.marshaller(StringValue.getDefaultInstance()))
			.setResponseMarshaller(ProtoUtils.marshaller(StringValue.getDefaultInstance()))
			.build();
	}

	static ConnectServer start(Answer answer) {
		return new ConnectServer(null, answer);
	}

	static ConnectServer start(SSLContext tls, Answer answer) {
		return new ConnectServer(tls, answer);
	}

	/**
	 * A server that answers unary calls by what they send.
	 */
	static ConnectServer echo() {
		return start((request, exchange) -> reply(exchange, 200, UnaryResponse.TYPE, request.body()));
	}

	static void reply(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
		exchange.getResponseHeaders().set("content-type", type);
		exchange.sendResponseHeaders(status, (body.length > 0) ? body.length : -1);
		exchange.getResponseBody().write(body);
	}

	static void reply(HttpExchange exchange, int status, String type, String body) throws IOException {
		reply(exchange, status, type, body.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Begin a stream.
	 */
	static OutputStream stream(HttpExchange exchange) throws IOException {
		exchange.getResponseHeaders().set("content-type", StreamResponse.TYPE);
		exchange.getResponseHeaders().set(StreamResponse.ENCODING, "gzip");
		exchange.sendResponseHeaders(200, 0);
		return exchange.getResponseBody();
	}

	static byte[] envelope(int flags, byte[] message) {
		return ByteBuffer.allocate(5 + message.length).put((byte) flags).putInt(message.length).put(message).array();
	}

	static byte[] message(String text) {
		return StringValue.of(text).toByteArray();
	}

	static byte[] gzip(byte[] bytes) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
			gzip.write(bytes);
		}
		return out.toByteArray();
	}

	static byte[] gunzip(byte[] bytes) throws IOException {
		return new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	URI uri() {
		return URI.create(((this.server instanceof HttpsServer) ? "https" : "http") + "://localhost:" + port());
	}

	List<Request> requests() {
		return this.requests;
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.executor.shutdownNow();
	}

	/**
	 * Answers a request.
	 */
	interface Answer {

		void write(Request request, HttpExchange exchange) throws IOException, InterruptedException;

	}

	/**
	 * What came.
	 *
	 * @param path the path
	 * @param headers the headers
	 * @param body the body
	 * @param from the port of the client, which tells connections apart
	 */
	record Request(String path, Headers headers, byte[] body, int from) {

		String header(String name) {
			return this.headers.getFirst(name);
		}

	}

}
