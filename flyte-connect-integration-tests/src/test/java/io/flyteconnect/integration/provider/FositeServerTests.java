package io.flyteconnect.integration.provider;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.flyteconnect.login.FlyteBrowserLoginEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Each mode that flyteadmin's own authorization server has, past the end of a token.
 */
@Tag("provider")
class FositeServerTests {

	private static final String REDIRECT_URI = "http://localhost:" + ProviderProcess.freePort() + "/callback";

	@TempDir
	private Path folder;

	private FositeServer provider;

	private GuardedFlyte flyte;

	@BeforeEach
	void start() {
		this.provider = new FositeServer(REDIRECT_URI);
		Discovery discovery = this.provider.discovery();
		this.flyte = new GuardedFlyte(discovery, TokenCheck.bySignature(discovery.text("jwks_uri")), "flytectl",
				REDIRECT_URI, List.of("all", "offline"));
	}

	@AfterEach
	void stop() {
		this.flyte.close();
		this.provider.close();
	}

	@Test
	void whenAServiceCallsPastTheEndOfItsTokenThenNoCallIsRefused() throws Exception {
		try (Service service = service(Map.of("flyte.credentials.client-secret", "of the service"))) {
			service.callUntil(this.flyte, 3);
		}
		assertThat(this.flyte.refused()).isZero();
	}

	@Test
	void whenAWrongSecretIsCorrectedThenTheNextCallSucceeds() throws Exception {
		Path secret = Files.writeString(this.folder.resolve("secret"), "a wrong one");
		try (Service service = service(Map.of("flyte.credentials.client-secret-location", secret.toString()))) {
			StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, service::call);
			assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
			assertThat(refusal).hasMessageContaining("invalid_client")
				.hasMessageContaining("flyte.credentials.client-secret-location");
			Files.writeString(secret, "of the service");
			assertThat(service.call()).isEqualTo(3);
		}
	}

	@ParameterizedTest
	@CsvSource({ "flyte.credentials.audience, invalid_request", "flyte.credentials.scopes, invalid_scope" })
	void whenItDoesNotTakeAValueThenTheErrorNamesTheSetting(String property, String error) {
		try (Service service = service(
				Map.of("flyte.credentials.client-secret", "of the service", property, "unheard-of"))) {
			StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, service::call);
			assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
			assertThat(refusal).hasMessageContaining(error).hasMessageContaining("'unheard-of' of " + property);
		}
	}

	@Test
	void whenAPersonLogsInInABrowserThenRefreshTokensRenewTheLogin() throws Exception {
		try (Service service = Service.start(this.flyte, Map.of())) {
			CompletableFuture<Integer> call = service.callInTheBackground();
			try (Browser browser = new Browser(this.folder.resolve("browser"))) {
				browser.open(service.event(FlyteBrowserLoginEvent.class).link());
				browser.type("username", "ada").type("password", "password").press("input[type=submit]");
				browser.see("You are logged in to Flyte").screenshot("fosite-pkce");
			}
			assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo(3);
			service.callUntil(this.flyte, 4);
			assertThat(service.askedSomebody()).as("asked again").isFalse();
		}
	}

	private Service service(Map<String, String> properties) {
		Map<String, String> all = new LinkedHashMap<>(properties);
		all.put("flyte.credentials.client-id", "flytepropeller");
		return Service.start(this.flyte, all);
	}

}
