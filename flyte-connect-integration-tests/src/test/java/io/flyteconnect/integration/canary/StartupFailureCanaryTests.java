package io.flyteconnect.integration.canary;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.flyteconnect.integration.canary.search.Canaries;
import io.flyteconnect.integration.canary.search.CanaryApplication;
import io.flyteconnect.integration.canary.search.CanaryWatch;
import io.flyteconnect.integration.canary.search.LogRecorder;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Settings that stop the startup: the analysis says what is wrong, but no secret.
 */
@Tag("once")
class StartupFailureCanaryTests {

	@RegisterExtension
	final CanaryWatch watch = new CanaryWatch();

	@TempDir
	private Path folder;

	static Stream<Named<BiConsumer<CanaryApplication, Canaries>>> wrongSettings() {
		return Stream.of(setting("an API key that is none", "flyte.api-key", (canary) -> canary),
				setting("an API key of one word", "flyte.api-key",
						(canary) -> Base64.getEncoder().encodeToString(canary.getBytes(StandardCharsets.UTF_8))),
				setting("a proxy that is no URL", "flyte.platform.http-proxy-url",
						(canary) -> "http://user:" + canary + "@proxy:none"),
				setting("an endpoint with a password", "flyte.platform.url",
						(canary) -> "https://user:" + canary + "@flyte.example.com"),
				setting("a token URL with a password", "flyte.credentials.token-url",
						(canary) -> "https://user:" + canary + "@flyte.example.com/token"),
				setting("a command with an open quote", "flyte.credentials.command",
						(canary) -> "get-token --key \"" + canary),
				setting("a proxy command with an open quote", "flyte.credentials.proxy-command",
						(canary) -> "get-token --key '" + canary),
				Named.of("a store key that is too short",
						(application, canaries) -> application.property("flyte.credentials.store", "file")
							.property("flyte.credentials.store-key", canaries.token("store key").substring(0, 14))),
				Named.of("a file that is not there",
						(application, canaries) -> application.property("flyte.credentials.client-id", "canary")
							.property("flyte.credentials.client-secret", canaries.secret("client secret"))
							.property("flyte.credentials.client-secret-location", "/no/such/file")),
				Named.of("a secret without its client",
						(application, canaries) -> application
							.property("flyte.credentials.auth-mode", "client-credentials")
							.property("flyte.credentials.client-secret", canaries.secret("client secret"))));
	}

	private static Named<BiConsumer<CanaryApplication, Canaries>> setting(String name, String property,
			UnaryOperator<String> value) {
		return Named.of(name, (application, canaries) -> application.property(property,
				value.apply(canaries.token("value of " + property))));
	}

	@ParameterizedTest
	@MethodSource("wrongSettings")
	void whenASettingIsWrongThenTheAnalysisHoldsNoSecret(BiConsumer<CanaryApplication, Canaries> setting) {
		CanaryApplication application = CanaryApplication.create()
			.withoutWeb()
			.property("flyte.platform.url", "flyte.example.com");
		setting.accept(application, this.watch.canaries());
		this.watch.failureOf(() -> application.run().close());
		assertThat(LogRecorder.lines()).anyMatch((line) -> line.contains("APPLICATION FAILED TO START"));
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void whenAFlyteFileIsWrongThenTheAnalysisHoldsNoSecret(CapturedOutput output) throws Exception {
		Path file = Files.writeString(this.folder.resolve("config.yaml"), "admin:\n  endpoint: dns:///flyte\n"
				+ "  clientId: canary\n  clientSecretLocation: [\"" + this.watch.canaries().token("secret") + "\"\n");
		CanaryApplication application = CanaryApplication.create().withoutWeb().property("flyte.config-file", file);
		this.watch.failureOf(() -> application.run().close());
		// Before the application has configured its log.
		assertThat(output.toString()).contains("APPLICATION FAILED TO START");
		this.watch.look("output", output.toString());
	}

	@Test
	void whenFlyteDoesNotLetTheServiceInThenTheAnalysisHoldsNoSecret() {
		try (FlyteTestServer server = FlyteTestServer.builder().clientCredentials("canary", "right").start()) {
			CanaryApplication application = this.watch.application()
				.withoutWeb()
				.properties(server.properties())
				.property("flyte.credentials.client-secret", this.watch.canaries().secret("wrong client secret"))
				.property("flyte.startup-check", "fail");
			this.watch.failureOf(() -> application.run().close());
			assertThat(LogRecorder.lines()).anyMatch((line) -> line.contains("APPLICATION FAILED TO START"));
		}
	}

}
