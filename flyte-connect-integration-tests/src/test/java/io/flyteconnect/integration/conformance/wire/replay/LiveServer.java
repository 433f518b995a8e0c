package io.flyteconnect.integration.conformance.wire.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

import io.flyteconnect.integration.conformance.wire.FlyteServices;
import io.flyteconnect.integration.conformance.wire.ScriptedFlyte;
import io.flyteconnect.integration.conformance.wire.WirePlaces;
import io.flyteconnect.integration.conformance.wire.WireScript.CallStep;
import io.flyteconnect.integration.conformance.wire.WireScript.HttpStep;
import io.flyteconnect.testsupport.FreePorts;

/**
 * A {@link ScriptedFlyte} behind real sockets.
 */
final class LiveServer implements AutoCloseable {

	/** What gRPC itself puts on a call. */
	private static final Set<String> TRANSPORT = Set.of("content-type", "te", "user-agent", "grpc-accept-encoding",
			"grpc-encoding", "grpc-timeout", "grpc-previous-rpc-attempts");

	/** The headers that the recordings have. */
	private static final Set<String> HEADERS = Set.of("accept", "authorization", "cache-control", "content-type",
			"proxy-authorization");

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final HttpServer http;

	private final HttpDoor door;

	private final Server grpc;

	/** A server in Go takes as much and more. */
	private static final int LARGEST_METADATA = 64 * 1024;

	private volatile @Nullable ScriptedFlyte script;

	LiveServer() {
		InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
		try {
			this.http = HttpServer.create(free, 16);
			this.http.createContext("/", this::handle);
			this.http.setExecutor(this.executor);
			this.http.start();
			this.door = new HttpDoor(this.http.getAddress().getPort(), this.executor);
			this.grpc = NettyServerBuilder.forAddress(free)
				.executor(this.executor)
				.maxInboundMetadataSize(LARGEST_METADATA)
				.addServices(FlyteServices.all(() -> script()))
				.intercept(new Script())
				.build()
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	WirePlaces places() {
		return new WirePlaces("127.0.0.1:" + this.grpc.getPort(), "http://127.0.0.1:" + this.door.port(),
				FreePorts.reserve());
	}

	/** Whether calls came through the proxy that the HTTP server is as well. */
	boolean isTunnelled() {
		return this.door.tunnels() > 0;
	}

	void play(ScriptedFlyte script) {
		this.script = script;
	}

	private ScriptedFlyte script() {
		ScriptedFlyte script = this.script;
		if (script == null) {
			throw new IllegalStateException("Nothing is to be played yet");
		}
		return script;
	}

	@Override
	public void close() throws InterruptedException, IOException {
		this.door.close();
		this.grpc.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
		this.http.stop(0);
		this.executor.shutdownNow();
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			Map<String, String> headers = new TreeMap<>();
			exchange.getRequestHeaders().forEach((name, values) -> {
				if (HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
					headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values));
				}
			});
			String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			URI uri = exchange.getRequestURI();
			if ("GET /oauth2/authorize".equals(exchange.getRequestMethod() + " " + uri.getPath())) {
				redirect(exchange);
			}
			else {
				answer(exchange, script().take(exchange.getRequestMethod(), uri, headers, parameters(body)));
			}
		}
	}

	private void redirect(HttpExchange exchange) throws IOException {
		Map<String, String> query = parameters(exchange.getRequestURI().getRawQuery());
		UriComponentsBuilder back = UriComponentsBuilder.fromUriString(query.getOrDefault("redirect_uri", ""));
		script().authorize(query).forEach(back::queryParam);
		exchange.getResponseHeaders().set("location", back.build().encode().toUriString());
		exchange.sendResponseHeaders(302, -1);
	}

	private static void answer(HttpExchange exchange, HttpStep answer) throws IOException {
		pause(answer.delay().toMillis());
		byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
		answer.headers().forEach(exchange.getResponseHeaders()::set);
		exchange.sendResponseHeaders(answer.status(), (body.length > 0) ? body.length : -1);
		exchange.getResponseBody().write(body);
	}

	private static Map<String, String> parameters(@Nullable String encoded) {
		Map<String, String> parameters = new LinkedHashMap<>();
		for (String parameter : String.valueOf(encoded).split("&")) {
			int end = parameter.indexOf('=');
			if (end > 0) {
				parameters.merge(decode(parameter.substring(0, end)), decode(parameter.substring(end + 1)),
						(first, second) -> first + ", and again " + second);
			}
		}
		return parameters;
	}

	private static String decode(String text) {
		return URLDecoder.decode(text, StandardCharsets.UTF_8);
	}

	private static void pause(long millis) {
		try {
			TimeUnit.MILLISECONDS.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private final class Script implements ServerInterceptor {

		@Override
		public <Q, R> ServerCall.Listener<Q> interceptCall(ServerCall<Q, R> call, Metadata headers,
				ServerCallHandler<Q, R> next) {
			Map<String, String> metadata = new TreeMap<>();
			for (String key : headers.keys()) {
				if (!TRANSPORT.contains(key)) {
					metadata.put(key,
							String.valueOf(headers.get(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER))));
				}
			}
			String method = call.getMethodDescriptor().getFullMethodName().replaceFirst(".*\\.", "");
			CallStep step = script().call(method, metadata);
			pause(step.delay().toMillis());
			if (step.code() == null || step.code() == Status.Code.OK) {
				return next.startCall(call, headers);
			}
			call.close(step.code().toStatus().withDescription(step.details()), new Metadata());
			return new ServerCall.Listener<>() {
			};
		}

	}

}
