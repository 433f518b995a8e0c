package io.flyteconnect.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

/**
 * A private CA with a server certificate for {@code localhost}, {@code 127.0.0.1},
 * {@code ::1}, {@code admin.flyte.test} and {@code idp.flyte.test}, a client certificate,
 * and a second CA that has nothing to do with the first. All of them are written to a
 * directory as PEM files.
 */
public final class TestCertificates {

	private final Path directory;

	private final X509Bundle ca = authority("CN=Flyte Connect test CA");

	private final X509Bundle otherCa = authority("CN=Some other CA");

	private final X509Bundle server;

	private final X509Bundle client;

	private TestCertificates(Path directory) throws Exception {
		this.directory = directory;
		this.server = server(this.ca, "localhost", "admin.flyte.test", "idp.flyte.test");
		this.client = leaf("CN=flyte-client").addExtendedKeyUsageClientAuth().buildIssuedBy(this.ca);
		write("ca.pem", this.ca.getCertificatePEM());
		write("other-ca.pem", this.otherCa.getCertificatePEM());
		write("server.pem", this.server.getCertificatePEM());
		write("server-key.pem", this.server.getPrivateKeyPEM());
		write("client.pem", this.client.getCertificatePEM());
		write("client-key.pem", this.client.getPrivateKeyPEM());
	}

	/**
	 * Make the certificates and write them.
	 * @param directory the directory to write to, for example a {@code @TempDir}
	 * @return the certificates
	 */
	public static TestCertificates in(Path directory) {
		try {
			return new TestCertificates(directory);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static X509Bundle authority(String subject) throws Exception {
		return leaf(subject).setIsCertificateAuthority(true).buildSelfSigned();
	}

	/**
	 * Make the certificate of another CA of the same name, with dates of its own.
	 * @param notBefore from when it is valid, as a distance from now
	 * @param notAfter until when it is valid, as a distance from now
	 * @return the certificate with its key
	 */
	public X509Bundle authorityValid(Duration notBefore, Duration notAfter) {
		try {
			return leaf(this.ca.getCertificate().getSubjectX500Principal().getName()).setIsCertificateAuthority(true)
				.notBefore(Instant.now().plus(notBefore))
				.notAfter(Instant.now().plus(notAfter))
				.buildSelfSigned();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static CertificateBuilder leaf(String subject) {
		Instant now = Instant.now();
		return new CertificateBuilder().ecp256()
			.subject(subject)
			.notBefore(now.minus(Duration.ofHours(1)))
			.notAfter(now.plus(Duration.ofHours(2)));
	}

	private static X509Bundle server(X509Bundle issuer, String... names) throws Exception {
		CertificateBuilder builder = leaf("CN=flyte-server").addExtendedKeyUsageServerAuth();
		for (String name : names) {
			builder.addSanDnsName(name);
		}
		return builder.addSanIpAddress("127.0.0.1").addSanIpAddress("::1").buildIssuedBy(issuer);
	}

	private void write(String name, String content) throws Exception {
		Files.writeString(this.directory.resolve(name), content);
	}

	public X509Bundle ca() {
		return this.ca;
	}

	public X509Bundle server() {
		return this.server;
	}

	public X509Bundle client() {
		return this.client;
	}

	public Path caFile() {
		return this.directory.resolve("ca.pem");
	}

	public Path otherCaFile() {
		return this.directory.resolve("other-ca.pem");
	}

	public Path serverCertificateFile() {
		return this.directory.resolve("server.pem");
	}

	public Path serverKeyFile() {
		return this.directory.resolve("server-key.pem");
	}

	public Path clientCertificateFile() {
		return this.directory.resolve("client.pem");
	}

	public Path clientKeyFile() {
		return this.directory.resolve("client-key.pem");
	}

	/**
	 * Return a context for a server with the server certificate, that trusts client
	 * certificates of the CA.
	 * @return the context
	 */
	public SSLContext serverContext() {
		return contextOf(this.server);
	}

	/**
	 * Return a context for a server whose certificate is of the CA, but for other host
	 * names and no address.
	 * @param names the host names
	 * @return the context
	 */
	public SSLContext serverContext(String... names) {
		try {
			CertificateBuilder builder = leaf("CN=" + names[0]).addExtendedKeyUsageServerAuth();
			for (String name : names) {
				builder.addSanDnsName(name);
			}
			return contextOf(builder.buildIssuedBy(this.ca));
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return a context for a server whose certificate of the CA has expired.
	 * @return the context
	 */
	public SSLContext expiredServerContext() {
		try {
			return contextOf(leaf("CN=flyte-server").addSanDnsName("localhost")
				.notAfter(Instant.now().minus(Duration.ofMinutes(1)))
				.buildIssuedBy(this.ca));
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Make a certificate of this CA for {@code localhost}.
	 * @param notBefore from when on it is valid, as a distance from now
	 * @param notAfter until when it is valid, as a distance from now
	 * @return the certificate with its key
	 */
	public X509Bundle serverValid(Duration notBefore, Duration notAfter) {
		return issue(leaf("CN=flyte-server").addExtendedKeyUsageServerAuth()
			.addSanDnsName("localhost")
			.notBefore(Instant.now().plus(notBefore))
			.notAfter(Instant.now().plus(notAfter)));
	}

	/**
	 * Make a certificate for {@code localhost} that no CA vouches for.
	 * @return the certificate with its key
	 */
	public X509Bundle selfSignedServer() {
		try {
			return leaf("CN=my-own-server").addSanDnsName("localhost")
				.setIsCertificateAuthority(true)
				.buildSelfSigned();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Make a certificate of this CA for other host names.
	 * @param names the host names
	 * @return the certificate with its key
	 */
	public X509Bundle serverFor(String... names) {
		CertificateBuilder builder = leaf("CN=" + names[0]).addExtendedKeyUsageServerAuth();
		for (String name : names) {
			builder.addSanDnsName(name);
		}
		return issue(builder);
	}

	/**
	 * Make a certificate of this CA for clients.
	 * @param name the name of the client
	 * @return the certificate with its key
	 */
	public X509Bundle clientNamed(String name) {
		return issue(leaf("CN=" + name).addExtendedKeyUsageClientAuth());
	}

	/**
	 * Make a certificate of this CA for clients that has expired.
	 * @return the certificate with its key
	 */
	public X509Bundle expiredClient() {
		return issue(leaf("CN=flyte-client").addExtendedKeyUsageClientAuth()
			.notAfter(Instant.now().minus(Duration.ofMinutes(1))));
	}

	/**
	 * Make a certificate of another CA for clients.
	 * @return the certificate with its key
	 */
	public X509Bundle foreignClient() {
		try {
			return leaf("CN=other-client").addExtendedKeyUsageClientAuth().buildIssuedBy(this.otherCa);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private X509Bundle issue(CertificateBuilder builder) {
		try {
			return builder.buildIssuedBy(this.ca);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	// Not the bundle's own, whose key store derives a key from an empty password at
	// length.
	private static KeyManager[] keyManagers(X509Bundle bundle) throws GeneralSecurityException, IOException {
		KeyStore store = KeyStore.getInstance("JKS");
		store.load(null, null);
		char[] password = {};
		store.setKeyEntry("key", bundle.getKeyPair().getPrivate(), password, bundle.getCertificatePath());
		KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		factory.init(store, password);
		return factory.getKeyManagers();
	}

	private SSLContext contextOf(X509Bundle bundle) {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(keyManagers(bundle), this.ca.toTrustManagerFactory().getTrustManagers(), null);
			return context;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
