package io.flyteconnect.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.admin.VersionOuterClass.GetVersionResponse;
import flyteidl.service.AdminServiceGrpc.AdminServiceImplBase;
import flyteidl.service.Auth.OAuth2MetadataRequest;
import flyteidl.service.Auth.OAuth2MetadataResponse;
import flyteidl.service.Auth.PublicClientAuthConfigRequest;
import flyteidl.service.Auth.PublicClientAuthConfigResponse;
import flyteidl.service.AuthMetadataServiceGrpc.AuthMetadataServiceImplBase;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;

/**
 * A stand-in for Flyte in this process, on which the Java machine warms up before a cold
 * start: it loads and compiles what a client needs, and the measured servers see none of
 * it.
 */
final class Rehearsal implements AutoCloseable {

	private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

	private static final byte[] TOKEN = "{\"access_token\":\"rehearsal\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
		.getBytes(StandardCharsets.UTF_8);

	private final HttpServer http;

	private final Server grpc;

	private Rehearsal() throws IOException {
		this.http = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
		this.http.createContext("/token", Rehearsal::answer);
		this.http.start();
		this.grpc = NettyServerBuilder.forAddress(new InetSocketAddress(LOOPBACK, 0))
			.addService(new Admin())
			.addService(new Metadata())
			.build()
			.start();
	}

	/**
	 * Make and use clients until the time of the warm-up is over, at least one.
	 */
	static void of(LoadOptions options) throws IOException {
		if (options.warmUp().isZero()) {
			return;
		}
		long end = Times.now() + options.warmUp().toNanos();
		LoadReport silent = new LoadReport(System.err);
		try (Rehearsal rehearsal = new Rehearsal()) {
			LoadOptions own = LoadOptions.parse("--grpc=localhost:" + rehearsal.grpc.getPort(), "--client-id=a",
					"--client-secret=b");
			do {
				try (Caller caller = new Callers(own, silent).connected()) {
					for (int i = 0; i < 100; i++) {
						caller.call();
					}
				}
			}
			while (Times.now() < end);
		}
	}

	private static void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			exchange.getRequestBody().readAllBytes();
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, TOKEN.length);
			exchange.getResponseBody().write(TOKEN);
		}
	}

	@Override
	public void close() {
		this.grpc.shutdownNow();
		this.http.stop(0);
	}

	private static final class Admin extends AdminServiceImplBase {

		@Override
		public void getVersion(GetVersionRequest request, StreamObserver<GetVersionResponse> observer) {
			observer.onNext(GetVersionResponse.getDefaultInstance());
			observer.onCompleted();
		}

	}

	private final class Metadata extends AuthMetadataServiceImplBase {

		@Override
		public void getOAuth2Metadata(OAuth2MetadataRequest request, StreamObserver<OAuth2MetadataResponse> observer) {
			observer.onNext(OAuth2MetadataResponse.newBuilder()
				.setTokenEndpoint("http://localhost:" + Rehearsal.this.http.getAddress().getPort() + "/token")
				.build());
			observer.onCompleted();
		}

		@Override
		public void getPublicClientConfig(PublicClientAuthConfigRequest request,
				StreamObserver<PublicClientAuthConfigResponse> observer) {
			observer.onNext(PublicClientAuthConfigResponse.getDefaultInstance());
			observer.onCompleted();
		}

	}

}
