package io.flyteconnect.test.identity;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.test.tls.TestCertificates;

/**
 * Says how a {@link FlyteTestIdentityProvider} is to be, and starts it.
 *
 * @since 0.1.0
 */
public final class FlyteTestIdentityProviderBuilder {

	private final Function<FlyteTestIdentityProviderBuilder, FlyteTestIdentityProvider> start;

	private final Map<String, String> clients = new LinkedHashMap<>();

	private final Map<String, Set<String>> publicClients = new LinkedHashMap<>();

	private Duration accessTokenLifetime = Duration.ofMinutes(30);

	private Duration refreshTokenLifetime = Duration.ofMinutes(60);

	private String userName = "user";

	private String password = "password";

	private @Nullable TestCertificates certificates;

	FlyteTestIdentityProviderBuilder(Function<FlyteTestIdentityProviderBuilder, FlyteTestIdentityProvider> start) {
		this.start = start;
		publicClient("flytectl", "http://localhost:53593/callback");
	}

	/**
	 * A client that logs in with a secret.
	 * @param clientId the client's id
	 * @param clientSecret the client's secret
	 * @return this builder
	 */
	public FlyteTestIdentityProviderBuilder client(String clientId, String clientSecret) {
		this.clients.put(clientId, clientSecret);
		return this;
	}

	/**
	 * A client without a secret, or other redirect addresses for {@code flytectl}.
	 * @param clientId the client's id
	 * @param redirectUris where a browser may be sent after the login
	 * @return this builder
	 */
	public FlyteTestIdentityProviderBuilder publicClient(String clientId, String... redirectUris) {
		this.publicClients.put(clientId, Set.of(redirectUris));
		return this;
	}

	/**
	 * The person who can log in.
	 * @param name the name, {@code user} unless set
	 * @param password the password, {@code password} unless set
	 * @return this builder
	 */
	public FlyteTestIdentityProviderBuilder user(String name, String password) {
		this.userName = name;
		this.password = password;
		return this;
	}

	/**
	 * How long access tokens live.
	 * @param lifetime at least one second, 30 minutes unless set
	 * @return this builder
	 */
	public FlyteTestIdentityProviderBuilder accessTokenLifetime(Duration lifetime) {
		this.accessTokenLifetime = ClientDirectory.positive(lifetime);
		return this;
	}

	/**
	 * How long refresh tokens live.
	 * @param lifetime at least one second, 60 minutes unless set
	 * @return this builder
	 */
	public FlyteTestIdentityProviderBuilder refreshTokenLifetime(Duration lifetime) {
		this.refreshTokenLifetime = ClientDirectory.positive(lifetime);
		return this;
	}

	/**
	 * Speak TLS.
	 * @param certificates what to show; they stay the caller's to close
	 * @return this builder
	 */
	public FlyteTestIdentityProviderBuilder tls(TestCertificates certificates) {
		this.certificates = certificates;
		return this;
	}

	/**
	 * Start the provider.
	 * @return the provider, which has to be closed
	 * @throws IllegalStateException if it does not start
	 */
	public FlyteTestIdentityProvider start() {
		return this.start.apply(this);
	}

	IdentityProviderApplication launch(ProviderSettings settings) {
		return IdentityProviderApplication.start(settings, this.certificates);
	}

	ProviderSettings settings() {
		ClientDirectory directory = new ClientDirectory(this.accessTokenLifetime, this.refreshTokenLifetime);
		this.clients.forEach(directory::addConfidential);
		this.publicClients.forEach(directory::addPublic);
		return new ProviderSettings(directory, new SigningKey(), this.userName, this.password);
	}

}
