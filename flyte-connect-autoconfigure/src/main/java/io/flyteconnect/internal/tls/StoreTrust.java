package io.flyteconnect.internal.tls;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.tls.ca.TrustSource;

/**
 * Trusts the servers of an object store: on Flyte's own host those that the connection
 * trusts and no others, since tokens go there; on any other host those that the JVM
 * trusts as well, since a public store is not signed by the private authority of a Flyte.
 */
final class StoreTrust extends DelegatingTrust {

	private final X509ExtendedTrustManager connection;

	private final String flyteHost;

	private final X509ExtendedTrustManager jvm = new JvmTrust();

	private StoreTrust(X509ExtendedTrustManager connection, String flyteHost) {
		this.connection = connection;
		this.flyteHost = flyteHost;
	}

	/**
	 * Create trust managers.
	 * @param connection whom the connection trusts
	 * @param flyteHost the host of Flyte, an IPv6 address in brackets, or {@code null} if
	 * it has none
	 * @return the trust managers for the store
	 */
	static TrustManager[] around(TrustManager[] connection, @Nullable String flyteHost) {
		String host = (flyteHost != null) ? flyteHost.replaceAll("^\\[|]$", "") : "";
		return Arrays.stream(connection)
			.map((manager) -> (manager instanceof ReloadedTrust own) ? new StoreTrust(own, host) : manager)
			.toArray(TrustManager[]::new);
	}

	@Override
	X509ExtendedTrustManager delegate() {
		return this.connection;
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		try {
			this.connection.checkServerTrusted(chain, authType, engine);
		}
		catch (CertificateException ex) {
			if (this.flyteHost.equalsIgnoreCase(engine.getPeerHost())) {
				throw ex;
			}
			checkByJvm(chain, authType, engine, ex);
		}
	}

	// Who is unknown to both is to be added to the connection's; anything else that is
	// wrong with a known one is what the JVM says. A trust store of the JVM that is empty
	// or cannot be loaded trusts nobody.
	private void checkByJvm(X509Certificate[] chain, String authType, SSLEngine engine, CertificateException refusal)
			throws CertificateException {
		try {
			this.jvm.checkServerTrusted(chain, authType, engine);
		}
		catch (CertificateException ex) {
			throw isUnknownIssuer(ex) ? refusal
					: new ServerCertificateException(RefusedCertificate.explain(chain, ex, TrustSource.jvm()), ex);
		}
		catch (RuntimeException ex) {
			throw refusal;
		}
	}

	private static boolean isUnknownIssuer(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof CertPathBuilderException) {
				return true;
			}
		}
		return false;
	}

}
