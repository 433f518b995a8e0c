package io.flyteconnect.internal.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.admin.VersionOuterClass.GetVersionResponse;
import flyteidl.service.AdminServiceGrpc;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import flyteidl.service.Auth.OAuth2MetadataResponse;
import flyteidl.service.Auth.PublicClientAuthConfigResponse;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.Interactive;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigBuilder;
import io.flyteconnect.internal.http.FlyteHttpClient;
import io.flyteconnect.internal.proxy.ProxyRoutes;
import io.flyteconnect.internal.store.StoreCustomizations;
import io.flyteconnect.internal.tls.TrustMaterial;
import io.flyteconnect.login.FlyteTokenSupplier;
import io.flyteconnect.testsupport.FreePorts;
import io.flyteconnect.testsupport.LoginCalls;
import io.flyteconnect.testsupport.LoginServer;
import io.flyteconnect.testsupport.MovableClock;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * One login over real sockets: a Flyte Admin, an authorization server, and a connection
 * between them.
 */
public final class TestLogin implements AutoCloseable {

	/** The authorization server. */
	public final WireMockServer idp = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

	/** Flyte Admin. */
	public final LoginServer server;

	/** What the application was told. */
	public final List<Object> events = new CopyOnWriteArrayList<>();

	/** What else happens when the application is told something. */
	public volatile Consumer<Object> listener = (event) -> {
	};

	/** The environment variables. */
	public final Map<String, String> environment = new HashMap<>();

	/** The token supplier of the application. */
	public @Nullable FlyteTokenSupplier supplier;

	/** What the application brings to the store of its logins. */
	public StoreCustomizations stores = StoreCustomizations.NONE;

	/** Where a browser comes back to. */
	public final int callbackPort = FreePorts.reserve();

	/** The channel's service config, without retries at first. */
	public Map<String, ?> serviceConfig = Map.of();

	/** Whether time passes by itself. */
	public boolean realTime;

	/** Whether the settings say that Flyte is called in plaintext. */
	public boolean insecure = true;

	private final MovableClock clock = new MovableClock();

	private @Nullable ManagedChannel wire;

	private @Nullable FlyteLogin login;

	private @Nullable FlyteHttpClient http;

	public TestLogin() {
		try {
			this.idp.start();
			this.server = new LoginServer();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.metadata = OAuth2MetadataResponse.newBuilder()
			.setIssuer(issuer())
			.setAuthorizationEndpoint(issuer() + "/authorize")
			.setTokenEndpoint(issuer() + "/token")
			.setDeviceAuthorizationEndpoint(issuer() + "/device")
			.build();
		this.server.client = PublicClientAuthConfigResponse.newBuilder()
			.setClientId("flytectl")
			.setAuthorizationMetadataKey("flyte-authorization")
			.setRedirectUri("http://localhost:" + this.callbackPort + "/callback")
			.addScopes("all")
			.addScopes("offline")
			.build();
	}

	public String issuer() {
		return "http://127.0.0.1:" + this.idp.port();
	}

	/**
	 * Let the token endpoint give a token that Flyte Admin accepts.
	 * @param token the token
	 * @param more further fields of the answer, each beginning with a comma
	 */
	public void grant(String token, String more) {
		this.server.accepted.add(token);
		answer(okJson(
				"{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":3600" + more + "}"));
	}

	public void answer(ResponseDefinitionBuilder answer) {
		this.idp.stubFor(post("/token").willReturn(answer));
	}

	public List<LoggedRequest> tokenRequests() {
		return this.idp.findAll(postRequestedFor(urlEqualTo("/token")));
	}

	public void move(Duration duration) {
		this.clock.move(duration);
	}

	public Clock clock() {
		return this.realTime ? Clock.systemUTC() : this.clock;
	}

	/**
	 * Connect.
	 * @param mode how to log in
	 * @param customizer sets the credentials; a person can be asked
	 * @return the stub
	 */
	public AdminServiceBlockingStub connect(AuthMode mode, Consumer<PlatformConfigBuilder> customizer) {
		return connect(this.server.port(), mode, customizer);
	}

	AdminServiceBlockingStub connect(int port, AuthMode mode, Consumer<PlatformConfigBuilder> customizer) {
		PlatformConfig settings = PlatformConfig.builder()
			.endpoint("localhost:" + port)
			.insecure(this.insecure)
			.authMode(mode)
			.apply((properties) -> {
				properties.property("flyte.credentials.interactive", Interactive.ALWAYS);
				properties.property("flyte.credentials.pkce.open-browser", false);
				customizer.accept(properties);
			})
			.build();
		return connect(settings);
	}

	/**
	 * Connect.
	 * @param settings the settings, whose endpoint is {@link #server}
	 * @return the stub
	 */
	public AdminServiceBlockingStub connect(PlatformConfig settings) {
		disconnect();
		AtomicReference<@Nullable Channel> own = new AtomicReference<>();
		this.http = new FlyteHttpClient("default", TrustMaterial.of("default", settings.tls(), null),
				ProxyRoutes.of(settings.httpProxy(), Map.of()), Duration.ofSeconds(20),
				settings.credentials().requestTimeout(), DataSize.ofKilobytes(256));
		this.login = new FlyteLogin(settings, own::get, this.http,
				new LoginCustomizations(this.supplier, this.environment, (event) -> {
					this.events.add(event);
					this.listener.accept(event);
				}, this.stores), clock());
		this.wire = NettyChannelBuilder.forAddress("localhost", settings.endpoint().port())
			.usePlaintext()
			.defaultServiceConfig(this.serviceConfig)
			.intercept(LoginCalls.interceptors(settings, this.login.authorization()))
			.build();
		own.set(this.wire);
		return AdminServiceGrpc.newBlockingStub(this.wire).withDeadlineAfter(60, TimeUnit.SECONDS);
	}

	Channel channel() {
		ManagedChannel wire = this.wire;
		assertThat(wire).isNotNull();
		return wire;
	}

	/**
	 * Stop the login, as the end of an application does.
	 */
	public void closeLogin() {
		FlyteLogin login = this.login;
		assertThat(login).isNotNull();
		login.close();
	}

	public static GetVersionResponse version(AdminServiceBlockingStub stub) {
		return stub.getVersion(GetVersionRequest.getDefaultInstance());
	}

	public static StatusRuntimeException failure(AdminServiceBlockingStub stub) {
		return catchThrowableOfType(StatusRuntimeException.class, () -> version(stub));
	}

	/**
	 * Make sure that nothing that a log could print of an exception has a text in it.
	 * @param ex the exception
	 * @param secrets the texts
	 */
	public static void assertNoSecret(Throwable ex, String... secrets) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			assertThat(cause.toString()).doesNotContain(secrets);
		}
	}

	private void disconnect() {
		if (this.wire != null && this.login != null && this.http != null) {
			this.wire.shutdownNow();
			this.login.close();
			this.http.close();
		}
	}

	@Override
	public void close() throws Exception {
		disconnect();
		this.server.close();
		this.idp.stop();
	}

}
