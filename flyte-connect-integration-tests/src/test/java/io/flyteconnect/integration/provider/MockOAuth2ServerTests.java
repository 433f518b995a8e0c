package io.flyteconnect.integration.provider;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.flyteconnect.login.FlyteBrowserLoginEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each mode that navikt's {@code mock-oauth2-server} has, past the end of a token.
 */
@Tag("provider")
class MockOAuth2ServerTests {

	private static final String REDIRECT_URI = "http://localhost:" + ProviderProcess.freePort() + "/callback";

	private static final String CONFIGURATION = """
			{"interactiveLogin": false, "tokenCallbacks": [{"issuerId": "flyte", "tokenExpiry": 6, "requestMappings":
			[{"requestParam": "grant_type", "match": "*", "claims": {"sub": "ada", "scope": "all"}}]}]}""";

	@TempDir
	private Path folder;

	private ProviderProcess provider;

	private GuardedFlyte flyte;

	@BeforeEach
	void start() {
		int port = ProviderProcess.freePort();
		URI issuer = URI.create("http://localhost:" + port + "/flyte");
		this.provider = ProviderProcess.start("mock-oauth2-server",
				Path.of("target", "providers", "mock-oauth2-server").toAbsolutePath(),
				Map.of("SERVER_PORT", String.valueOf(port), "SERVER_HOSTNAME", "localhost", "JSON_CONFIG",
						CONFIGURATION),
				List.of(System.getProperty("java.home") + "/bin/java", "-cp", "*",
						"no.nav.security.mock.oauth2.StandaloneMockOAuth2ServerKt"),
				URI.create(issuer + "/.well-known/openid-configuration"));
		Discovery discovery = Discovery.of(issuer);
		this.flyte = new GuardedFlyte(discovery, TokenCheck.bySignature(discovery.text("jwks_uri")), "flytectl",
				REDIRECT_URI, List.of("openid"));
	}

	@AfterEach
	void stop() {
		this.flyte.close();
		this.provider.close();
	}

	@Test
	void whenAServiceCallsPastTheEndOfItsTokenThenNoCallIsRefused() throws Exception {
		try (Service service = Service.start(this.flyte,
				Map.of("flyte.credentials.client-id", "service", "flyte.credentials.client-secret", "any"))) {
			service.callUntil(this.flyte, 3);
		}
		assertThat(this.flyte.refused()).isZero();
	}

	@Test
	void whenABrowserIsSentBackAtOnceThenRefreshTokensRenewTheLogin() throws Exception {
		try (Service service = Service.start(this.flyte, Map.of())) {
			CompletableFuture<Integer> call = service.callInTheBackground();
			try (Browser browser = new Browser(this.folder.resolve("browser"))) {
				browser.open(service.event(FlyteBrowserLoginEvent.class).link());
				browser.see("You are logged in to Flyte").screenshot("mock-oauth2-server-pkce");
			}
			assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo(3);
			service.callUntil(this.flyte, 3);
			assertThat(service.askedSomebody()).as("asked again").isFalse();
		}
	}

}
