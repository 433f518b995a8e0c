package io.flyteconnect.internal.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.netty.NettySslContextChannelCredentials;
import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.TlsSettings;
import io.flyteconnect.internal.tls.ca.CaFile;

/**
 * Whom one connection trusts, and who it is in mutual TLS: the same for gRPC and for
 * every HTTP request. A CA file is read again when a server is not trusted and from time
 * to time, and a changed SSL bundle is taken as soon as it is told of: the channel
 * connects anew then, and calls under way finish on their connection.
 * <p>
 * The servers trusted are, in this order: every one where {@code insecure-skip-verify} is
 * set (a CA file beside it is not read, as in flytekit); those of the SSL bundle; those
 * of the CA file, which replace the JVM's (as in flytekit, which hands the file to gRPC
 * as the root certificates); those that the JVM trusts. A client certificate comes from
 * the SSL bundle alone, and is shown with {@code insecure-skip-verify} too.
 *
 * @since 0.1.0
 */
public final class TrustMaterial implements AutoCloseable {

	private final boolean plaintext;

	private final boolean verifiesHostName;

	private final TrustManager[] trustManagers;

	private final KeyManager @Nullable [] keyManagers;

	private final @Nullable SslBundle bundle;

	private final List<Runnable> users = new CopyOnWriteArrayList<>();

	private volatile @Nullable CaFile file;

	private volatile Supplier<SSLContext> sslContext;

	private TrustMaterial(boolean plaintext, boolean verifiesHostName, TrustManager[] trustManagers,
			KeyManager @Nullable [] keyManagers, @Nullable SslBundle bundle) throws GeneralSecurityException {
		this.plaintext = plaintext;
		this.verifiesHostName = verifiesHostName;
		this.trustManagers = trustManagers;
		this.keyManagers = keyManagers;
		this.bundle = bundle;
		this.sslContext = SingletonSupplier.of(this::newContext);
		if (bundle != null) {
			// The JDK may not know its protocol.
			SSLContext.getInstance(bundle.getProtocol());
		}
	}

