package io.flyteconnect.internal.tls;

import java.util.List;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

import io.grpc.ChannelCredentials;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettySslContextChannelCredentials;
import io.netty.handler.ssl.SslContextBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslOptions;

import io.flyteconnect.config.InvalidFlyteConfigurationException;

/**
 * The protocols and cipher suites that an SSL bundle allows.
 *
 * @param options the options of the bundle
 */
record BundleOptions(SslOptions options) {

	/**
	 * Create the credentials of a gRPC channel: gRPC's own cannot carry the options.
	 * @param keyManagers those of a client certificate, or {@code null}
	 * @param trustManagers those that decide whom to trust
	 * @return credentials that offer what is allowed, and nothing else
	 * @throws InvalidFlyteConfigurationException if the options cannot be used
	 */
	ChannelCredentials channelCredentials(KeyManager @Nullable [] keyManagers, TrustManager[] trustManagers) {
		SslContextBuilder builder = GrpcSslContexts.forClient()
			.keyManager((keyManagers != null) ? keyManagers[0] : null)
			.trustManager(trustManagers[0]);
		if (this.options.getEnabledProtocols() != null) {
			builder.protocols(this.options.getEnabledProtocols());
		}
		if (this.options.getCiphers() != null) {
			builder.ciphers(List.of(this.options.getCiphers()));
		}
		try {
			return NettySslContextChannelCredentials.create(builder.build());
		}
		catch (SSLException ex) {
			throw new InvalidFlyteConfigurationException("flyte.platform.ssl-bundle", null,
					"The protocols or ciphers of the SSL bundle cannot be used: " + ex.getMessage(),
					"Correct the options of the bundle under spring.ssl.bundle.", ex);
		}
	}

	/**
	 * Restrict an HTTPS request.
	 * @param parameters the parameters of its engine
	 */
	void restrict(SSLParameters parameters) {
		if (this.options.getEnabledProtocols() != null) {
			parameters.setProtocols(this.options.getEnabledProtocols());
		}
		if (this.options.getCiphers() != null) {
			parameters.setCipherSuites(this.options.getCiphers());
		}
	}

}
