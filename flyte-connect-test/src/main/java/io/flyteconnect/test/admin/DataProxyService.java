package io.flyteconnect.test.admin;

import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;

import com.google.protobuf.ByteString;
import flyteidl.core.IdentifierOuterClass.NodeExecutionIdentifier;
import flyteidl.service.DataProxyServiceGrpc;
import flyteidl.service.Dataproxy;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;

/**
 * {@code flyteidl.service.DataProxyService} ({@code flyteadmin/dataproxy/service.go})
 * over a storage that serves what it signs.
 */
class DataProxyService extends DataProxyServiceGrpc.DataProxyServiceImplBase {

	static final String BUCKET = "s3://flyte-test/";

	private static final Duration MAX_EXPIRATION = Duration.ofHours(1);

	private final SignedUrlStorage storage;

	private final Clock clock;

	DataProxyService(SignedUrlStorage storage, Clock clock) {
		this.storage = storage;
		this.clock = clock;
	}

	@Override
	public void createUploadLocation(Dataproxy.CreateUploadLocationRequest request,
			StreamObserver<Dataproxy.CreateUploadLocationResponse> observer) {
		Answers.answer(observer, () -> {
			if (request.getProject().isEmpty() || request.getDomain().isEmpty()) {
				throw AdminErrors.invalid("project and domain are required parameters");
			}
			if (request.getFilenameRoot().isEmpty() && request.getContentMd5().isEmpty()) {
				throw AdminErrors.invalid("content_md5 or filename_root is a required parameter");
			}
			Duration lifetime = lifetime(request.hasExpiresIn(), request.getExpiresIn());
			String path = path(request);
			String md5 = request.getContentMd5().isEmpty() ? ""
					: Base64.getEncoder().encodeToString(request.getContentMd5().toByteArray());
			checkRewrite(request, path, md5);
			Dataproxy.CreateUploadLocationResponse.Builder response = Dataproxy.CreateUploadLocationResponse
				.newBuilder()
				.setSignedUrl(this.storage.sign("PUT", path, lifetime, md5).toString())
				.setNativeUrl(BUCKET + path)
				.setExpiresAt(Times.timestamp(this.clock.instant().plus(lifetime)));
			if (!md5.isEmpty()) {
				response.putHeaders("Content-MD5", md5);
			}
			return response.build();
		});
	}

	@Override
	@SuppressWarnings("deprecation")
	public void createDownloadLocation(Dataproxy.CreateDownloadLocationRequest request,
			StreamObserver<Dataproxy.CreateDownloadLocationResponse> observer) {
		Answers.answer(observer, () -> {
			if (!request.getNativeUrl().startsWith(BUCKET)) {
				throw AdminErrors.invalid(
						"error while validating request: failed to parse native_url [" + request.getNativeUrl() + "]");
			}
			Duration lifetime = lifetime(request.hasExpiresIn(), request.getExpiresIn());
			String path = request.getNativeUrl().substring(BUCKET.length());
			return Dataproxy.CreateDownloadLocationResponse.newBuilder()
				.setSignedUrl(this.storage.sign("GET", path, lifetime, "").toString())
				.setExpiresAt(Times.timestamp(this.clock.instant().plus(lifetime)))
				.build();
		});
	}

	@Override
	public void createDownloadLink(Dataproxy.CreateDownloadLinkRequest request,
			StreamObserver<Dataproxy.CreateDownloadLinkResponse> observer) {
		Answers.answer(observer, () -> {
			if (request.getArtifactType() != Dataproxy.ArtifactType.ARTIFACT_TYPE_DECK) {
				throw AdminErrors.invalid("error while validating request. Error: invalid artifact type");
			}
			String path = deckPath(request.getNodeExecutionId());
			if (this.storage.find(path) == null) {
				throw Status.NOT_FOUND.withDescription("object not found").asRuntimeException();
			}
			Duration lifetime = lifetime(request.hasExpiresIn(), request.getExpiresIn());
			return Dataproxy.CreateDownloadLinkResponse.newBuilder()
				.setPreSignedUrls(Dataproxy.PreSignedURLs.newBuilder()
					.addSignedUrl(this.storage.sign("GET", path, lifetime, "").toString())
					.setExpiresAt(Times.timestamp(this.clock.instant().plus(lifetime))))
				.build();
		});
	}

	static String deckPath(NodeExecutionIdentifier node) {
		return String.join("/", "decks", node.getExecutionId().getProject(), node.getExecutionId().getDomain(),
				node.getExecutionId().getName(), node.getNodeId(), "deck.html");
	}

	private String path(Dataproxy.CreateUploadLocationRequest request) {
		String root = request.getFilenameRoot().isEmpty() ? hex(request.getContentMd5()) : request.getFilenameRoot();
		String name = request.getFilename().isEmpty() ? UUID.randomUUID().toString() : request.getFilename();
		return String.join("/", "uploads", request.getProject(), request.getDomain(), root, name);
	}

	private static String hex(ByteString bytes) {
		return HexFormat.of().formatHex(bytes.toByteArray());
	}

	private void checkRewrite(Dataproxy.CreateUploadLocationRequest request, String path, String md5) {
		byte[] existing = this.storage.find(path);
		boolean known = !request.getFilename().isEmpty() && !request.getFilenameRoot().isEmpty();
		if (known && existing != null && !SignedUrlStorage.md5(existing).equals(md5)) {
			throw AdminErrors.alreadyExists("file already exists at location [" + BUCKET + path
					+ "], specify a matching hash if you wish to rewrite");
		}
	}

	private static Duration lifetime(boolean present, com.google.protobuf.Duration expiresIn) {
		Duration lifetime = present ? Times.duration(expiresIn) : MAX_EXPIRATION;
		if (lifetime.compareTo(MAX_EXPIRATION) > 0) {
			throw AdminErrors
				.invalid("expiresIn [" + lifetime.toSeconds() + "s] cannot exceed max allowed expiration [1h0m0s]");
		}
		return lifetime;
	}

}
