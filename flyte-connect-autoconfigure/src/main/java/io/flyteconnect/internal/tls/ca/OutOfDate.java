package io.flyteconnect.internal.tls.ca;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.text.SafeText;

/**
 * Names the certificates of a CA file that are past their end, or before their start.
 * Java does not look at the dates of what it is told to trust (RFC 5280 section 6.1.1
 * leaves them out), so such a file works until the authority is replaced.
 */
final class OutOfDate {

	private static final int MOST = 3;

	private OutOfDate() {
	}

	/**
	 * Find them.
	 * @param certificates the certificates of the file
	 * @return who they are of and since when they count no more or when they will, or
	 * {@code null} if there are none
	 */
	static @Nullable String of(List<X509Certificate> certificates) {
		List<String> all = certificates.stream().map(OutOfDate::of).filter(Objects::nonNull).toList();
		String names = all.stream().limit(MOST).collect(Collectors.joining(" and "));
		return all.isEmpty() ? null : names + ((all.size() > MOST) ? " and " + (all.size() - MOST) + " more" : "");
	}

	private static @Nullable String of(X509Certificate certificate) {
		String subject = "the certificate of " + SafeText.of(certificate.getSubjectX500Principal().getName());
		try {
			certificate.checkValidity();
			return null;
		}
		catch (CertificateExpiredException ex) {
			return subject + ", which has expired on " + certificate.getNotAfter().toInstant();
		}
		catch (CertificateNotYetValidException ex) {
			return subject + ", which is not valid before " + certificate.getNotBefore().toInstant();
		}
	}

}
