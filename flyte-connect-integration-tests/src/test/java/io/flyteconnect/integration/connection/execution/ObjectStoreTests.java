package io.flyteconnect.integration.connection.execution;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.google.protobuf.Message;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import flyteidl.admin.ExecutionOuterClass.WorkflowExecutionGetDataRequest;
import flyteidl.admin.ExecutionOuterClass.WorkflowExecutionGetDataResponse;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import flyteidl.core.Literals.Literal;
import flyteidl.core.Literals.LiteralCollection;
import flyteidl.core.Literals.LiteralMap;
import flyteidl.core.Literals.LiteralOffloadedMetadata;
import flyteidl.service.AdminServiceGrpc;
import flyteidl.service.DataProxyServiceGrpc;
import flyteidl.service.Dataproxy.CreateDownloadLocationRequest;
import flyteidl.service.Dataproxy.CreateDownloadLocationResponse;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.literal.FlyteLiterals;
import io.flyteconnect.test.tls.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Inputs and outputs that are in an object store: one that the JVM trusts, while Flyte
 * has an authority of its own. Flyte is {@code localhost}, the store {@code 127.0.0.1}.
 */
@SuppressWarnings("deprecation")
class ObjectStoreTests {

	private static final WorkflowExecutionIdentifier ID = WorkflowExecutionIdentifier.newBuilder()
		.setProject("p")
		.setDomain("d")
		.setName("n")
		.build();

	private static final Literal ROWS = FlyteLiterals.toLiteral(List.of(1, 2));

	private static final LiteralMap OUTPUTS = LiteralMap.newBuilder().putLiterals("rows", ROWS).build();

	private static final ConcurrentLinkedQueue<Headers> requests = new ConcurrentLinkedQueue<>();

	private static TestCertificates flyteCertificates;

	private static TestCertificates storeCertificates;

	private static volatile byte[] stored;

	private static volatile WorkflowExecutionGetDataResponse data;

	private static volatile CreateDownloadLocationResponse signed;

	private static HttpsServer store;

	private static Server flyte;

	private static FlyteConnection connection;

	private static FlyteExecutions executions;

	@BeforeAll
	static void start(@TempDir Path folder) throws Exception {
		flyteCertificates = TestCertificates.create();
		storeCertificates = TestCertificates.create();
		InetAddress loopback = InetAddress.getByName("127.0.0.1");
		store = HttpsServer.create(new InetSocketAddress(loopback, 0), 0);
		store.setHttpsConfigurator(new HttpsConfigurator(storeCertificates.serverContext()));
		store.createContext("/", ObjectStoreTests::serve);
		store.start();
		flyte = NettyServerBuilder
			.forAddress(new InetSocketAddress(loopback, 0),
					TlsServerCredentials.create(flyteCertificates.serverCertificate().toFile(),
							flyteCertificates.serverKey().toFile()))
			.addService(new Admin())
			.addService(new DataProxy())
			.build()
			.start();
		connection = new FlyteConnectionFactory().create(PlatformConfig.builder()
			.endpoint("localhost:" + flyte.getPort())
			.caCertFile(flyteCertificates.caCertificate())
			.build());
		executions = new FlyteExecutions(connection);
		trustByTheJvm(folder);
	}

	// The authorities of the JVM are loaded by the first server that needs them.
	private static void trustByTheJvm(Path folder) throws Exception {
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		try (var certificate = Files.newInputStream(storeCertificates.caCertificate())) {
			trusted.setCertificateEntry("public",
					CertificateFactory.getInstance("X.509").generateCertificate(certificate));
		}
		Path file = folder.resolve("public.p12");
		try (OutputStream out = Files.newOutputStream(file)) {
			trusted.store(out, "changeit".toCharArray());
		}
		Map<String, String> before = Map.of("javax.net.ssl.trustStore",
				System.getProperty("javax.net.ssl.trustStore", ""), "javax.net.ssl.trustStorePassword",
				System.getProperty("javax.net.ssl.trustStorePassword", ""));
		System.setProperty("javax.net.ssl.trustStore", file.toString());
		System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
		try {
			inStore(OUTPUTS, "https://127.0.0.1:" + store.getAddress().getPort() + "/first");
			assertThat(executions.outputs(ID)).containsEntry("rows", List.of(1L, 2L));
		}
		finally {
			before.forEach((name, value) -> {
				if (value.isEmpty()) {
					System.clearProperty(name);
				}
				else {
					System.setProperty(name, value);
				}
			});
		}
	}

