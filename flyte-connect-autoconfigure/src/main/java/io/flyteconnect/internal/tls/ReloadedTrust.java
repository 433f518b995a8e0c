package io.flyteconnect.internal.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

import javax.net.ssl.X509ExtendedTrustManager;

import io.flyteconnect.internal.tls.ca.TrustSource;

/**
 * Trusts whom another trust manager trusts, which can be exchanged: the next handshake
 * asks the new one, connections that are open stay. What is refused is explained.
 */
final class ReloadedTrust extends DelegatingTrust {

	private final TrustSource source;

	private volatile X509ExtendedTrustManager current;

	/**
	 * Create a trust manager.
	 * @param first whom to trust at first
	 * @param source where that comes from
	 */
	ReloadedTrust(X509ExtendedTrustManager first, TrustSource source) {
		this.current = first;
		this.source = source;
	}

	/**
	 * Trust others from now on.
	 * @param next whom to trust
	 */
	void use(X509ExtendedTrustManager next) {
		this.current = next;
	}

	@Override
	X509ExtendedTrustManager delegate() {
		return this.current;
	}

	@Override
	void checkServer(X509Certificate[] chain, Check check) throws CertificateException {
		try {
			check.run();
		}
		catch (CertificateException ex) {
			throw new ServerCertificateException(RefusedCertificate.explain(chain, ex, this.source), ex);
		}
	}

}
