package io.flyteconnect.internal.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

import io.flyteconnect.config.TlsSettings;
import io.flyteconnect.internal.tls.ca.CaFile;
import io.flyteconnect.internal.tls.ca.TrustSource;

/**
 * Whom a connection trusts: everybody, those of its SSL bundle, those of its CA file, or
 * those of the JVM.
 */
final class TrustAnchors {

	private TrustAnchors() {
	}

	/**
	 * Choose whom to trust.
	 * @param tls the settings
	 * @param bundle the SSL bundle that they name, or {@code null}
	 * @param file the CA file that they name, or {@code null}
	 * @return trust managers, exchangeable where anybody is checked at all
	 * @throws GeneralSecurityException if the JDK cannot use the certificates
	 * @throws IOException never, as nothing is read
	 */
	static TrustManager[] of(TlsSettings tls, @Nullable SslBundle bundle, @Nullable CaFile file)
			throws GeneralSecurityException, IOException {
		if (tls.insecureSkipVerify()) {
			return new TrustManager[] { new TrustEverybody() };
		}
		if (bundle != null) {
			return ReloadedManagers.of(bundle.getManagers().getTrustManagers(),
					TrustSource.bundle(String.valueOf(tls.sslBundle())));
		}
		return (file != null) ? ReloadedManagers.of(trusting(file.certificates()), file)
				: ReloadedManagers.of(JvmTrust.managers(), TrustSource.jvm());
	}

	/**
	 * Create trust managers.
	 * @param certificates those to trust, or {@code null} for those of the JVM
	 * @return the JDK's trust managers
	 * @throws GeneralSecurityException if the JDK cannot use the certificates
	 * @throws IOException never, as nothing is read
	 */
	static TrustManager[] trusting(@Nullable List<X509Certificate> certificates)
			throws GeneralSecurityException, IOException {
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init((certificates != null) ? trustStore(certificates) : null);
		return factory.getTrustManagers();
	}

	private static KeyStore trustStore(List<X509Certificate> certificates)
			throws GeneralSecurityException, IOException {
		KeyStore trustStore = KeyStore.getInstance(KeyStore.getDefaultType());
		trustStore.load(null, null);
		for (int i = 0; i < certificates.size(); i++) {
			trustStore.setCertificateEntry("ca-" + i, certificates.get(i));
		}
		return trustStore;
	}

}
