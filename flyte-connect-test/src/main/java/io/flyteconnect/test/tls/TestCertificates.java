package io.flyteconnect.test.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;

/**
 * A certificate authority of its own, a server certificate for {@code localhost} and
 * {@code 127.0.0.1}, and a client certificate. The PEM files are in a temporary folder
 * that {@link #close()} removes, or the end of the process that comes first.
 *
 * @since 0.1.0
 */
public final class TestCertificates implements AutoCloseable {

	/** The folders that are there, which the end of the process removes. */
	private static final Set<Path> FOLDERS = ConcurrentHashMap.newKeySet();

	static {
		Runtime.getRuntime()
			.addShutdownHook(new Thread(() -> FOLDERS.forEach(TestCertificates::remove), "flyte-test-certificates"));
	}

	private final Path folder;

	private final X509Bundle authority;

	private final X509Bundle server;

	private final X509Bundle client;

	private TestCertificates() throws Exception {
		this.authority = new CertificateBuilder().ecp256()
			.subject("CN=Flyte Connect Test CA")
			.setIsCertificateAuthority(true)
			.setKeyUsage(true, CertificateBuilder.KeyUsage.keyCertSign, CertificateBuilder.KeyUsage.cRLSign)
			.buildSelfSigned();
		this.server = new CertificateBuilder().ecp256()
			.subject("CN=localhost")
			.addSanDnsName("localhost")
			.addSanIpAddress("127.0.0.1")
			.addExtendedKeyUsageServerAuth()
			.buildIssuedBy(this.authority);
		this.client = new CertificateBuilder().ecp256()
			.subject("CN=flyte-connect-test-client")
			.addExtendedKeyUsageClientAuth()
			.buildIssuedBy(this.authority);
		this.folder = Files.createTempDirectory("flyte-test-certificates-" + ProcessHandle.current().pid() + "-");
		FOLDERS.add(this.folder);
		write("ca.pem", this.authority.getCertificatePEM());
		write("server.pem", this.server.getCertificatePathPEM());
		write("server-key.pem", this.server.getPrivateKeyPEM());
		write("client.pem", this.client.getCertificatePathPEM());
		write("client-key.pem", this.client.getPrivateKeyPEM());
	}

	/**
	 * Make a new authority and the certificates it signs.
	 * @return the certificates
	 * @throws IllegalStateException if this Java cannot make or store them
	 */
	public static TestCertificates create() {
		try {
			return new TestCertificates();
		}
		catch (Exception ex) {
			throw new IllegalStateException("Could not create the certificates of the test server", ex);
		}
	}

	/**
	 * The certificate of the authority, which a client has to trust.
	 * @return a PEM file
	 */
	public Path caCertificate() {
		return this.folder.resolve("ca.pem");
	}

	/**
	 * The certificate of the server.
	 * @return a PEM file
	 */
	public Path serverCertificate() {
		return this.folder.resolve("server.pem");
	}

	/**
	 * The private key of the server.
	 * @return a PEM file
	 */
	public Path serverKey() {
		return this.folder.resolve("server-key.pem");
	}

	/**
	 * The certificate that a client shows where client certificates are required.
	 * @return a PEM file
	 */
	public Path clientCertificate() {
		return this.folder.resolve("client.pem");
	}

	/**
	 * The private key of the client's certificate.
	 * @return a PEM file
	 */
	public Path clientKey() {
		return this.folder.resolve("client-key.pem");
	}

	/**
	 * What a client needs to trust the server, without a certificate of its own.
	 * @return a context that trusts the authority and nothing else
	 */
	public SSLContext clientContext() {
		return context(null);
	}

	/**
	 * What a server shows.
	 * @return a context with the certificate and key of the server
	 */
	public SSLContext serverContext() {
		return context(this.server);
	}

	private SSLContext context(@Nullable X509Bundle identity) {
		try {
			KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
			trusted.load(null, null);
			X509Certificate certificate = this.authority.getCertificate();
			trusted.setCertificateEntry("ca", certificate);
			TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			trust.init(trusted);
			KeyManagerFactory keys = (identity != null) ? identity.toKeyManagerFactory() : null;
			SSLContext context = SSLContext.getInstance("TLS");
			context.init((keys != null) ? keys.getKeyManagers() : null, trust.getTrustManagers(), null);
			return context;
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException("Could not use the certificates of the test server", ex);
		}
	}

	private void write(String name, String content) throws IOException {
		Files.writeString(this.folder.resolve(name), content);
	}

	@Override
	public void close() {
		FOLDERS.remove(this.folder);
		remove(this.folder);
	}

	private static void remove(Path folder) {
		if (!Files.exists(folder)) {
			return;
		}
		try {
			Files.walkFileTree(folder, new SimpleFileVisitor<>() {

				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
					Files.deleteIfExists(file);
					return FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
						throws IOException {
					Files.deleteIfExists(directory);
					return FileVisitResult.CONTINUE;
				}

			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
