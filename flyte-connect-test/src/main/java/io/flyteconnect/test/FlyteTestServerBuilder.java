package io.flyteconnect.test;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Says how a {@link FlyteTestServer} is to be, and starts it.
 *
 * @since 0.1.0
 */
public final class FlyteTestServerBuilder {

	private final Function<ServerOptions, FlyteTestServer> start;

	private boolean tls;

	private boolean clientCertificates;

	private boolean login;

	private @Nullable String clientId;

	private @Nullable String clientSecret;

	private Duration tokenLifetime = Duration.ofMinutes(30);

	private String header = "flyte-authorization";

	private List<String> scopes = List.of("all", "offline");

	private String audience = "";

	private String redirectUri = "http://localhost:53593/callback";

	private boolean sampleData;

	private boolean flyte2;

	FlyteTestServerBuilder(Function<ServerOptions, FlyteTestServer> start) {
		this.start = start;
	}

	/**
	 * Speak TLS, with a certificate for {@code localhost} and {@code 127.0.0.1} of an
	 * authority that only this server has. The identity provider does so too.
	 * @return this builder
	 */
	public FlyteTestServerBuilder tls() {
		this.tls = true;
		return this;
	}

	/**
	 * Speak TLS and let in only clients that show a certificate of the server's authority
	 * (the identity provider asks for none).
	 * @return this builder
	 */
	public FlyteTestServerBuilder requireClientCertificates() {
		this.clientCertificates = true;
		return tls();
	}

	/**
	 * Ask for tokens, for which an identity provider is started that knows this client.
	 * @param clientId the client's id
	 * @param clientSecret the client's secret
	 * @return this builder
	 */
	public FlyteTestServerBuilder clientCredentials(String clientId, String clientSecret) {
		this.clientId = clientId;
		this.clientSecret = clientSecret;
		return login();
	}

	/**
	 * Ask for tokens, for which an identity provider is started that knows the public
	 * client {@code flytectl}.
	 * @return this builder
	 */
	public FlyteTestServerBuilder login() {
		this.login = true;
		return this;
	}

	/**
	 * How long access tokens live.
	 * @param lifetime at least one second, 30 minutes unless set
	 * @return this builder
	 */
	public FlyteTestServerBuilder tokenLifetime(Duration lifetime) {
		this.tokenLifetime = lifetime;
		return this;
	}

	/**
	 * The metadata key that the server publishes for tokens.
	 * @param header the key, {@code flyte-authorization} unless set
	 * @return this builder
	 */
	public FlyteTestServerBuilder authorizationHeader(String header) {
		this.header = header.toLowerCase(Locale.ROOT);
		return this;
	}

	/**
	 * The scopes that the server publishes.
	 * @param scopes the scopes, {@code all} and {@code offline} unless set
	 * @return this builder
	 */
	public FlyteTestServerBuilder scopes(String... scopes) {
		this.scopes = List.of(scopes);
		return this;
	}

	/**
	 * The audience that the server publishes.
	 * @param audience the audience, none unless set
	 * @return this builder
	 */
	public FlyteTestServerBuilder audience(String audience) {
		this.audience = audience;
		return this;
	}

	/**
	 * Where the server says a browser login ends.
	 * @param redirectUri the address, {@code http://localhost:53593/callback} unless set
	 * @return this builder
	 */
	public FlyteTestServerBuilder redirectUri(String redirectUri) {
		this.redirectUri = redirectUri;
		return this;
	}

	/**
	 * Start with three projects ({@code flytesnacks}, {@code forecasting},
	 * {@code genomics}), their workflows and launch plans, and 50 executions in various
	 * phases.
	 * @return this builder
	 */
	public FlyteTestServerBuilder withSampleData() {
		this.sampleData = true;
		return this;
	}

	/**
	 * Be a Flyte 2, which knows tasks and runs and nothing of Flyte Admin. Needs
	 * {@code flyte-connect-starter-v2}.
	 * @return this builder
	 */
	public FlyteTestServerBuilder flyte2() {
		this.flyte2 = true;
		return this;
	}

	/**
	 * Start the server and what belongs to it.
	 * @return the server, which has to be closed
	 * @throws IllegalStateException if it does not start
	 */
	public FlyteTestServer start() {
		return this.start.apply(new ServerOptions(this.tls, this.clientCertificates, this.login, this.clientId,
				this.clientSecret, this.tokenLifetime, this.header, this.scopes, this.audience, this.redirectUri,
				this.sampleData, this.flyte2));
	}

}
