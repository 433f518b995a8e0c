package io.flyteconnect.internal.tls;

import java.util.Collections;
import java.util.List;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
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
	 * Create the TLS context of a gRPC channel: gRPC's own credentials carry neither the
	 * options nor what is known of the sessions.
	 * @param keyManagers those of a client certificate, or {@code null}
	 * @param trustManagers those that decide whom to trust
	 * @return a context that offers what is allowed, and nothing else
	 * @throws InvalidFlyteConfigurationException if the options cannot be used
	 */
	SslContext context(KeyManager @Nullable [] keyManagers, TrustManager[] trustManagers) {
		return context(GrpcSslContexts.forClient(), keyManagers, trustManagers);
	}

	/**
	 * Create the TLS context of calls over HTTP/1.1 or HTTP/2, whichever the server
	 * prefers (ALPN, RFC 7301).
	 * @param keyManagers those of a client certificate, or {@code null}
	 * @param trustManagers those that decide whom to trust
	 * @return a context that offers what is allowed, and nothing else
	 * @throws InvalidFlyteConfigurationException if the options cannot be used
	 */
	SslContext httpContext(KeyManager @Nullable [] keyManagers, TrustManager[] trustManagers) {
		SslContextBuilder builder = GrpcSslContexts.forClient()
			.applicationProtocolConfig(new ApplicationProtocolConfig(ApplicationProtocolConfig.Protocol.ALPN,
					ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
					ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT, ApplicationProtocolNames.HTTP_2,
					ApplicationProtocolNames.HTTP_1_1));
		return context(builder, keyManagers, trustManagers);
	}

	private SslContext context(SslContextBuilder builder, KeyManager @Nullable [] keyManagers,
			TrustManager[] trustManagers) {
		builder.keyManager((keyManagers != null) ? keyManagers[0] : null).trustManager(trustManagers[0]);
		if (this.options.getEnabledProtocols() != null) {
			builder.protocols(this.options.getEnabledProtocols());
		}
		if (this.options.getCiphers() != null) {
			builder.ciphers(List.of(this.options.getCiphers()));
		}
		try {
			return builder.build();
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

	/**
	 * See to it that no session is resumed.
	 * @param sessions the sessions
	 */
	static void forget(SSLSessionContext sessions) {
		for (byte[] id : Collections.list(sessions.getIds())) {
			SSLSession session = sessions.getSession(id);
			if (session != null) {
				session.invalidate();
			}
		}
	}

}
