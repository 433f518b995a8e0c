package io.flyteconnect;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.service.Auth.OAuth2MetadataResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigBuilder;
import io.flyteconnect.testsupport.LoginServer;
import io.flyteconnect.testsupport.TokenServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

class FlyteConnectionTests {

	private final TokenServer idp = new TokenServer("token-1");

	private final List<FlyteConnection> connections = new ArrayList<>();

	private LoginServer server;

	@BeforeEach
	void start() throws Exception {
		this.server = server(this.idp, "token-1");
	}

	@AfterEach
	void stop() throws Exception {
		this.connections.forEach(FlyteConnection::close);
		this.server.close();
		this.idp.close();
	}

	@Test
	void whenConnectionIsShownThenNameAndEndpointAreThereAndNoSecretIs() {
		FlyteConnection connection = connect(
				builder("default", this.server).httpProxyUrl("http://proxy-user:pr0xy@127.0.0.1:1"));
		assertThat(connection).hasToString("FlyteConnection[default to localhost:" + this.server.port() + "]");
		assertThat(connection.config().toString()).doesNotContain("s3cret", "pr0xy");
	}

	@Test
	void whenConnectionIsMadeThenItIsThatOfItsSettings() {
		PlatformConfig config = builder("default", this.server).build();
		FlyteConnection connection = new FlyteConnectionFactory().create(config);
		this.connections.add(connection);
		assertThat(connection.config()).isSameAs(config);
		assertThat(connection.name()).isEqualTo("default");
		assertThat(connection.clientRegistrationId()).isEqualTo("flyte");
		assertThat(connection.console()).isEmpty();
		assertThat(connection.admin().blocking().getChannel()).isSameAs(connection.channel());
	}

	@Test
	void whenConsoleIsConfiguredThenLinksLeadThere() {
		FlyteConnection connection = connect(
				builder("default", this.server).consoleEndpoint(URI.create("https://flyte.example.com/console")));
		assertThat(connection.console()).hasValueSatisfying((links) -> assertThat(links.workflow("p", "d", "w"))
			.hasToString("https://flyte.example.com/console/projects/p/domains/d/workflows/w"));
	}

	@Test
	void whenTheManagerIsAskedThenItGivesTheTokenOfTheCalls() {
		FlyteConnection connection = connect(builder("default", this.server));
		version(connection);
		OAuth2AuthorizedClient client = connection.authorizedClientManager()
			.authorize(OAuth2AuthorizeRequest.withClientRegistrationId(connection.clientRegistrationId())
				.principal("anybody")
				.build());
		assertThat(Objects.requireNonNull(client).getAccessToken().getTokenValue()).isEqualTo("token-1");
		assertThat(this.idp.requests()).hasSize(1);
	}

	@Test
	void whenTwoConnectionsAreOpenThenEachHasItsOwnServerTokenAndNames() throws Exception {
		try (TokenServer otherIdp = new TokenServer("token-2"); LoginServer other = server(otherIdp, "token-2")) {
			FlyteConnection one = connect(builder("one", this.server));
			FlyteConnection two = connect(builder("two", other));
			version(one);
			version(two);
			assertThat(this.server.authorizations).containsExactly("Bearer token-1");
			assertThat(other.authorizations).containsExactly("Bearer token-2");
			assertThat(one.clientRegistrationId()).isEqualTo("flyte-one");
			assertThat(two.clientRegistrationId()).isEqualTo("flyte-two");
			assertThat(threads("flyte-one-")).isNotEmpty();
			assertThat(threads("flyte-two-")).isNotEmpty();
			one.close();
			await().atMost(60, TimeUnit.SECONDS).until(() -> threads("flyte-one-").isEmpty());
			version(two);
			assertThat(((ManagedChannel) two.channel()).isShutdown()).isFalse();
		}
	}

	@Test
	void whenCallsOfTwoConnectionsFailThenEachErrorNamesItsOwn() throws Exception {
		try (LoginServer other = server(this.idp, "never")) {
			this.server.accepted.clear();
			assertThat(failure(connect(builder("one", this.server)))).hasMessageContaining("'one'")
				.hasMessageContaining("localhost:" + this.server.port())
				.hasMessageNotContaining("'two'");
			assertThat(failure(connect(builder("two", other)))).hasMessageContaining("'two'")
				.hasMessageContaining("localhost:" + other.port())
				.hasMessageNotContaining("'one'");
		}
	}

