package io.flyteconnect.internal.channel;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.WireMockServer;
import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import flyteidl.service.DataProxyServiceGrpc;
import flyteidl.service.IdentityServiceGrpc;
import flyteidl.service.SignalServiceGrpc;
import flyteidl.service.SignalServiceGrpc.SignalServiceImplBase;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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

	static Stream<MethodDescriptor<?, ?>> otherServices() {
		return Stream.of(DataProxyServiceGrpc.getCreateUploadLocationMethod(), SignalServiceGrpc.getListSignalsMethod(),
				IdentityServiceGrpc.getUserInfoMethod());
	}

	@ParameterizedTest
	@MethodSource("otherServices")
	void whenAnotherServiceIsCalledWhereThereIsNoFlyteThenDescriptionSaysSo(MethodDescriptor<?, ?> method)
			throws IOException {
		String text = "unknown service " + method.getServiceName();
		Server server = answering((name) -> Status.UNIMPLEMENTED.withDescription(text));
		try {
			assertThat(call(server.getPort(), method)).contains(OTHER).endsWith(text);
		}
		finally {
			server.shutdownNow();
		}
	}

	@ParameterizedTest
	@CsvSource({ "GetVersion,OK", "GetVersion,UNAUTHENTICATED", "ListProjects,PERMISSION_DENIED",
			"ListProjects,UNAVAILABLE" })
	void whenAnotherServiceIsMissingBesideFlyteAdminThenDescriptionStays(String known, Code code) throws IOException {
		MethodDescriptor<?, ?> method = DataProxyServiceGrpc.getCreateUploadLocationMethod();
		String text = "unknown service " + method.getServiceName();
		Server server = answering((name) -> name.endsWith("AdminService/" + known) ? code.toStatus()
				: Status.UNIMPLEMENTED.withDescription(text));
		try {
			assertThat(call(server.getPort(), method)).isEqualTo(text);
		}
		finally {
			server.shutdownNow();
		}
	}

	@ParameterizedTest
	@NullAndEmptySource
	@ValueSource(strings = { "  ", "Service is unimplemented.", "Service flyteidl.service.AdminService not found",
			"The server does not implement the method /flyteidl.service.AdminService/GetVersion", "Method not found!",
			"unknown", "Unimplemented: flyteidl.service.AdminService" })
	void whenServerSaysInAnyWordsThatItKnowsNothingThenDescriptionSaysSo(@Nullable String text) throws IOException {
		Server server = answering((method) -> Status.UNIMPLEMENTED.withDescription(text));
		try {
			String description = read(server.getPort());
			assertThat(description).startsWith("localhost:" + server.getPort() + " " + OTHER)
				.endsWith((text == null || text.isBlank()) ? "(flyte.platform.url)" : "(flyte.platform.url): " + text);
		}
		finally {
			server.shutdownNow();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			The server does not implement the method | ListProjects | UNAUTHENTICATED
			this version has no versions             | ListProjects | OK
			not here                                 | ListProjects | PERMISSION_DENIED
			too early                                | ListProjects | UNAVAILABLE
			method GetVersion not implemented        |              | UNAUTHENTICATED
			Method is unimplemented.                 |              | UNAUTHENTICATED
			Method not implemented!                  |              | UNAUTHENTICATED
			""")
	void whenServerHasAnotherMethodThenDescriptionStays(String text, @Nullable String asked, Code other)
			throws IOException {
		List<String> methods = new CopyOnWriteArrayList<>();
		Server server = answering((method) -> {
			methods.add(method.substring(method.lastIndexOf('/') + 1));
			return switch (method) {
				case "flyteidl.service.AdminService/GetVersion" -> Status.UNIMPLEMENTED.withDescription(text);
				case "flyteidl.service.AdminService/ListProjects" -> other.toStatus();
				default -> Status.UNIMPLEMENTED.withDescription("unknown service");
			};
		});
		try {
			assertThat(read(server.getPort())).isEqualTo(text);
			assertThat(methods.contains("ListProjects")).isEqualTo(asked != null);
		}
		finally {
			server.shutdownNow();
		}
	}

	@Test
	void whenServerLacksAnotherMethodThenItIsAskedForItsVersion() throws IOException {
		Server server = answering(
				(method) -> method.endsWith("/GetVersion") ? Status.UNAUTHENTICATED : Status.UNIMPLEMENTED);
		try (TestConnection connection = TestConnection.to(server.getPort())) {
			assertThatExceptionOfType(StatusRuntimeException.class)
				.isThrownBy(() -> connection.admin().listProjects(ProjectListRequest.getDefaultInstance()))
				.satisfies((ex) -> assertThat(ex.getStatus().getDescription()).isNull());
		}
		finally {
			server.shutdownNow();
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

	private static <T> String call(int port, MethodDescriptor<T, ?> method) {
		try (TestConnection connection = TestConnection.to(port)) {
			T request = method.parseRequest(InputStream.nullInputStream());
			StatusRuntimeException ex = catchThrowableOfType(StatusRuntimeException.class, () -> ClientCalls
				.blockingUnaryCall(connection.channel().managed(), method, CallOptions.DEFAULT, request));
			assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNIMPLEMENTED);
			return String.valueOf(ex.getStatus().getDescription());
		}
	}

	private static Server answering(Function<String, Status> answers) throws IOException {
		Bytes bytes = new Bytes();
		return NettyServerBuilder.forAddress(new InetSocketAddress("localhost", 0))
			.fallbackHandlerRegistry(new HandlerRegistry() {

				@Override
				public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
					MethodDescriptor<byte[], byte[]> method = MethodDescriptor.<byte[], byte[]>newBuilder()
						.setType(MethodType.UNARY)
						.setFullMethodName(name)
						.setRequestMarshaller(bytes)
						.setResponseMarshaller(bytes)
						.build();
					return ServerMethodDefinition.create(method, (call, headers) -> {
						Status answer = answers.apply(name);
						if (answer.isOk()) {
							call.sendHeaders(new Metadata());
							call.sendMessage(new byte[0]);
						}
						call.close(answer, new Metadata());
						return new ServerCall.Listener<>() {
						};
					});
				}

			})
			.build()
			.start();
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
