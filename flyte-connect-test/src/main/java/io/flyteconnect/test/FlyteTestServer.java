package io.flyteconnect.test;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.grpc.Metadata;
import io.grpc.ServerInterceptor;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.test.admin.InMemoryFlyteAdmin;
import io.flyteconnect.test.admin.PublishedLogin;
import io.flyteconnect.test.admin.TestExecutions;
import io.flyteconnect.test.connectrpc.ConnectServer;
import io.flyteconnect.test.identity.FlyteTestIdentityProvider;
import io.flyteconnect.test.runs.InMemoryFlyte2;
import io.flyteconnect.test.tls.TestCertificates;

/**
 * A Flyte Admin in this JVM: real gRPC on a free loopback port over a model in memory,
 * with or without TLS and login. It checks tokens and requests like Flyte Admin 1.16 and
 * can be told to misbehave. Several servers can run side by side. <pre class="code">
 * try (FlyteTestServer server = FlyteTestServer.builder()
 *         .tls().clientCredentials("client", "secret").withSampleData().start()) {
 *     // server.endpoint(), server.caCertificate(), server.properties()
 * }
 * </pre>
 *
 * @since 0.1.0
 */
public final class FlyteTestServer implements AutoCloseable {

	private final ServerOptions options;

	private final @Nullable TestCertificates certificates;

	private final @Nullable FlyteTestIdentityProvider provider;

	private final InMemoryFlyteAdmin admin;

	private final @Nullable InMemoryFlyte2 flyte2;

	private final CallLog calls = new CallLog();

	private final ServerBehaviour behaviour = new ServerBehaviour();

	private final Endpoint endpoint;

	private FlyteTestServer(ServerOptions options) {
		this.options = options;
		this.certificates = options.tls() ? TestCertificates.create() : null;
		this.provider = options.login() ? options.startProvider(this.certificates) : null;
		PublishedLogin login = (this.provider != null) ? options.publish(this.provider.issuer()) : null;
		this.admin = new InMemoryFlyteAdmin(Clock.systemUTC(), login,
				(this.certificates != null) ? this.certificates.serverContext() : null);
		if (options.sampleData()) {
			this.admin.addSampleData();
		}
		this.flyte2 = options.flyte2() ? new InMemoryFlyte2(Clock.systemUTC(), login) : null;
		this.endpoint = (this.flyte2 != null)
				? new HttpEndpoint(new ConnectServer(this.flyte2.services(), interceptors(), this.certificates,
						options.clientCertificates()))
				: new GrpcEndpoint(this.admin.services(), interceptors(), this.certificates,
						options.clientCertificates());
	}

	private List<ServerInterceptor> interceptors() {
		Metadata.Key<String> header = MetadataKeys.key(this.options.header());
		List<ServerInterceptor> interceptors = new ArrayList<>();
		interceptors.add(new CallLogInterceptor(this.calls, header));
		interceptors.add(new BehaviourInterceptor(this.behaviour));
		if (this.provider != null) {
			interceptors.add(new AuthorizationInterceptor(this.provider, this.behaviour, header));
		}
		return interceptors;
	}

	/**
	 * Start an empty server without TLS and login.
	 * @return the server, which has to be closed
	 */
	public static FlyteTestServer start() {
		return builder().start();
	}

	/**
	 * Say more about the server.
	 * @return a builder of an empty server without TLS and login
	 */
	public static FlyteTestServerBuilder builder() {
		return new FlyteTestServerBuilder(FlyteTestServer::new);
	}

	/**
	 * Where the server is.
	 * @return {@code localhost:<port>}
	 */
	public String endpoint() {
		return "localhost:" + port();
	}

	/**
	 * The port of the server.
	 * @return the port
	 */
	public int port() {
		return this.endpoint.port();
	}

	/**
	 * The certificate that a client has to trust.
	 * @return a PEM file, removed when the server is closed
	 * @throws IllegalStateException if the server is without TLS
	 */
	public Path caCertificate() {
		return certificates().caCertificate();
	}

	/**
	 * All certificates, that for a client included.
	 * @return the certificates, removed when the server is closed
	 * @throws IllegalStateException if the server is without TLS
	 */
	public TestCertificates certificates() {
		if (this.certificates == null) {
			throw new IllegalStateException("The test server has no certificates: it was started without tls(), or by"
					+ " @FlyteTest without tls = true");
		}
		return this.certificates;
	}

	/**
	 * The authorization server that issues the tokens.
	 * @return the identity provider
	 * @throws IllegalStateException if the server is without login
	 */
	public FlyteTestIdentityProvider identityProvider() {
		if (this.provider == null) {
			throw new IllegalStateException(
					"The test server has no identity provider: it was started without clientCredentials() or login(), or by"
							+ " @FlyteTest without auth = FlyteTest.Auth.CLIENT_CREDENTIALS");
		}
		return this.provider;
	}

	/**
	 * What the server knows: projects, executions, uploads.
	 * @return the model
	 */
	public InMemoryFlyteAdmin admin() {
		return this.admin;
	}

	/**
	 * What a Flyte 2 knows: tasks and runs.
	 * @return the model
	 * @throws IllegalStateException if the server is a Flyte 1
	 */
	public InMemoryFlyte2 flyte2() {
		if (this.flyte2 == null) {
			throw new IllegalStateException("The test server is a Flyte 1: it was started without flyte2()");
		}
		return this.flyte2;
	}

	/**
	 * The executions, to look at and to drive.
	 * @return the executions
	 */
	public TestExecutions executions() {
		return this.admin.executions();
	}

	/**
	 * The calls seen so far.
	 * @return the log
	 */
	public CallLog calls() {
		return this.calls;
	}

	/**
	 * How the server misbehaves.
	 * @return the programmable behaviour
	 */
	public ServerBehaviour behaviour() {
		return this.behaviour;
	}

	/**
	 * How many connections were accepted since the start.
	 * @return the number, after a TLS handshake where there is one
	 */
	public int acceptedConnections() {
		return this.endpoint.acceptedConnections();
	}

	/**
	 * How many connections are open.
	 * @return the number
	 */
	public int openConnections() {
		return this.endpoint.openConnections();
	}

	/**
	 * The properties that connect an application to this server.
	 * @return names and values, {@code flyte.platform.url} and so on
	 */
	public Map<String, String> properties() {
		Map<String, String> properties = new LinkedHashMap<>();
		// The developer's own Flyte file must not take part.
		properties.put("flyte.config-file", "none");
		properties.put("flyte.platform.url", endpoint());
		properties.put("flyte.platform.insecure", String.valueOf(this.certificates == null));
		if (this.certificates != null) {
			properties.put("flyte.platform.ca-cert-file-path", caCertificate().toString());
		}
		if (this.flyte2 != null) {
			properties.put("flyte.platform.api", "v2");
		}
		properties.putAll(this.options.loginProperties());
		return properties;
	}

	@Override
	public void close() {
		this.endpoint.stop();
		this.admin.close();
		if (this.provider != null) {
			this.provider.close();
		}
		if (this.certificates != null) {
			this.certificates.close();
		}
	}

}
