package io.flyteconnect.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import com.google.protobuf.ByteString;
import connectrpc.conformance.v1.ClientCompat.ClientCompatRequest;
import connectrpc.conformance.v1.ConfigOuterClass.HTTPVersion;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

import io.flyteconnect.config.TlsSettings;
import io.flyteconnect.internal.connectrpc.ConnectChannel;
import io.flyteconnect.internal.tls.TrustMaterial;

/**
 * The channels to the servers of the suite, each for many calls.
 */
final class Channels {

	private final Map<Object, ConnectChannel> channels = new ConcurrentHashMap<>();

	ConnectChannel channel(ClientCompatRequest request) {
		ClientCompatRequest server = ClientCompatRequest.newBuilder()
			.setHost(request.getHost())
			.setPort(request.getPort())
			.setHttpVersion(request.getHttpVersion())
			.setServerTlsCert(request.getServerTlsCert())
			.setClientTlsCreds(request.getClientTlsCreds())
			.setMessageReceiveLimit(request.getMessageReceiveLimit())
			.build();
		return this.channels.computeIfAbsent(server, (key) -> open(server));
	}

	private static ConnectChannel open(ClientCompatRequest server) {
		TrustMaterial trust = trust(server);
		return ConnectChannel
			.builder(URI
				.create((trust.plaintext() ? "http://" : "https://") + server.getHost() + ":" + server.getPort()))
			.sslContext(trust.httpSslContext())
			.http2WithPriorKnowledge(server.getHttpVersion() == HTTPVersion.HTTP_VERSION_2)
			.maxInboundMessageSize(
					(server.getMessageReceiveLimit() > 0) ? server.getMessageReceiveLimit() : 64 * 1024 * 1024)
			.build();
	}

	private static TrustMaterial trust(ClientCompatRequest server) {
		if (server.getServerTlsCert().isEmpty()) {
			return TrustMaterial.of("conformance", new TlsSettings(true, false, null, null), null);
		}
		if (!server.getClientTlsCreds().getCert().isEmpty()) {
			PemSslStoreDetails key = PemSslStoreDetails
				.forCertificate(server.getClientTlsCreds().getCert().toStringUtf8())
				.withPrivateKey(server.getClientTlsCreds().getKey().toStringUtf8());
			PemSslStoreDetails trusted = PemSslStoreDetails.forCertificate(server.getServerTlsCert().toStringUtf8());
			return TrustMaterial.of("conformance", new TlsSettings(false, false, null, "suite"),
					SslBundle.of(new PemSslStoreBundle(PemSslStore.load(key), PemSslStore.load(trusted))));
		}
		return TrustMaterial.of("conformance", new TlsSettings(false, false, file(server.getServerTlsCert()), null),
				null);
	}

	private static Path file(ByteString certificate) {
		try {
			Path file = Files.createTempFile("conformance", ".pem");
			file.toFile().deleteOnExit();
			return Files.write(file, certificate.toByteArray());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void close() throws InterruptedException {
		this.channels.values().forEach(ConnectChannel::shutdown);
		for (ConnectChannel channel : this.channels.values()) {
			if (!channel.awaitTermination(10, TimeUnit.SECONDS)) {
				throw new IllegalStateException(channel + " does not end");
			}
		}
	}

}
