package io.flyteconnect.config;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Whether a connection uses TLS, and which certificates it trusts. Applies to gRPC and to
 * all HTTP requests of the connection.
 *
 * @param insecure whether the endpoint is called in plaintext
 * @param insecureSkipVerify whether neither certificate chain nor host name is checked
 * @param caCertFilePath a PEM file of the certificates to trust in place of the JVM's, or
 * {@code null}
 * @param sslBundle the name of an SSL bundle to take trust and client certificate from,
 * or {@code null}
 * @param caCertFileRefresh how often that file is looked at again; zero to look at it
 * only where a server is not trusted
 * @param requireTls whether every plaintext connection is refused
 * @since 0.1.0
 */
public record TlsSettings(boolean insecure, boolean insecureSkipVerify, @Nullable Path caCertFilePath,
		@Nullable String sslBundle, Duration caCertFileRefresh, boolean requireTls) {

	/** How often a file of certificates is looked at where nothing is set. */
	static final Duration CA_CERT_FILE_REFRESH = Duration.ofSeconds(30);

	public TlsSettings(boolean insecure, boolean insecureSkipVerify, @Nullable Path caCertFilePath,
			@Nullable String sslBundle) {
		this(insecure, insecureSkipVerify, caCertFilePath, sslBundle, CA_CERT_FILE_REFRESH, false);
	}

}
