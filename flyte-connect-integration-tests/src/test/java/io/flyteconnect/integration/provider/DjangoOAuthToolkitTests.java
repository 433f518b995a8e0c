package io.flyteconnect.integration.provider;

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
 * Each mode that {@code django-oauth-toolkit} has, past the end of a token.
 */
@Tag("provider")
class DjangoOAuthToolkitTests {

	private static final String REDIRECT_URI = "http://localhost:" + ProviderProcess.freePort() + "/callback";

	@TempDir
	private Path folder;

	private DjangoOAuthToolkit provider;

	private GuardedFlyte flyte;

	@BeforeEach
	void start() {
		this.provider = new DjangoOAuthToolkit(REDIRECT_URI, this.folder);
		Discovery discovery = this.provider.discovery();
		this.flyte = new GuardedFlyte(discovery,
				TokenCheck.byIntrospection(discovery.text("introspection_endpoint"), "flyte", "of flyte"), "flytectl",
				REDIRECT_URI, List.of("all"));
	}

	@AfterEach
	void stop() {
		this.flyte.close();
		this.provider.close();
	}

	@Test
	void whenAServiceCallsPastTheEndOfItsTokenThenNoCallIsRefused() throws Exception {
		try (Service service = Service.start(this.flyte, Map.of("flyte.credentials.client-id", "service",
				"flyte.credentials.client-secret", "of the service"))) {
			service.callUntil(this.flyte, 3);
		}
		assertThat(this.flyte.refused()).isZero();
	}

	@Test
	void whenAPersonAuthorizesInABrowserThenRefreshTokensRenewTheLogin() throws Exception {
		try (Service service = Service.start(this.flyte, Map.of())) {
			CompletableFuture<Integer> call = service.callInTheBackground();
			try (Browser browser = new Browser(this.folder.resolve("browser"))) {
				browser.open(service.event(FlyteBrowserLoginEvent.class).link());
				browser.type("username", "ada").type("password", "password").press("input[type=submit]");
				browser.press("input[name=allow]").see("You are logged in to Flyte").screenshot("django-pkce");
			}
			assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo(3);
			service.callUntil(this.flyte, 3);
			assertThat(service.askedSomebody()).as("asked again").isFalse();
		}
	}

}
