package io.flyteconnect.internal.channel;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import flyteidl.admin.AgentOuterClass.GetTaskLogsRequest;
import flyteidl.admin.AgentOuterClass.GetTaskLogsResponse;
import flyteidl.admin.ExecutionOuterClass.ExecutionCreateRequest;
import flyteidl.admin.ExecutionOuterClass.ExecutionCreateResponse;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.admin.VersionOuterClass.GetVersionResponse;
import flyteidl.admin.VersionOuterClass.Version;
import flyteidl.service.AdminServiceGrpc.AdminServiceImplBase;
import flyteidl.service.AsyncAgentServiceGrpc.AsyncAgentServiceImplBase;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

import static org.awaitility.Awaitility.await;

/**
 * A gRPC server on a free port of the loopback interface that notes what arrives and
 * answers as told.
 */
public final class RecordingServer implements AutoCloseable {

	private final List<Call> calls = new CopyOnWriteArrayList<>();

	private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();

	private final List<String> transports = new CopyOnWriteArrayList<>();

	private final Server server;

	private final CompletableFuture<Void> goOn = new CompletableFuture<>();

	private volatile String version = "v1.16.5";

	private RecordingServer(NettyServerBuilder builder) {
		this.server = builder.addService(new Admin())
			.addService(new Agent())
			.intercept(new Recorder())
			.addTransportFilter(new Transports())
			.build();
		try {
			this.server.start();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public static RecordingServer start() {
		return start((builder) -> {
		});
	}

	public static RecordingServer start(Consumer<NettyServerBuilder> customizer) {
		NettyServerBuilder builder = NettyServerBuilder.forAddress(new InetSocketAddress("localhost", 0));
		customizer.accept(builder);
		return new RecordingServer(builder);
	}

	static RecordingServer startAt(int port) {
		return new RecordingServer(NettyServerBuilder.forAddress(new InetSocketAddress("localhost", port)));
	}

	public static RecordingServer start(NettyServerBuilder builder) {
		return new RecordingServer(builder);
	}

	public int port() {
		return this.server.getPort();
	}

	// The next calls end like this, one each; those after them succeed.
	public RecordingServer answer(Answer... answers) {
		this.answers.addAll(List.of(answers));
		return this;
	}

	void answerWaiting() {
		this.goOn.complete(null);
	}

	void answerWithVersion(String version) {
		this.version = version;
	}

	List<Call> calls() {
		return this.calls;
	}

	void awaitCalls(int count) {
		await().until(() -> this.calls.size() >= count);
	}

	List<String> transports() {
		return this.transports;
	}

	@Override
	public void close() {
		this.server.shutdownNow();
		try {
			this.server.awaitTermination(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	record Call(String method, Metadata headers, Attributes attributes) {

		@Nullable String header(String name) {
			return this.headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
		}

		@Nullable Duration timeout() {
			String text = header("grpc-timeout");
			if (text == null) {
				return null;
			}
			long value = Long.parseLong(text.substring(0, text.length() - 1));
			return switch (text.charAt(text.length() - 1)) {
				case 'n' -> Duration.ofNanos(value);
				case 'u' -> Duration.ofNanos(value * 1000);
				case 'm' -> Duration.ofMillis(value);
				case 'S' -> Duration.ofSeconds(value);
				case 'M' -> Duration.ofMinutes(value);
				default -> Duration.ofHours(value);
			};
		}

		boolean encrypted() {
			return this.attributes.get(Grpc.TRANSPORT_ATTR_SSL_SESSION) != null;
		}

	}

	/**
	 * An answer other than success.
	 *
	 * @param status the status, or {@code null} to stay silent
	 * @param trailers the trailers
	 * @param headers whether headers are sent before
	 */
	public record Answer(@Nullable Status status, Metadata trailers, boolean headers) {

		public static Answer of(Status status) {
			return new Answer(status, new Metadata(), false);
		}

		static Answer silence() {
			return new Answer(null, new Metadata(), false);
		}

		public Answer afterHeaders() {
			return new Answer(this.status, this.trailers, true);
		}

		Answer with(String key, String value) {
			Metadata trailers = new Metadata();
			trailers.merge(this.trailers);
			trailers.put(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER), value);
			return new Answer(this.status, trailers, this.headers);
		}

	}

	private final class Recorder implements ServerInterceptor {

		@Override
		public <Q, R> ServerCall.Listener<Q> interceptCall(ServerCall<Q, R> call, Metadata headers,
				ServerCallHandler<Q, R> next) {
			RecordingServer.this.calls.add(new Call(String.valueOf(call.getMethodDescriptor().getBareMethodName()),
					headers, call.getAttributes()));
			Answer answer = RecordingServer.this.answers.poll();
			if (answer == null) {
				return next.startCall(call, headers);
			}
			if (answer.status() != null) {
				if (answer.headers()) {
					call.sendHeaders(new Metadata());
				}
				call.close(answer.status(), answer.trailers());
				return new ServerCall.Listener<>() {
				};
			}
			return new WaitingCall<>(next, call, headers);
		}

	}

	/**
	 * A call that is handled when it is told to.
	 *
	 * @param <Q> the type of the request
	 */
	private final class WaitingCall<Q> extends ServerCall.Listener<Q> {

		private final CompletableFuture<ServerCall.Listener<Q>> handler;

		<R> WaitingCall(ServerCallHandler<Q, R> next, ServerCall<Q, R> call, Metadata headers) {
			this.handler = RecordingServer.this.goOn.thenApply((done) -> next.startCall(call, headers));
			call.request(1);
		}

		@Override
		public void onMessage(Q message) {
			this.handler.thenAccept((handler) -> handler.onMessage(message));
		}

		@Override
		public void onHalfClose() {
			this.handler.thenAccept(ServerCall.Listener::onHalfClose);
		}

	}

	private final class Transports extends ServerTransportFilter {

		@Override
		public Attributes transportReady(Attributes attributes) {
			RecordingServer.this.transports.add("ready");
			return attributes;
		}

		@Override
		public void transportTerminated(Attributes attributes) {
			RecordingServer.this.transports.add("terminated");
		}

	}

	private final class Admin extends AdminServiceImplBase {

		@Override
		public void getVersion(GetVersionRequest request, StreamObserver<GetVersionResponse> observer) {
			Version version = Version.newBuilder().setVersion(RecordingServer.this.version).build();
			observer.onNext(GetVersionResponse.newBuilder().setControlPlaneVersion(version).build());
			observer.onCompleted();
		}

		@Override
		public void createExecution(ExecutionCreateRequest request, StreamObserver<ExecutionCreateResponse> observer) {
			observer.onNext(ExecutionCreateResponse.getDefaultInstance());
			observer.onCompleted();
		}

	}

	private static final class Agent extends AsyncAgentServiceImplBase {

		@Override
		public void getTaskLogs(GetTaskLogsRequest request, StreamObserver<GetTaskLogsResponse> observer) {
			observer.onNext(GetTaskLogsResponse.getDefaultInstance());
			observer.onCompleted();
		}

	}

}