	@AfterAll
	static void stop() {
		connection.close();
		flyte.shutdownNow();
		store.stop(0);
		flyteCertificates.close();
		storeCertificates.close();
	}

	@BeforeEach
	void forget() {
		requests.clear();
		signed = CreateDownloadLocationResponse.getDefaultInstance();
	}

	@Test
	void whenAPublicStoreIsTrustedByTheJvmThenWhatItHoldsIsFetchedWithoutAToken() {
		inStore(OUTPUTS, url("/outputs.pb?signature=s"));
		assertThat(executions.outputs(ID)).isEqualTo(Map.of("rows", List.of(1L, 2L)));
		assertThat(requests).singleElement()
			.satisfies((headers) -> assertThat(headers.keySet()).isNotEmpty()
				.noneMatch((name) -> name.toLowerCase().contains("authorization")));
	}

	@Test
	void whenTheStoreIsOnFlytesHostThenItsCertificateHasToBeFlytes() {
		inStore(OUTPUTS, "https://localhost:" + store.getAddress().getPort() + "/outputs.pb?signature=hidden");
		Status status = refusal();
		assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
		assertThat(status.getDescription()).startsWith("The outputs of execution p/d/n (99 bytes) are more")
			.contains("has a certificate that is not trusted", "flyte.platform.ca-cert-file-path")
			.doesNotContain("hidden");
		assertThat(requests).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			data:application/octet-stream;base64,Cg== | FAILED_PRECONDITION | http or https one, but begins with 'data:'
			file:///flyte/outputs.pb                  | FAILED_PRECONDITION | begins with 'file:' (remoteData.scheme)
			s3://bucket/outputs.pb                    | FAILED_PRECONDITION | begins with 's3:' (remoteData.scheme)
			gs://bucket/outputs.pb                    | FAILED_PRECONDITION | begins with 'gs:' (remoteData.scheme)
			https://                                  | INTERNAL            | the URL that it signs is none
			outputs.pb                                | INTERNAL            | the URL that it signs is none
			https://a b/secret                        | INTERNAL            | the URL that it signs is none
			https:///outputs.pb                       | INTERNAL            | the URL that it signs is none
			""")
	void whenTheUrlCannotBeFetchedThenItIsSaid(String url, Status.Code code, String message) {
		inStore(OUTPUTS, url);
		Status status = refusal();
		assertThat(status.getCode()).isEqualTo(code);
		assertThat(status.getDescription()).startsWith("The outputs of execution p/d/n (99 bytes) are more")
			.contains(message)
			.doesNotContain("outputs.pb", "base64", "secret");
	}

	@Test
	void whenAnOutputIsOffloadedThenItIsFetchedAtAnyDepth() {
		stored = ROWS.toByteArray();
		signed = CreateDownloadLocationResponse.newBuilder().setSignedUrl(url("/rows")).build();
		Literal list = Literal.newBuilder()
			.setCollection(LiteralCollection.newBuilder().addLiterals(offloaded()).addLiterals(ROWS))
			.build();
		answer(LiteralMap.newBuilder()
			.putLiterals("rows", offloaded())
			.putLiterals("lists", list)
			.putLiterals("map",
					Literal.newBuilder().setMap(LiteralMap.newBuilder().putLiterals("a", offloaded())).build())
			.build());
		List<Long> rows = List.of(1L, 2L);
		assertThat(executions.outputs(ID))
			.isEqualTo(Map.of("rows", rows, "lists", List.of(rows, rows), "map", Map.of("a", rows)));
		assertThat(executions.inputs(ID)).isEmpty();
	}

	@Test
	void whenAnOffloadedOutputCannotBeFetchedThenItIsNamed() {
		answer(LiteralMap.newBuilder().putLiterals("rows", offloaded()).build());
		String what = "The output 'rows' of execution p/d/n (7 bytes) is kept at s3://bucket/rows";
		signed = null;
		assertThat(refusal()).satisfies((status) -> assertThat(status.getCode()).isEqualTo(Status.Code.NOT_FOUND))
			.satisfies((status) -> assertThat(status.getDescription())
				.isEqualTo(what + ", and Flyte signs no URL to fetch it from: NOT_FOUND no such bucket"));
		signed = CreateDownloadLocationResponse.newBuilder().setSignedUrl("mem://rows").build();
		assertThat(refusal().getDescription()).startsWith(what).contains("begins with 'mem:'");
		signed = CreateDownloadLocationResponse.newBuilder().setSignedUrl(url("/rows")).build();
		stored = offloaded().toByteArray();
		assertThat(refusal().getDescription()).isEqualTo(what + ", which leads to other places again and again");
		stored = null;
		assertThat(refusal().getDescription())
			.isEqualTo(what + ", and could not be fetched: the object store at 127.0.0.1 answers with HTTP 404");
	}

	@Test
	void whenTheStoreAnswersWithAPageThenItIsSaid() {
		inStore(null, url("/page"));
		stored = "<html>".getBytes();
		assertThat(refusal().getDescription())
			.endsWith("and what the object store at 127.0.0.1 answers with is not in protobuf's form");
	}

	private static Literal offloaded() {
		return Literal.newBuilder()
			.setOffloadedMetadata(LiteralOffloadedMetadata.newBuilder().setUri("s3://bucket/rows").setSizeBytes(7))
			.build();
	}

	private static Status refusal() {
		return catchThrowableOfType(StatusRuntimeException.class, () -> executions.outputs(ID)).getStatus();
	}

	private static String url(String path) {
		return "https://127.0.0.1:" + store.getAddress().getPort() + path;
	}

	private static void answer(LiteralMap outputs) {
		data = WorkflowExecutionGetDataResponse.newBuilder().setFullOutputs(outputs).build();
	}

	private static void inStore(Message content, String url) {
		stored = (content != null) ? content.toByteArray() : null;
		WorkflowExecutionGetDataResponse.Builder answer = WorkflowExecutionGetDataResponse.newBuilder();
		answer.getOutputsBuilder().setUrl(url).setBytes(99);
		data = answer.build();
	}

	private static void serve(HttpExchange exchange) throws IOException {
		try (exchange) {
			requests.add(exchange.getRequestHeaders());
			byte[] content = stored;
			exchange.sendResponseHeaders((content != null) ? 200 : 404, (content != null) ? content.length : -1);
			if (content != null) {
				exchange.getResponseBody().write(content);
			}
		}
	}

	private static final class Admin extends AdminServiceGrpc.AdminServiceImplBase {

		@Override
		public void getExecutionData(WorkflowExecutionGetDataRequest request,
				StreamObserver<WorkflowExecutionGetDataResponse> observer) {
			observer.onNext(data);
			observer.onCompleted();
		}

	}

	private static final class DataProxy extends DataProxyServiceGrpc.DataProxyServiceImplBase {

		@Override
		public void createDownloadLocation(CreateDownloadLocationRequest request,
				StreamObserver<CreateDownloadLocationResponse> observer) {
			if (signed == null) {
				observer.onError(Status.NOT_FOUND.withDescription("no such bucket").asRuntimeException());
				return;
			}
			observer.onNext(signed);
			observer.onCompleted();
		}

	}

}
