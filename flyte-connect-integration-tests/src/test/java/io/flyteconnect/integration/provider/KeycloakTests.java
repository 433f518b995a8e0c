package io.flyteconnect.integration.provider;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.flyteconnect.login.FlyteBrowserLoginEvent;
import io.flyteconnect.login.FlyteDeviceLoginEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Each mode that Keycloak has, past the end of a token.
 */
@Tag("provider")
class KeycloakTests {

	private static final String REDIRECT_URI = "http://localhost:" + ProviderProcess.freePort() + "/callback";

	private static Keycloak keycloak;

	private static Discovery discovery;

	@TempDir
	private Path folder;

	private GuardedFlyte flyte;

	@BeforeAll
	static void startKeycloak() {
		keycloak = new Keycloak(REDIRECT_URI);
		discovery = Discovery.of(keycloak.issuer());
	}

	@AfterAll
	static void stopKeycloak() {
		keycloak.close();
	}

	@BeforeEach
	void start() {
		keycloak.forgetConsents();
		this.flyte = new GuardedFlyte(discovery, TokenCheck.bySignature(discovery.text("jwks_uri")), "flytectl",
				REDIRECT_URI, List.of("openid"));
	}

	@AfterEach
	void stop() {
		this.flyte.close();
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
			assertThat(refusal).hasMessageContaining("unauthorized_client")
				.hasMessageContaining("flyte.credentials.client-secret-location")
				.hasMessageNotContaining("a wrong one");
			Files.writeString(secret, "of the service");
			assertThat(service.call()).isEqualTo(3);
		}
	}

	@Test
	void whenASecretIsRotatedThenCallsGoOn() throws Exception {
		Path secret = Files.writeString(this.folder.resolve("secret"), "of the service");
		try (Service service = service(Map.of("flyte.credentials.client-secret-location", secret.toString()))) {
			service.callUntil(this.flyte, 1);
			keycloak.changeSecret("of tomorrow");
			Files.writeString(secret, "of tomorrow");
			service.callUntil(this.flyte, 3);
		}
		finally {
			keycloak.changeSecret("of the service");
		}
		assertThat(this.flyte.refused()).isZero();
	}

	@Test
	void whenAPersonConsentsInABrowserThenRefreshTokensOfOneUseRenewTheLogin() throws Exception {
		try (Service service = Service.start(this.flyte, Map.of())) {
			CompletableFuture<Integer> call = service.callInTheBackground();
			logIn(service.event(FlyteBrowserLoginEvent.class).link(), "keycloak-pkce");
			assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo(3);
			service.callUntil(this.flyte, 4);
			assertThat(service.askedSomebody()).as("asked again").isFalse();
		}
	}

	@Test
	void whenTheSessionIsEndedThenThePersonIsAskedAgain() throws Exception {
		try (Service service = Service.start(this.flyte, Map.of())) {
			CompletableFuture<Integer> call = service.callInTheBackground();
			logIn(service.event(FlyteBrowserLoginEvent.class).link(), "keycloak-before");
			assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo(3);
			keycloak.endSessions();
			CompletableFuture<Void> calls = CompletableFuture.runAsync(() -> callUntil(service, 2));
			logInWithConsentGiven(service.event(FlyteBrowserLoginEvent.class).link());
			calls.get(60, TimeUnit.SECONDS);
		}
	}

	@Test
	void whenAPersonLogsInOnAnotherDeviceThenTheLoginIsRenewed() throws Exception {
		try (Service service = Service.start(this.flyte, Map.of("flyte.credentials.auth-mode", "device-flow"))) {
			CompletableFuture<Integer> call = service.callInTheBackground();
			FlyteDeviceLoginEvent event = service.event(FlyteDeviceLoginEvent.class);
			try (Browser browser = new Browser(this.folder.resolve("device"))) {
				browser.open(event.verificationUriComplete());
				browser.type("username", "ada").type("password", "password").press("#kc-login");
				browser.press("[name=accept]").see("Device Login Successful").screenshot("keycloak-device");
			}
			assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo(3);
			service.callUntil(this.flyte, 3);
			assertThat(service.askedSomebody()).isFalse();
		}
	}

	private Service service(Map<String, String> secret) {
		Map<String, String> properties = new LinkedHashMap<>(secret);
		properties.put("flyte.credentials.client-id", "service");
		return Service.start(this.flyte, properties);
	}

	private void callUntil(Service service, int tokens) {
		try {
			service.callUntil(this.flyte, tokens);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void logIn(URI link, String screenshot) {
		try (Browser browser = new Browser(this.folder.resolve(screenshot))) {
			browser.open(link).type("username", "ada").type("password", "password").press("#kc-login");
			browser.press("[name=accept]").see("You are logged in to Flyte").screenshot(screenshot);
		}
	}

	private void logInWithConsentGiven(URI link) {
		try (Browser browser = new Browser(this.folder.resolve("again"))) {
			browser.open(link).type("username", "ada").type("password", "password").press("#kc-login");
			browser.see("You are logged in to Flyte").screenshot("keycloak-again");
		}
	}

}
