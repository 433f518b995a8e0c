package io.flyteconnect.internal.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts whom another trust manager trusts, which can be exchanged: the next handshake
 * asks the new one, connections that are open stay. What is refused is explained.
 *
 * @since 0.1.0
 */
public final class ReloadedTrust extends X509ExtendedTrustManager {

	private final TrustSource source;

	private volatile X509ExtendedTrustManager current;

	/**
	 * Create a trust manager.
	 * @param first whom to trust at first
	 * @param source where that comes from
	 */
	public ReloadedTrust(X509ExtendedTrustManager first, TrustSource source) {
		this.current = first;
		this.source = source;
	}

	/**
	 * Trust others from now on.
	 * @param next whom to trust
	 */
	public void use(X509ExtendedTrustManager next) {
		this.current = next;
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		this.current.checkClientTrusted(chain, authType);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		this.current.checkClientTrusted(chain, authType, socket);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		this.current.checkClientTrusted(chain, authType, engine);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		checkServer(chain, () -> this.current.checkServerTrusted(chain, authType));
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		checkServer(chain, () -> this.current.checkServerTrusted(chain, authType, socket));
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		checkServer(chain, () -> this.current.checkServerTrusted(chain, authType, engine));
	}

	@Override
	public X509Certificate[] getAcceptedIssuers() {
		return this.current.getAcceptedIssuers();
	}

	private void checkServer(X509Certificate[] chain, Check check) throws CertificateException {
		try {
			check.run();
		}
		catch (CertificateException ex) {
			throw new ServerCertificateException(RefusedCertificate.explain(chain, ex, this.source), ex);
		}
	}

	/**
	 * Checks a certificate.
	 */
	private interface Check {

		void run() throws CertificateException;

	}

}