	private SSLContext newContext() {
		try {
			SSLContext context = SSLContext.getInstance((this.bundle != null) ? this.bundle.getProtocol() : "TLS");
			context.init(this.keyManagers, this.trustManagers, null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Create the trust material of a connection. The CA file is read now.
	 * @param connection the name of the connection
	 * @param tls the settings
	 * @param bundle the SSL bundle that the settings name, or {@code null} if they name
	 * none
	 * @return the trust material
	 * @throws InvalidFlyteConfigurationException if the CA file is missing, unreadable or
	 * holds no certificate, if both a CA file and an SSL bundle are configured, or if the
	 * SSL bundle cannot be used
	 */
	public static TrustMaterial of(String connection, TlsSettings tls, @Nullable SslBundle bundle) {
		Assert.isTrue((tls.sslBundle() != null) == (bundle != null), "'bundle' must be the one that the settings name");
		TlsCheck.check(tls);
		CaFile file = (!tls.insecureSkipVerify() && bundle == null && tls.caCertFilePath() != null)
				? CaFile.read(connection, tls.caCertFilePath()) : null;
		try {
			TrustMaterial trust = new TrustMaterial(tls.insecure(), !tls.insecureSkipVerify(),
					TrustAnchors.of(tls, bundle, file), ReloadedManagers.keysOf(bundle), bundle);
			if (file != null) {
				trust.file = file;
				file.onChange((certificates) -> trust.update(certificates, tls));
				file.watch(tls.caCertFileRefresh(), trust);
			}
			return trust;
		}
		catch (GeneralSecurityException | IOException | IllegalStateException ex) {
			throw TlsCheck.unusable(tls, ex);
		}
	}

	/**
	 * Return the trust for downloads from the object store, which may be a public one
	 * while Flyte has an authority of its own: on other hosts than Flyte's the JVM's
	 * authorities count as well.
	 * @param flyteHost the host of Flyte, an IPv6 address in brackets, or {@code null} if
	 * the endpoint has none
	 * @return the trust, which follows changes of the CA file and the SSL bundle
	 */
	public TrustMaterial forObjectStore(@Nullable String flyteHost) {
		if (!this.verifiesHostName) {
			return this;
		}
		try {
			TrustMaterial store = new TrustMaterial(this.plaintext, true,
					StoreTrust.around(this.trustManagers, flyteHost), this.keyManagers, this.bundle);
			onChange(store::renew);
			return store;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Take the certificates of the SSL bundle anew: the next connection trusts those that
	 * are there now and shows the client certificate that is there now. Its protocols and
	 * cipher suites stay as they were.
	 * @param changed the bundle that takes the place of the one before
	 */
	public void update(SslBundle changed) {
		if (this.verifiesHostName) {
			ReloadedManagers.exchange(this.trustManagers, changed.getManagers().getTrustManagers());
		}
		if (this.keyManagers != null) {
			ReloadedManagers.exchange(this.keyManagers, changed.getManagers().getKeyManagers());
		}
		renew();
	}

	private void update(List<X509Certificate> certificates, TlsSettings tls) {
		try {
			ReloadedManagers.exchange(this.trustManagers, TrustAnchors.trusting(certificates));
		}
		catch (GeneralSecurityException | IOException ex) {
			throw TlsCheck.unusable(tls, ex);
		}
		renew();
	}

	/**
	 * Be told when others are trusted, or another client certificate is shown.
	 * @param user does what that needs, such as connecting anew
	 */
	public void onChange(Runnable user) {
		this.users.add(user);
	}

	/**
	 * Forget the sessions: one that is resumed is that of the certificates before (RFC
	 * 8446 section 4.6.1).
	 */
	private void renew() {
		this.sslContext = SingletonSupplier.of(this::newContext);
		this.users.forEach(Runnable::run);
	}

	/**
	 * Explain why a TLS handshake failed.
	 * @param failure what it ended by
	 * @return a predicate without its subject, or {@code null} if it is no known failure
	 * of a handshake
	 */
	public @Nullable String explain(Throwable failure) {
		boolean hasKey = this.bundle != null && this.bundle.getStores().getKeyStore() != null;
		return HandshakeFailure.explain(failure, hasKey ? "the SSL bundle of flyte.platform.ssl-bundle" : null);
	}

	/**
	 * Return whether the endpoint is called in plaintext.
	 * @return whether the gRPC channel does not encrypt
	 */
	public boolean plaintext() {
		return this.plaintext;
	}

	/**
	 * Return the context for HTTPS requests, which is there for a plaintext endpoint too.
	 * @return the SSL context
	 */
	public SSLContext sslContext() {
		return this.sslContext.get();
	}

	/**
	 * Return whether the host name of a server is checked against its certificate.
	 * @return {@code false} only where nothing is checked
	 */
	public boolean verifiesHostName() {
		return this.verifiesHostName;
	}

	/**
	 * Return the credentials of the gRPC channel.
	 * @return plaintext credentials, or TLS with the trust of this connection and the
	 * client certificate of its SSL bundle
	 */
	public ChannelCredentials channelCredentials() {
		if (this.plaintext) {
			return InsecureChannelCredentials.create();
		}
		SslContext context = new BundleOptions(options()).context(this.keyManagers, this.trustManagers);
		onChange(() -> BundleOptions.forget(context.sessionContext()));
		return NettySslContextChannelCredentials.create(context);
	}

	/**
	 * Return the TLS context of calls over HTTP, with the same trust and client
	 * certificate as {@link #channelCredentials()}.
	 * @return the context, which offers HTTP/2 and HTTP/1.1; {@code null} for plaintext
	 */
	public @Nullable SslContext httpSslContext() {
		if (this.plaintext) {
			return null;
		}
		SslContext context = new BundleOptions(options()).httpContext(this.keyManagers, this.trustManagers);
		onChange(() -> BundleOptions.forget(context.sessionContext()));
		return context;
	}

	private SslOptions options() {
		return (this.bundle != null) ? this.bundle.getOptions() : SslOptions.NONE;
	}

	/**
	 * Create an engine for an HTTPS request, in client mode, that checks the host name.
	 * @param host the host of the server, an IPv6 address without brackets
	 * @param port the port of the server
	 * @return the engine
	 */
	public SSLEngine newEngine(String host, int port) {
		SSLEngine engine = sslContext().createSSLEngine(host, port);
		engine.setUseClientMode(true);
		SSLParameters parameters = engine.getSSLParameters();
		if (this.verifiesHostName) {
			parameters.setEndpointIdentificationAlgorithm("HTTPS");
		}
		new BundleOptions(options()).restrict(parameters);
		engine.setSSLParameters(parameters);
		return engine;
	}

	/**
	 * Look at the CA file no more. What is trusted stays.
	 */
	@Override
	public void close() {
		CaFile file = this.file;
		if (file != null) {
			file.close();
		}
	}

}
