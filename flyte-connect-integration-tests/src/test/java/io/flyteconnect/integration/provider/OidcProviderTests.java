package io.flyteconnect.integration.provider;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.flyteconnect.login.FlyteBrowserLoginEvent;
import io.flyteconnect.login.FlyteDeviceLoginEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Each mode that {@code oidc-provider} has, with tokens that can be read and such that
 * cannot, past their end.
 */
@Tag("provider")
@ExtendWith(OutputCaptureExtension.class)
class OidcProviderTests {

	private static final String REDIRECT_URI = "http://localhost:" + ProviderProcess.freePort() + "/callback";

	@TempDir
	private Path folder;

	private OidcProvider provider;

	private GuardedFlyte flyte;

	@AfterEach
	void stop() {
		this.flyte.close();
		this.provider.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "jwt", "opaque" })
	void whenAServiceCallsPastTheEndOfItsTokenThenNoCallIsRefused(String format) throws Exception {
		start(format, "all");
		try (Service service = Service.start(this.flyte, Map.of("flyte.credentials.client-id", "service",
				"flyte.credentials.client-secret", "of the service"))) {
			service.callUntil(this.flyte, 3);
		}
		assertThat(this.flyte.refused()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = "opaque")
	void whenAWrongSecretIsCorrectedThenTheNextCallSucceeds(String format) throws Exception {
		start(format, "all");
		Path secret = Files.writeString(this.folder.resolve("secret"), "a wrong one");
		try (Service service = Service.start(this.flyte, Map.of("flyte.credentials.client-id", "service",
				"flyte.credentials.client-secret-location", secret.toString()))) {
			StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, service::call);
			assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
			assertThat(refusal).hasMessageContaining("invalid_client")
				.hasMessageContaining("flyte.credentials.client-secret-location");
			Files.writeString(secret, "of the service");
			assertThat(service.call()).isEqualTo(3);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "jwt", "opaque" })
	void whenConsentIsAskedForThenAPersonLogsInOnce(String format) throws Exception {
		start(format, "openid", "offline_access", "all");
		try (Service service = Service.start(this.flyte, Map.of("flyte.credentials.pkce.prompt", "consent"))) {
			CompletableFuture<Integer> call = service.callInTheBackground();
			logIn(service.event(FlyteBrowserLoginEvent.class).link(), "oidc-provider-" + format);
			assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo(3);
			service.callUntil(this.flyte, 4);
			assertThat(service.askedSomebody()).as("asked again").isFalse();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = "opaque")
	void whenConsentIsNotAskedForThenTheLogNamesTheSetting(String format, CapturedOutput output) throws Exception {
		start(format, "openid", "offline_access", "all");
		try (Service service = Service.start(this.flyte, Map.of())) {
			CompletableFuture<Integer> call = service.callInTheBackground();
			logIn(service.event(FlyteBrowserLoginEvent.class).link(), "oidc-provider-no-consent");
			assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo(3);
			assertThat(output).contains("offline_access").contains("flyte.credentials.pkce.prompt");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = "opaque")
	void whenNoScopeIsForOpenIdThenAPersonCanLogIn(String format) throws Exception {
		start(format, "all");
		try (Service service = Service.start(this.flyte, Map.of())) {
			CompletableFuture<Integer> call = service.callInTheBackground();
			logIn(service.event(FlyteBrowserLoginEvent.class).link(), "oidc-provider-no-openid");
			assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo(3);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "jwt", "opaque" })
	void whenAPersonLogsInOnAnotherDeviceThenTheCallSucceeds(String format) throws Exception {
		start(format, "openid", "offline_access", "all");
		try (Service service = Service.start(this.flyte, Map.of("flyte.credentials.auth-mode", "device-flow"))) {
			CompletableFuture<Integer> call = service.callInTheBackground();
			FlyteDeviceLoginEvent event = service.event(FlyteDeviceLoginEvent.class);
			try (Browser browser = new Browser(this.folder.resolve("device"))) {
				browser.open(event.verificationUriComplete()).press("button[autofocus]");
				browser.type("login", "ada").type("password", "password").press("button[type=submit]");
				browser.see("scopes").press("button[type=submit]").see("Sign-in Success").screenshot("oidc-device");
			}
			assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo(3);
		}
	}

	private void start(String format, String... scopes) {
		this.provider = new OidcProvider(REDIRECT_URI, format);
		Discovery discovery = Discovery.of(this.provider.issuer());
		TokenCheck check = "jwt".equals(format) ? TokenCheck.bySignature(discovery.text("jwks_uri"))
				: TokenCheck.byIntrospection(discovery.text("introspection_endpoint"), "flyte", "of flyte");
		this.flyte = new GuardedFlyte(discovery, check, "flytectl", REDIRECT_URI, List.of(scopes));
	}

	private void logIn(URI link, String screenshot) {
		try (Browser browser = new Browser(this.folder.resolve(screenshot))) {
			browser.open(link).type("login", "ada").type("password", "password").press("button[type=submit]");
			browser.screenshot(screenshot + "-consent").press("button[type=submit]");
			browser.see("You are logged in to Flyte").screenshot(screenshot);
		}
	}

}
