package io.flyteconnect.test.runs;

import java.net.URI;

import javax.net.ssl.SSLException;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;

import io.flyteconnect.internal.connectrpc.ConnectChannel;
import io.flyteconnect.test.FlyteTestServer;

/**
 * The ways to Flyte 2.
 */
enum RunsWire {

	/**
	 * gRPC in plaintext.
	 */
	GRPC(false) {

		@Override
		ManagedChannel connect(FlyteTestServer server) {
			return ManagedChannelBuilder.forTarget(server.endpoint()).usePlaintext().build();
		}

	},

	/**
	 * Connect over HTTP/1.1.
	 */
	CONNECT(false) {

		@Override
		ManagedChannel connect(FlyteTestServer server) {
			return ConnectChannel.builder(URI.create("http://" + server.endpoint())).build();
		}

	},

	/**
	 * Connect over HTTP/2 with TLS.
	 */
	CONNECT_TLS(true) {

		@Override
		ManagedChannel connect(FlyteTestServer server) {
			try {
				SslContext tls = SslContextBuilder.forClient()
					.sslProvider(SslProvider.JDK)
					.trustManager(server.caCertificate().toFile())
					.applicationProtocolConfig(new ApplicationProtocolConfig(Protocol.ALPN,
							SelectorFailureBehavior.NO_ADVERTISE, SelectedListenerFailureBehavior.ACCEPT,
							ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1))
					.build();
				return ConnectChannel.builder(URI.create("https://" + server.endpoint())).sslContext(tls).build();
			}
			catch (SSLException ex) {
				throw new IllegalStateException(ex);
			}
		}

	};

	private final boolean tls;

	RunsWire(boolean tls) {
		this.tls = tls;
	}

	FlyteTestServer start() {
		return (this.tls ? FlyteTestServer.builder().flyte2().tls() : FlyteTestServer.builder().flyte2()).start();
	}

	abstract ManagedChannel connect(FlyteTestServer server);

}
