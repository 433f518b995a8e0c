package io.flyteconnect.internal.tls;

import java.security.cert.CertificateException;

/**
 * Thrown while a server shows a certificate that is not accepted. The message is a
 * predicate without its subject, such as "has a certificate that has expired ...".
 */
final class ServerCertificateException extends CertificateException {

	ServerCertificateException(String message, CertificateException cause) {
		super(message, cause);
	}

}
