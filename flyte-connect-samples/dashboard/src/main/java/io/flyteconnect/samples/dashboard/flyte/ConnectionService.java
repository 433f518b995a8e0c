package io.flyteconnect.samples.dashboard.flyte;

import java.util.function.Supplier;
import java.util.stream.Stream;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.service.Identity.UserInfoRequest;
import flyteidl.service.Identity.UserInfoResponse;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.TlsSettings;

/**
 * Says what the dashboard is connected to.
 *
 * @since 0.1.0
 */
@Service
public class ConnectionService {

	private final FlyteAdminStub flyte;

	private final PlatformConfig config;

	ConnectionService(FlyteAdminStub flyte, PlatformConfig config) {
		this.flyte = flyte;
		this.config = config;
	}

	/**
	 * Describe the connection by its settings alone.
	 * @return the description, without version and user
	 */
	public ConnectionInfo configured() {
		return info(null, null);
	}

	/**
	 * Describe the connection, and ask Flyte for its version and for who we are. A server
	 * without authentication does not know the latter.
	 * @return the description
	 */
	public ConnectionInfo connected() {
		return info(optional(this::version), optional(this::user));
	}

	private ConnectionInfo info(@Nullable String version, @Nullable String user) {
		return new ConnectionInfo(this.config.endpoint().toString(), transport(this.config.tls()),
				login(this.config.credentials()), this.config.configSource(), this.config.consoleEndpoint(), version,
				user);
	}

	private String version() {
		return this.flyte.blocking()
			.getVersion(GetVersionRequest.getDefaultInstance())
			.getControlPlaneVersion()
			.getVersion();
	}

	private @Nullable String user() {
		UserInfoResponse user = this.flyte.identity().blocking().userInfo(UserInfoRequest.getDefaultInstance());
		return Stream.of(user.getName(), user.getPreferredUsername(), user.getEmail(), user.getSubject())
			.filter((name) -> !name.isEmpty())
			.findFirst()
			.orElse(null);
	}

	private static @Nullable String optional(Supplier<@Nullable String> call) {
		try {
			return call.get();
		}
		catch (StatusRuntimeException ex) {
			return null;
		}
	}

	private static String login(CredentialSettings credentials) {
		return switch (credentials.authMode()) {
			case CLIENT_CREDENTIALS -> "client credentials of " + credentials.clientId();
			case EXTERNAL_COMMAND -> "token of a command";
			case PKCE -> "none unless Flyte asks for one (PKCE)";
			case DEVICE_FLOW -> "none unless Flyte asks for one (device flow)";
			case NONE -> "none";
		};
	}

	private static String transport(TlsSettings tls) {
		if (tls.insecure()) {
			return "plaintext";
		}
		if (tls.insecureSkipVerify()) {
			return "TLS, certificate not verified";
		}
		if (tls.sslBundle() != null) {
			return "TLS, trusts the SSL bundle " + tls.sslBundle();
		}
		return "TLS, trusts " + ((tls.caCertFilePath() != null) ? tls.caCertFilePath() : "the JVM's authorities");
	}

}
