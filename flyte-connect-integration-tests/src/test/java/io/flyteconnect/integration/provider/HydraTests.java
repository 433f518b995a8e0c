package io.flyteconnect.integration.provider;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.flyteconnect.login.FlyteBrowserLoginEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Each mode that Ory Hydra has, with tokens that can be read and such that cannot, past
 * their end.
 */
@Tag("provider")
@ExtendWith(OutputCaptureExtension.class)
class HydraTests {

	private static final String REDIRECT_URI = "http://localhost:" + ProviderProcess.freePort() + "/callback";

	private static Map<String, Hydra> hydras;

	@TempDir
	private Path folder;

	private GuardedFlyte flyte;

	@BeforeAll
	static void startHydras(@TempDir Path folder) {
		hydras = Map.of("jwt", new Hydra(REDIRECT_URI, "jwt", folder), "opaque",
				new Hydra(REDIRECT_URI, "opaque", folder));
	}

	@AfterAll
	static void stopHydras() {
		hydras.values().forEach(Hydra::close);
	}

	@AfterEach
	void stop() {
		this.flyte.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "jwt", "opaque" })
	void whenAServiceCallsPastTheEndOfItsTokenThenNoCallIsRefused(String format) throws Exception {
		start(format);
		try (Service service = service("service", Map.of("flyte.credentials.client-secret", "of the service"))) {
			service.callUntil(this.flyte, 3);
		}
		assertThat(this.flyte.refused()).isZero();
	}

	@Test
	void whenAWrongSecretIsCorrectedThenTheNextCallSucceeds() throws Exception {
		start("jwt");
		Path secret = Files.writeString(this.folder.resolve("secret"), "a wrong one");
		try (Service service = service("service",
				Map.of("flyte.credentials.client-secret-location", secret.toString()))) {
			StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, service::call);
			assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
			assertThat(refusal).hasMessageContaining("invalid_client")
				.hasMessageContaining("flyte.credentials.client-secret-location")
				.hasMessageNotContaining("a wrong one");
			Files.writeString(secret, "of the service");
			assertThat(service.call()).isEqualTo(3);
		}
	}

	@Test
	void whenASecretIsRotatedThenCallsGoOn() throws Exception {
		start("opaque");
		Path secret = Files.writeString(this.folder.resolve("secret"), "of the service");
		try (Service service = service("service",
				Map.of("flyte.credentials.client-secret-location", secret.toString()))) {
			service.callUntil(this.flyte, 1);
			hydras.get("opaque").administration().changeSecret("service", "of tomorrow");
			Files.writeString(secret, "of tomorrow");
			service.callUntil(this.flyte, 3);
		}
		finally {
			hydras.get("opaque").administration().changeSecret("service", "of the service");
		}
		assertThat(this.flyte.refused()).isZero();
	}

	@Test
	void whenAClientMaySendItsSecretInTheBodyOnlyThenItDoes(CapturedOutput output) throws Exception {
		start("jwt");
		try (Service service = service("poster", Map.of("flyte.credentials.client-secret", "of the poster"))) {
			service.callUntil(this.flyte, 2);
		}
		assertThat(this.flyte.refused()).isZero();
		assertThat(output).containsOnlyOnce("takes the client secret as client_secret_post only");
	}

	@Test
	void whenAScopeIsNotAllowedThenTheErrorNamesTheSetting() {
		start("jwt");
		try (Service service = service("service", Map.of("flyte.credentials.client-secret", "of the service",
				"flyte.credentials.scopes", "all,everything"))) {
			StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, service::call);
			assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
			assertThat(refusal).hasMessageContaining("invalid_scope")
				.hasMessageContaining("Check the scopes 'all everything' of flyte.credentials.scopes");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "jwt", "opaque" })
	void whenAPersonConsentsInABrowserThenRefreshTokensOfOneUseRenewTheLogin(String format) throws Exception {
		start(format);
		try (Service service = Service.start(this.flyte, Map.of())) {
			CompletableFuture<Integer> call = service.callInTheBackground();
			logIn(service.event(FlyteBrowserLoginEvent.class).link(), "hydra-" + format);
			assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo(3);
			service.callUntil(this.flyte, 4);
			assertThat(service.askedSomebody()).as("asked again").isFalse();
		}
	}

	@Test
	void whenAPersonDeniesThenTheCallSaysSo() throws Exception {
		start("jwt");
		try (Service service = Service.start(this.flyte, Map.of());
				Browser browser = new Browser(this.folder.resolve("denied"))) {
			CompletableFuture<Integer> call = service.callInTheBackground();
			browser.open(service.event(FlyteBrowserLoginEvent.class).link());
			browser.type("username", "ada").type("password", "password").press("[value=accept]");
			browser.press("[value=reject]").see("access_denied").screenshot("hydra-denied");
			ExecutionException failure = catchThrowableOfType(ExecutionException.class,
					() -> call.get(60, TimeUnit.SECONDS));
			assertThat(Status.fromThrowable(failure).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
			assertThat(failure).hasMessageContaining("access_denied");
		}
	}

	@Test
	void whenTheConsentIsEndedThenThePersonIsAskedAgain() throws Exception {
		start("opaque");
		try (Service service = Service.start(this.flyte, Map.of())) {
			CompletableFuture<Integer> call = service.callInTheBackground();
			logIn(service.event(FlyteBrowserLoginEvent.class).link(), "hydra-before");
			assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo(3);
			hydras.get("opaque").administration().endConsents("ada");
			call = service.callInTheBackground();
			logIn(service.event(FlyteBrowserLoginEvent.class).link(), "hydra-again");
			assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo(3);
		}
	}

	private void start(String format) {
		Hydra hydra = hydras.get(format);
		Discovery discovery = Discovery.of(hydra.issuer());
		TokenCheck check = "jwt".equals(format) ? TokenCheck.bySignature(discovery.text("jwks_uri"))
				: TokenCheck.byIntrospection(hydra.administration().introspectionEndpoint(), "flyte", "of flyte");
		this.flyte = new GuardedFlyte(discovery, check, "flytectl", REDIRECT_URI, List.of("all", "offline"));
	}

	private Service service(String id, Map<String, String> properties) {
		Map<String, String> all = new LinkedHashMap<>(properties);
		all.put("flyte.credentials.client-id", id);
		return Service.start(this.flyte, all);
	}

	private void logIn(URI link, String screenshot) {
		try (Browser browser = new Browser(this.folder.resolve(screenshot))) {
			browser.open(link).type("username", "ada").type("password", "password").press("[value=accept]");
			browser.see("offline").press("[value=accept]");
			browser.see("You are logged in to Flyte").screenshot(screenshot);
		}
	}

}
