package io.flyteconnect.test.admin;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import com.google.protobuf.ByteString;
import flyteidl.core.IdentifierOuterClass.NodeExecutionIdentifier;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import flyteidl.service.DataProxyServiceGrpc;
import flyteidl.service.Dataproxy;
import flyteidl.service.Dataproxy.CreateDownloadLinkRequest;
import flyteidl.service.Dataproxy.CreateDownloadLocationRequest;
import flyteidl.service.Dataproxy.CreateUploadLocationRequest;
import flyteidl.service.Dataproxy.CreateUploadLocationResponse;
import io.grpc.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.test.TestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the data proxy of the test server, whose signed URLs are used.
 */
class DataProxyTests extends AdminFixture {

	private static final byte[] CONTENT = "some content".getBytes();

	private DataProxyServiceGrpc.DataProxyServiceBlockingStub stub;

	@BeforeEach
	void stub() {
		this.stub = DataProxyServiceGrpc.newBlockingStub(this.client.channel());
	}

	@Test
	@SuppressWarnings("deprecation")
	void whenUploadedToSignedUrlThenDownloadGivesItBack() throws Exception {
		CreateUploadLocationResponse upload = this.stub.createUploadLocation(request().build());
		assertThat(upload.getNativeUrl()).startsWith("s3://flyte-test/uploads/p/development/");
		assertThat(upload.getHeadersMap()).containsKey("Content-MD5");
		assertThat(Times.instant(upload.getExpiresAt())).isBetween(Instant.now().plusSeconds(3500),
				Instant.now().plusSeconds(3700));
		assertThat(put(upload, CONTENT).statusCode()).isEqualTo(200);
		assertThat(this.server.admin().uploaded(URI.create(upload.getNativeUrl()))).isEqualTo(CONTENT);
		String download = this.stub
			.createDownloadLocation(
					CreateDownloadLocationRequest.newBuilder().setNativeUrl(upload.getNativeUrl()).build())
			.getSignedUrl();
		assertThat(get(download).body()).isEqualTo("some content");
		assertThat(get(upload.getSignedUrl()).statusCode()).isEqualTo(403);
		assertThat(get(download.replace("signature=", "signature=0")).statusCode()).isEqualTo(403);
		assertThat(get(download.split("\\?")[0]).statusCode()).isEqualTo(403);
	}

	@Test
	void whenContentDoesNotMatchItsHashThenRefused() throws Exception {
		CreateUploadLocationResponse upload = this.stub.createUploadLocation(request().build());
		assertThat(put(upload, "other".getBytes()).statusCode()).isEqualTo(400);
		assertThat(this.server.admin().uploaded(URI.create(upload.getNativeUrl()))).isNull();
	}

	@Test
	void whenUrlHasExpiredThenRefused() throws Exception {
		CreateUploadLocationResponse upload = this.stub
			.createUploadLocation(request().setExpiresIn(Times.duration(Duration.ofSeconds(1))).build());
		Thread.sleep(1100);
		assertThat(put(upload, CONTENT).statusCode()).isEqualTo(403);
	}

	@Test
	void whenFileIsThereThenOnlyTheSameContentMayBeWrittenAgain() throws Exception {
		CreateUploadLocationRequest named = request().setFilenameRoot("root").setFilename("f.txt").build();
		assertThat(put(this.stub.createUploadLocation(named), CONTENT).statusCode()).isEqualTo(200);
		assertThat(this.stub.createUploadLocation(named).getSignedUrl()).isNotEmpty();
		Status status = TestClient
			.status(() -> this.stub.createUploadLocation(named.toBuilder().clearContentMd5().build()));
		assertThat(status.getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
		assertThat(status.getDescription()).startsWith("file already exists at location [s3://");
	}

	@Test
	void whenRequestIsNotValidThenInvalidArgument() {
		assertThat(error(request().clearProject())).isEqualTo("project and domain are required parameters");
		assertThat(error(request().clearContentMd5()))
			.isEqualTo("content_md5 or filename_root is a required parameter");
		assertThat(error(request().setExpiresIn(Times.duration(Duration.ofHours(2)))))
			.contains("cannot exceed max allowed expiration");
	}

	@Test
	void whenNodeHasADeckThenLinkLeadsToIt() throws Exception {
		NodeExecutionIdentifier node = NodeExecutionIdentifier.newBuilder()
			.setNodeId("n0")
			.setExecutionId(
					WorkflowExecutionIdentifier.newBuilder().setProject("p").setDomain("development").setName("e"))
			.build();
		CreateDownloadLinkRequest request = CreateDownloadLinkRequest.newBuilder()
			.setArtifactType(Dataproxy.ArtifactType.ARTIFACT_TYPE_DECK)
			.setNodeExecutionId(node)
			.build();
		assertThat(TestClient.status(() -> this.stub.createDownloadLink(request)).getCode())
			.isEqualTo(Status.Code.NOT_FOUND);
		this.server.admin().addDeck(node, "<h1>Deck</h1>");
		assertThat(get(this.stub.createDownloadLink(request).getPreSignedUrls().getSignedUrl(0)).body())
			.isEqualTo("<h1>Deck</h1>");
	}

	@Test
	void whenServerSpeaksTlsThenSignedUrlsDoToo() throws Exception {
		try (FlyteTestServer secure = FlyteTestServer.builder().tls().start();
				TestClient tls = TestClient.tls(secure)) {
			CreateUploadLocationResponse upload = DataProxyServiceGrpc.newBlockingStub(tls.channel())
				.createUploadLocation(request().build());
			assertThat(upload.getSignedUrl()).startsWith("https://localhost:");
			HttpResponse<String> response = HttpClient.newBuilder()
				.sslContext(secure.certificates().clientContext())
				.build()
				.send(putRequest(upload, CONTENT), HttpResponse.BodyHandlers.ofString());
			assertThat(response.statusCode()).isEqualTo(200);
		}
	}

	private CreateUploadLocationRequest.Builder request() {
		try {
			return CreateUploadLocationRequest.newBuilder()
				.setProject("p")
				.setDomain("development")
				.setContentMd5(ByteString.copyFrom(MessageDigest.getInstance("MD5").digest(CONTENT)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private String error(CreateUploadLocationRequest.Builder request) {
		Status status = TestClient.status(() -> this.stub.createUploadLocation(request.build()));
		assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
		return Objects.requireNonNull(status.getDescription());
	}

	private HttpResponse<String> put(CreateUploadLocationResponse upload, byte[] content) throws Exception {
		return HttpClient.newHttpClient().send(putRequest(upload, content), HttpResponse.BodyHandlers.ofString());
	}

	private HttpRequest putRequest(CreateUploadLocationResponse upload, byte[] content) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(upload.getSignedUrl()))
			.PUT(HttpRequest.BodyPublishers.ofByteArray(content));
		upload.getHeadersMap().forEach(request::header);
		return request.build();
	}

	private HttpResponse<String> get(String url) throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
	}

}
