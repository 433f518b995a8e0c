package io.flyteconnect.channel;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;

import com.github.tomakehurst.wiremock.WireMockServer;
import flyteidl.service.SignalServiceGrpc.SignalServiceImplBase;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import org.junit.jupiter.api.Test;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a person reads where a server is not Flyte Admin.
 */
class AdminProbeTests {

	private static final String OTHER = "is a gRPC server, but has no Flyte Admin (flyteidl.service.AdminService)";

	private static final String FLYTE_2 = "is a server of Flyte 2, which has no Flyte Admin";

	@Test
	void whenServerHasNoServiceAtAllThenDescriptionSaysSo() throws IOException {
		assertThat(read()).contains(OTHER, "flyte.platform.url", "Method not found");
	}

	@Test
	void whenServerHasAnotherServiceThenDescriptionSaysSo() throws IOException {
		assertThat(read(new SignalServiceImplBase() {
		})).contains(OTHER);
	}

	@Test
	void whenServerSaysLikeGoThatTheServiceIsUnknownThenDescriptionSaysSo() {
		try (RecordingServer server = RecordingServer.start()) {
			server.answer(RecordingServer.Answer
				.of(Status.UNIMPLEMENTED.withDescription("unknown service flyteidl.service.AdminService")));
			assertThat(read(server.port())).contains(OTHER, "unknown service flyteidl.service.AdminService");
		}
	}

	@Test
	void whenOnlyTheMethodIsUnknownThenDescriptionStays() {
		try (RecordingServer server = RecordingServer.start()) {
			String description = "unknown method GetVersion for service flyteidl.service.AdminService";
			server.answer(RecordingServer.Answer.of(Status.UNIMPLEMENTED.withDescription(description)));
			assertThat(read(server.port())).isEqualTo(description);
		}
	}

	@Test
	void whenServerAnswersAsFlyte2ThenDescriptionSaysSo() throws IOException {
		Bytes bytes = new Bytes();
		MethodDescriptor<byte[], byte[]> method = MethodDescriptor.<byte[], byte[]>newBuilder()
			.setType(MethodType.UNARY)
			.setFullMethodName("flyteidl2.auth.AuthMetadataService/GetPublicClientConfig")
			.setRequestMarshaller(bytes)
			.setResponseMarshaller(bytes)
			.build();
		assertThat(read(() -> ServerServiceDefinition.builder("flyteidl2.auth.AuthMetadataService")
			.addMethod(method, ServerCalls.asyncUnaryCall((request, observer) -> {
				observer.onNext(new byte[0]);
				observer.onCompleted();
			}))
			.build())).contains(FLYTE_2, "flyte.platform.url");
	}

	@Test
	void whenFlyte2HasNoLoginThenItIsToldByItsTwoKindsOfAnswers() {
		WireMockServer flyte2 = new WireMockServer(wireMockConfig().dynamicPort());
		flyte2.start();
		try {
			flyte2.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(404)
				.withHeader("Content-Type", "text/plain; charset=utf-8")
				.withBody("404 page not found")));
			assertThat(read(flyte2.port())).contains("answered HTTP 404, not gRPC").doesNotContain("Flyte 2");
			flyte2.stubFor(any(urlPathMatching("/flyteidl2\\..*")).willReturn(aResponse().withStatus(200)
				.withHeader("Content-Type", "application/grpc")
				.withHeader("grpc-status", String.valueOf(Code.UNIMPLEMENTED.value()))));
			assertThat(read(flyte2.port())).contains(FLYTE_2);
		}
		finally {
			flyte2.stop();
		}
	}

	private static String read(BindableService... services) throws IOException {
		NettyServerBuilder builder = NettyServerBuilder.forAddress(new InetSocketAddress("localhost", 0));
		for (BindableService service : services) {
			builder.addService(service);
		}
		Server server = builder.build().start();
		try {
			return read(server.getPort());
		}
		finally {
			server.shutdownNow();
		}
	}

	private static String read(int port) {
		try (TestConnection connection = TestConnection.to(port)) {
			Status status = connection.statusOfRead();
			assertThat(status.getCode()).isEqualTo(Code.UNIMPLEMENTED);
			return String.valueOf(status.getDescription());
		}
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