	@Test
	void whenConnectionIsClosedThenChannelAndThreadsEnd() {
		FlyteConnection connection = connect(builder("ending", this.server));
		version(connection);
		assertThat(threads("flyte-ending-")).isNotEmpty();
		connection.close();
		assertThat(((ManagedChannel) connection.channel()).isTerminated()).isTrue();
		await().atMost(60, TimeUnit.SECONDS).until(() -> threads("flyte-ending-").isEmpty());
	}

	@Test
	void whenConnectionIsClosedAgainThenNothingHappens() {
		FlyteConnection connection = connect(builder("default", this.server));
		version(connection);
		connection.close();
		assertThatCode(connection::close).doesNotThrowAnyException();
		FlyteConnection unused = connect(builder("default", this.server));
		unused.close();
		assertThatCode(unused::close).doesNotThrowAnyException();
	}

	@Test
	void whenConnectionIsClosedThenCallsFailAtOnceAndNobodyIsAskedForAToken() {
		FlyteConnection connection = connect(builder("default", this.server));
		connection.close();
		assertThat(failure(connection).getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
		assertThat(this.idp.requests()).isEmpty();
		assertThat(this.server.connections).hasValue(0);
	}

	@Test
	void whenConnectionIsMadeThenNothingIsConnected() throws Exception {
		connect(builder("default", this.server)).authorizedClientManager();
		Thread.sleep(300);
		assertThat(this.server.connections).hasValue(0);
		assertThat(this.idp.requests()).isEmpty();
	}

	@Test
	void whenAVariableNamesAProxyThatCannotBeUsedThenTheConnectionIsNotMade() {
		FlyteConnectionFactory factory = FlyteConnectionFactory.builder()
			.environment(Map.of("HTTPS_PROXY", "socks5://proxy.example.com:1080"))
			.build();
		PlatformConfig config = PlatformConfig.forEndpoint("flyte.example.com");
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class).isThrownBy(() -> factory.create(config))
			.withMessageContaining("HTTPS_PROXY");
	}

	@Test
	void whenTheProxyIsUnknownThenTheErrorNamesItAndItsProperty() {
		FlyteConnection connection = connect(
				builder("default", this.server).httpProxyUrl("http://user:pr0xy@proxy.invalid:3128"));
		assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> version(connection))
			.withMessageContaining("flyte.platform.http-proxy-url")
			.withMessageContaining("proxy.invalid")
			.withMessageNotContaining("flyte.platform.url")
			.withMessageNotContaining("pr0xy");
	}

	@Test
	void whenTheSslBundleIsUnknownThenTheErrorNamesPropertyAndBundle() {
		FlyteConnectionFactory factory = FlyteConnectionFactory.builder()
			.sslBundles(new DefaultSslBundleRegistry())
			.build();
		PlatformConfig config = PlatformConfig.builder().endpoint("localhost").sslBundle("corporate").build();
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class).isThrownBy(() -> factory.create(config))
			.withMessageContaining("'corporate'")
			.satisfies((ex) -> {
				assertThat(ex.getProperty()).isEqualTo("flyte.platform.ssl-bundle");
				assertThat(ex.getAction()).contains("spring.ssl.bundle.pem.corporate");
			});
	}

	@Test
	void whenTheCaFileIsAbsentThenTheErrorNamesItAndNoThreadStays() {
		PlatformConfig config = builder("absent-ca", this.server).insecure(false)
			.caCertFile(Path.of("absent", "ca.pem"))
			.build();
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> new FlyteConnectionFactory().create(config))
			.withMessageContaining("ca.pem");
		assertThat(threads("flyte-absent-ca-")).isEmpty();
	}

	private FlyteConnection connect(PlatformConfigBuilder config) {
		FlyteConnection connection = new FlyteConnectionFactory().create(config.build());
		this.connections.add(connection);
		return connection;
	}

	private static PlatformConfigBuilder builder(String name, LoginServer server) {
		return PlatformConfig.builder()
			.name(name)
			.endpoint("localhost:" + server.port())
			.insecure(true)
			.clientCredentials("client", "s3cret");
	}

	private static LoginServer server(TokenServer idp, String accepted) throws Exception {
		LoginServer server = new LoginServer();
		server.accepted.add(accepted);
		server.metadata = OAuth2MetadataResponse.newBuilder()
			.setTokenEndpoint("http://localhost:" + idp.port() + "/token")
			.build();
		return server;
	}

	private static void version(FlyteConnection connection) {
		connection.admin().blocking().getVersion(GetVersionRequest.getDefaultInstance());
	}

	private static StatusRuntimeException failure(FlyteConnection connection) {
		return catchThrowableOfType(StatusRuntimeException.class, () -> version(connection));
	}

	private static List<String> threads(String prefix) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith(prefix))
			.toList();
	}

}
