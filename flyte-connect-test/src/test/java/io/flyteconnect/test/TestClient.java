package io.flyteconnect.test;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import flyteidl.service.AdminServiceGrpc;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A channel to a test server, with plain gRPC.
 */
public final class TestClient implements AutoCloseable {

	private final ManagedChannel channel;

	public TestClient(FlyteTestServer server, ChannelCredentials credentials) {
		this.channel = Grpc.newChannelBuilder(server.endpoint(), credentials).userAgent("test-client/1").build();
	}

	public static TestClient plaintext(FlyteTestServer server) {
		return new TestClient(server, InsecureChannelCredentials.create());
	}

	public static TestClient tls(FlyteTestServer server) {
		try {
			return new TestClient(server,
					TlsChannelCredentials.newBuilder().trustManager(server.caCertificate().toFile()).build());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public Channel channel() {
		return this.channel;
	}

	public AdminServiceGrpc.AdminServiceBlockingStub admin(String... headers) {
		Metadata metadata = new Metadata();
		for (int i = 0; i < headers.length; i += 2) {
			metadata.put(Metadata.Key.of(headers[i], Metadata.ASCII_STRING_MARSHALLER), headers[i + 1]);
		}
		return AdminServiceGrpc.newBlockingStub(this.channel)
			.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
			.withDeadlineAfter(20, TimeUnit.SECONDS);
	}

	public static Status status(Runnable call) {
		return error(call).getStatus();
	}

	public static StatusRuntimeException error(Runnable call) {
		return catchThrowableOfType(StatusRuntimeException.class, call::run);
	}

	@Override
	public void close() {
		this.channel.shutdownNow();
		try {
			this.channel.awaitTermination(5, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
