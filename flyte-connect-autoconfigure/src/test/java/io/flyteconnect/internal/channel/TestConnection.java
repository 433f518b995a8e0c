package io.flyteconnect.internal.channel;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import flyteidl.admin.ExecutionOuterClass.ExecutionCreateRequest;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.admin.VersionOuterClass.GetVersionResponse;
import flyteidl.service.AdminServiceGrpc;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import io.grpc.CallOptions;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.util.unit.DataSize;

import io.flyteconnect.config.ApiSettings;
import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.ChannelSettings;
import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.config.Endpoint;
import io.flyteconnect.config.HttpProxyScope;
import io.flyteconnect.config.HttpProxySettings;
import io.flyteconnect.config.HttpProxySettings.HttpProxy;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfig.SettingOrigins;
import io.flyteconnect.config.RunSettings;
import io.flyteconnect.config.SecretSettings;
import io.flyteconnect.config.TlsSettings;
import io.flyteconnect.internal.call.authorization.CallAuthorization;
import io.flyteconnect.internal.call.authorization.FirstAnswer;
import io.flyteconnect.internal.call.authorization.RejectionAdvice;
import io.flyteconnect.internal.call.authorization.TokenHeaders;
import io.flyteconnect.internal.listener.CallListener;
import io.flyteconnect.internal.proxy.ProxyRoutes;
import io.flyteconnect.internal.text.SettingNames;
import io.flyteconnect.internal.tls.TrustMaterial;
import io.flyteconnect.login.LoginException;

/**
 * The settings of a connection with their defaults, to be changed one by one and opened.
 */
public final class TestConnection implements AutoCloseable {

	private static final ChannelSettings DEFAULTS = PlatformConfig.forEndpoint("localhost:1", true).channel();

	private final Endpoint endpoint;

	UnaryOperator<CallOptions> relay = UnaryOperator.identity();

	private FlyteChannelFactory factory = new FlyteChannelFactory();

	public TlsSettings tls = new TlsSettings(true, false, null, null);

	@Nullable SslBundle bundle;

	public @Nullable HttpProxy proxy;

	private @Nullable FlyteChannel channel;

	public int maxRetries = DEFAULTS.maxRetries();

	Duration perRetryTimeout = DEFAULTS.perRetryTimeout();

	Duration maxBackoffDelay = DEFAULTS.maxBackoffDelay();

	DataSize maxMessageSize = DEFAULTS.maxMessageSize();

	DataSize maxMetadataSize = DEFAULTS.maxMetadataSize();

	Duration deadline = DEFAULTS.deadline();

	Duration keepaliveTime = DEFAULTS.keepaliveTime();

	Duration keepaliveTimeout = DEFAULTS.keepaliveTimeout();

	boolean keepaliveWithoutCalls = DEFAULTS.keepaliveWithoutCalls();

	Duration idleTimeout = DEFAULTS.idleTimeout();

	Duration maxConnectionAge = DEFAULTS.maxConnectionAge();

	Duration shutdownGracePeriod = DEFAULTS.shutdownGracePeriod();

	@Nullable String userAgent = DEFAULTS.userAgent();

	@Nullable String loadBalancingPolicy = DEFAULTS.loadBalancingPolicy();

	@Nullable String serviceConfig = DEFAULTS.serviceConfig();

	private TestConnection(Endpoint endpoint) {
		this.endpoint = endpoint;
	}

	public static TestConnection to(int port) {
		return to("localhost", port);
	}

	public static TestConnection to(String host, int port) {
		return new TestConnection(new Endpoint(host + ":" + port, "dns:///" + host + ":" + port, host, port));
	}

	static TestConnection toTarget(String target) {
		return new TestConnection(new Endpoint(target, target, null, -1));
	}

	TestConnection factory(FlyteChannelFactory factory) {
		this.factory = factory;
		return this;
	}

	ChannelSettings settings() {
		return new ChannelSettings(this.maxRetries, this.perRetryTimeout, this.maxBackoffDelay, this.maxMessageSize,
				this.maxMetadataSize, this.deadline, this.keepaliveTime, this.keepaliveTimeout,
				this.keepaliveWithoutCalls, this.idleTimeout, this.maxConnectionAge, this.shutdownGracePeriod,
				this.userAgent, this.loadBalancingPolicy, this.serviceConfig);
	}

	private HttpProxySettings proxySettings() {
		return new HttpProxySettings(this.proxy, HttpProxyScope.ALL);
	}

	PlatformConfig config() {
		CredentialSettings login = PlatformConfig.builder().authMode(AuthMode.NONE).build().credentials();
		return new PlatformConfig("default", this.endpoint, this.tls, proxySettings(), null, login, settings(),
				new SecretSettings("_FSEC_", null, "", Duration.ZERO), ApiSettings.V1, RunSettings.NONE, null,
				SettingOrigins.NONE);
	}

	FlyteChannel channel() {
		FlyteChannel channel = this.channel;
		if (channel == null) {
			channel = this.factory.create(config(), TrustMaterial.of("default", this.tls, this.bundle),
					ProxyRoutes.of(proxySettings(), Map.of()), List.of(), authorization());
			this.channel = channel;
		}
		return channel;
	}

	private CallAuthorization authorization() {
		return new CallAuthorization(null, null, this.relay, "Login", new NoAdvice(),
				new TokenHeaders("default", new SettingNames("flyte"), null, false, () -> null),
				new FirstAnswer("Connection", "none"), CallListener.NONE, false);
	}

	AdminServiceBlockingStub admin() {
		return AdminServiceGrpc.newBlockingStub(channel().managed());
	}

	GetVersionResponse read() {
		return admin().getVersion(GetVersionRequest.getDefaultInstance());
	}

	public Status statusOfRead() {
		return statusOf(this::read);
	}

	Status statusOfWrite() {
		return statusOf(() -> admin().createExecution(ExecutionCreateRequest.getDefaultInstance()));
	}

	private static Status statusOf(Supplier<?> call) {
		try {
			call.get();
			return Status.OK;
		}
		catch (StatusRuntimeException ex) {
			return ex.getStatus();
		}
	}

	@Override
	public void close() {
		if (this.channel != null) {
			this.channel.close();
		}
	}

	/**
	 * Without a login there is nothing to be said of it.
	 */
	private static final class NoAdvice implements RejectionAdvice {

		@Override
		public LoginException on(LoginException failure) {
			return failure;
		}

		@Override
		public LoginException onNoMetadata(LoginException failure) {
			return failure;
		}

		@Override
		public String onToken() {
			return "";
		}

		@Override
		public @Nullable String onMissing() {
			return null;
		}

	}

}
