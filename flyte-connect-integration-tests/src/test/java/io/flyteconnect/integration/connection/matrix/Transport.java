package io.flyteconnect.integration.connection.matrix;

import java.util.ArrayList;
import java.util.List;

import io.flyteconnect.integration.connection.Applications;
import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.test.FlyteTestServerBuilder;
import io.flyteconnect.test.tls.TestCertificates;
import io.flyteconnect.testsupport.TestProxy;

/**
 * Ways to reach Flyte Admin.
 */
enum Transport {

	PLAINTEXT,

	TLS_WITH_CA_FILE,

	TLS_WITHOUT_VERIFICATION,

	TLS_WITH_SSL_BUNDLE_AND_CLIENT_CERTIFICATE,

	TLS_THROUGH_PROXY,

	TLS_WITH_PROXY_FOR_OAUTH,

	TLS_BEHIND_IAP,

	/** Two proxies that both read {@code proxy-authorization}. */
	TLS_THROUGH_PROXY_BEHIND_IAP;

	static final String PROXY_USER = "proxy-user";

	/** Holds what a URL has to escape. */
	static final String PROXY_PASSWORD = "pr@xy:p%ss";

	static final String ESCAPED_PROXY_PASSWORD = "pr%40xy%3Ap%25ss";

	private static final String CA_FILE = "flyte.platform.ca-cert-file-path";

	/**
	 * Say what kind of server this transport leads to.
	 * @return the same kind for transports that can share a server
	 */
	String serverKind() {
		return switch (this) {
			case PLAINTEXT -> "plaintext";
			case TLS_WITH_SSL_BUNDLE_AND_CLIENT_CERTIFICATE -> "mutual TLS";
			default -> "TLS";
		};
	}

	void prepare(FlyteTestServerBuilder server) {
		switch (serverKind()) {
			case "TLS" -> server.tls();
			case "mutual TLS" -> server.requireClientCertificates();
		}
	}

	/**
	 * Say whether an identity-aware proxy stands before the server and its provider.
	 * @return whether each request needs a token for it
	 */
	boolean isBehindIap() {
		return this == TLS_BEHIND_IAP || this == TLS_THROUGH_PROXY_BEHIND_IAP;
	}

	void configure(Applications application, FlyteTestServer server, TestProxy proxy) {
		application.property("flyte.platform.url", server.endpoint());
		switch (this) {
			case PLAINTEXT -> application.property("flyte.platform.insecure", true);
			case TLS_WITH_CA_FILE, TLS_BEHIND_IAP -> application.property(CA_FILE, server.caCertificate());
			case TLS_WITHOUT_VERIFICATION -> application.property("flyte.platform.insecure-skip-verify", true);
			case TLS_WITH_SSL_BUNDLE_AND_CLIENT_CERTIFICATE -> sslBundle(application, server.certificates());
			case TLS_THROUGH_PROXY, TLS_THROUGH_PROXY_BEHIND_IAP, TLS_WITH_PROXY_FOR_OAUTH -> {
				application.property(CA_FILE, server.caCertificate())
					.property("flyte.platform.http-proxy-url", proxyUrl(proxy, ESCAPED_PROXY_PASSWORD));
				if (this == TLS_WITH_PROXY_FOR_OAUTH) {
					application.property("flyte.platform.http-proxy-scope", "oauth");
				}
			}
		}
	}

	private static void sslBundle(Applications application, TestCertificates certificates) {
		application.property("flyte.platform.ssl-bundle", "flyte-mtls")
			.property("spring.ssl.bundle.pem.flyte-mtls.keystore.certificate",
					"file:" + certificates.clientCertificate())
			.property("spring.ssl.bundle.pem.flyte-mtls.keystore.private-key", "file:" + certificates.clientKey())
			.property("spring.ssl.bundle.pem.flyte-mtls.truststore.certificate",
					"file:" + certificates.caCertificate());
	}

	static String proxyUrl(TestProxy proxy, String password) {
		return "http://" + PROXY_USER + ":" + password + "@127.0.0.1:" + proxy.port();
	}

	/**
	 * Say what the proxy has to be asked for.
	 * @param server the server
	 * @param connect whether the connection to Flyte is opened
	 * @param requests how many requests are made to the provider
	 * @return the tunnels, in their order
	 */
	List<String> tunnels(FlyteTestServer server, boolean connect, int requests) {
		List<String> tunnels = new ArrayList<>();
		if (connect && (this == TLS_THROUGH_PROXY || this == TLS_THROUGH_PROXY_BEHIND_IAP)) {
			tunnels.add("CONNECT " + server.endpoint());
		}
		if (this == TLS_THROUGH_PROXY || this == TLS_THROUGH_PROXY_BEHIND_IAP || this == TLS_WITH_PROXY_FOR_OAUTH) {
			for (int i = 0; i < requests; i++) {
				tunnels.add("CONNECT " + server.identityProvider().issuer().getAuthority());
			}
		}
		return tunnels;
	}

}
