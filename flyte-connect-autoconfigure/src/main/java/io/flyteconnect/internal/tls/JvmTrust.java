package io.flyteconnect.internal.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;

import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

import org.jspecify.annotations.Nullable;

/**
 * Trusts whom the JVM trusts, whose certificates are loaded by the first server that
 * shows one: that takes a while, and an application may start long before it calls Flyte,
 * or call it in plaintext.
 */
final class JvmTrust extends DelegatingTrust {

	private volatile @Nullable X509ExtendedTrustManager loaded;

	/**
	 * Create trust managers. A trust store that the command line of the JVM names is
	 * loaded now, as it may not be usable.
	 * @return the trust managers
	 * @throws GeneralSecurityException if the JDK cannot use the certificates
	 * @throws IOException if the trust store cannot be read
	 */
	static TrustManager[] managers() throws GeneralSecurityException, IOException {
		boolean named = System.getProperties()
			.stringPropertyNames()
			.stream()
			.anyMatch((name) -> name.startsWith("javax.net.ssl.trustStore"));
		return named ? TrustAnchors.trusting(null) : new TrustManager[] { new JvmTrust() };
	}

	@Override
	X509ExtendedTrustManager delegate() {
		X509ExtendedTrustManager trust = this.loaded;
		if (trust == null) {
			try {
				trust = (X509ExtendedTrustManager) TrustAnchors.trusting(null)[0];
			}
			catch (GeneralSecurityException | IOException ex) {
				throw new IllegalStateException("The certificates to trust cannot be loaded: " + ex.getMessage(), ex);
			}
			this.loaded = trust;
		}
		return trust;
	}

}
