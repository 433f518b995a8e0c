package io.flyteconnect.internal.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Asks another trust manager. An extended one, as the JDK checks host names itself around
 * a plain one.
 */
abstract class DelegatingTrust extends X509ExtendedTrustManager {

	/**
	 * Return whom to ask now.
	 */
	abstract X509ExtendedTrustManager delegate();

	/**
	 * Check the certificate of a server.
	 */
	void checkServer(X509Certificate[] chain, Check check) throws CertificateException {
		check.run();
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		delegate().checkClientTrusted(chain, authType);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		delegate().checkClientTrusted(chain, authType, socket);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		delegate().checkClientTrusted(chain, authType, engine);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		checkServer(chain, () -> delegate().checkServerTrusted(chain, authType));
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		checkServer(chain, () -> delegate().checkServerTrusted(chain, authType, socket));
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		checkServer(chain, () -> delegate().checkServerTrusted(chain, authType, engine));
	}

	@Override
	public X509Certificate[] getAcceptedIssuers() {
		return delegate().getAcceptedIssuers();
	}

	/**
	 * Checks a certificate.
	 */
	interface Check {

		void run() throws CertificateException;

	}

}
