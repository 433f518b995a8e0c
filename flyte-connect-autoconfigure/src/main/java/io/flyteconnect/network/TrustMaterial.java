package io.flyteconnect.network;

import javax.net.ssl.SSLContext;

import io.grpc.ChannelCredentials;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

import io.flyteconnect.config.TlsSettings;

/**
 * Whom one connection trusts, and who it is in mutual TLS.
 *
 * @author Flyte Connect
 * @since 0.1.0
 */
public final class TrustMaterial {

	private TrustMaterial() {
	}

	/**
	 * Create the trust material of a connection.
	 * @param connection the name of the connection
	 * @param tls the settings
	 * @param bundle the SSL bundle that the settings name, or {@code null} if none
	 * @return the trust material
	 */
	public static TrustMaterial of(String connection, TlsSettings tls, @Nullable SslBundle bundle) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return whether the endpoint is called in plaintext.
	 * @return whether the gRPC channel does not encrypt
	 */
	public boolean plaintext() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return the context for HTTPS requests.
	 * @return the SSL context
	 */
	public SSLContext sslContext() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return whether the host name of a server is checked against its certificate.
	 * @return {@code false} only where nothing is checked
	 */
	public boolean verifiesHostName() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return the credentials of the gRPC channel.
	 * @return the channel credentials
	 */
	public ChannelCredentials channelCredentials() {
		throw new UnsupportedOperationException();
	}

}
