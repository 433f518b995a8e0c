package io.flyteconnect.internal.tls;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.internal.tls.ca.TrustSource;

/**
 * Puts into words why the certificate of a server is refused. What the server wrote into
 * it is shortened and rid of control characters.
 */
final class RefusedCertificate {

	private static final int LONGEST_NAME = 100;

	private static final int MOST_NAMES = 5;

	private RefusedCertificate() {
	}

	static String explain(X509Certificate[] chain, CertificateException failure, TrustSource source) {
		X509Certificate certificate = chain[0];
		if (find(failure, CertificateExpiredException.class) != null) {
			X509Certificate expired = outOfDate(chain);
			return "has a certificate that has expired" + whose(expired, certificate) + " on "
					+ expired.getNotAfter().toInstant()
					+ ": it is to be renewed at the server, or the clock of this machine is wrong";
		}
		if (find(failure, CertificateNotYetValidException.class) != null) {
			X509Certificate early = outOfDate(chain);
			return "has a certificate that is not yet valid" + whose(early, certificate) + ", not before "
					+ early.getNotBefore().toInstant() + ": the clock of this machine or of the issuer is wrong";
		}
		CertPathValidatorException path = find(failure, CertPathValidatorException.class);
		if (path != null && path.getReason() == CertPathValidatorException.BasicReason.ALGORITHM_CONSTRAINED) {
			return "has a certificate that this Java refuses as too weak (" + clean(path.getMessage())
					+ "): it is to be replaced at the server";
		}
		if (path != null && path.getReason() == CertPathValidatorException.BasicReason.REVOKED) {
			return "has a certificate that has been revoked: it is to be replaced at the server";
		}
		// An authority of the same name with another key, as after it was set up anew, is
		// another one.
		if (find(failure, CertPathBuilderException.class) != null
				|| (path != null && path.getReason() == CertPathValidatorException.BasicReason.INVALID_SIGNATURE)) {
			return "has a certificate that is not trusted (" + issuer(certificate) + "): " + source.remedy();
		}
		String message = String.valueOf(failure.getMessage());
		if (message.startsWith("No subject alternative") || message.startsWith("No name matching")) {
			return "has a certificate for another host name (" + names(certificate)
					+ "): call it by one of its names (flyte.platform.url, or flyte.credentials.token-url for the login), or"
					+ " give it a certificate for this one";
		}
		return "has a certificate that is not accepted (" + clean(message) + ")";
	}

	private static String issuer(X509Certificate certificate) {
		String issuer = clean(certificate.getIssuerX500Principal().getName());
		return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal())
				? "self-signed by " + issuer : "issued by " + issuer;
	}

	private static X509Certificate outOfDate(X509Certificate[] chain) {
		for (X509Certificate certificate : chain) {
			try {
				certificate.checkValidity();
			}
			catch (CertificateException ex) {
				return certificate;
			}
		}
		return chain[0];
	}

	private static String whose(X509Certificate refused, X509Certificate leaf) {
		return refused.equals(leaf) ? ""
				: " (that of its issuer " + clean(refused.getSubjectX500Principal().getName()) + ")";
	}

	// RFC 5280 section 4.2.1.6: names of hosts are 2, addresses 7.
	private static String names(X509Certificate certificate) {
		try {
			Collection<List<?>> all = certificate.getSubjectAlternativeNames();
			String names = (all != null) ? all.stream()
				.filter((name) -> name.get(0).equals(2) || name.get(0).equals(7))
				.limit(MOST_NAMES)
				.map((name) -> clean(String.valueOf(name.get(1))))
				.collect(Collectors.joining(", ")) : "";
			return names.isEmpty() ? "it names no host" : "it is for " + names;
		}
		catch (CertificateParsingException ex) {
			return "its names cannot be read";
		}
	}

	private static String clean(@Nullable String foreign) {
		String text = SafeText.of(String.valueOf(foreign));
		return (text.length() > LONGEST_NAME) ? text.substring(0, LONGEST_NAME) + "..." : text;
	}

	private static <T extends Throwable> @Nullable T find(Throwable start, Class<T> type) {
		for (Throwable cause = start; cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return type.cast(cause);
			}
		}
		return null;
	}

}
