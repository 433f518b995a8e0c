package io.flyteconnect.autoconfigure.aot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.flyteconnect.testsupport.AheadOfTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an application that is processed ahead of time, as
 * {@code spring-boot:process-aot} does it, and runs with other settings than it was built
 * with.
 */
@Tag("once")
class AheadOfTimeTests {

	private static final String SECRET = "baked-s3cret";

	private static final String API_KEY = encoded("api.example.com:my-app:" + SECRET + ":org");

	@TempDir
	Path folder;

	@Test
	void whenSettingsDifferBetweenBuildAndRunThenThoseOfTheRunCount() throws Exception {
		Path build = file("build.yaml", "admin:\n  endpoint: dns:///build.example.com\n  authType: ClientSecret\n"
				+ "  clientId: build-id\n  clientSecretLocation: " + file("build-secret", "build-s3cret") + "\n");
		Path run = file("run.yaml", "admin:\n  endpoint: dns:///run.example.com\n  authType: DeviceFlow\n");
		process("--flyte.config-file=" + build, "--flyte.credentials.store-key=build-s3cret-key",
				"--flyte.execution.run-as.iam-role=build-role",
				"--flyte.connections.build.platform.url=named.example.com");
		assertThat(application().generated()).contains("AheadOfTimeApplication__ApplicationContextInitializer")
			.doesNotContain("build-s3cret", "build.example.com", "build-id", "build-role", "named.example.com",
					"buildFlyteConnection");
		String other = "--flyte.config-file=" + run;
		List<String> ends = run("--flyte.config-file=" + build, other,
				other + " --flyte.execution.auth-role.assumable-iam-role=run-role",
				other + " --flyte.credentials.store=jdbc --flyte.credentials.store-key=0123456789abcdef",
				other + " --flyte.credentials.store=jdbc",
				"--flyte.config-file=none --flyte.credentials.auth-mode=none", "--flyte.enabled=false",
				other + " --flyte.channel.deadline=nonsense",
				"--flyte.config-file=none --flyte.connections.alone.platform.url=alone.example.com",
				other + " --flyte.connections.other.platform.url=other.example.com --flyte.primary=other",
				"--flyte.config-file=none --flyte.connections.a.platform.url=a --flyte.connections.b.platform.url=b");
		assertThat(ends.get(0)).contains("build.example.com", "CLIENT_CREDENTIALS build-id MEMORY null");
		assertThat(ends.get(1)).contains("run.example.com", "DEVICE_FLOW null MEMORY null");
		assertThat(ends.get(2)).contains("AuthRole[assumableIamRole=run-role");
		assertThat(ends.get(3)).contains("DEVICE_FLOW null JDBC null");
		assertThat(ends.get(4)).contains("failed", "flyte.credentials.store-key");
		assertThat(ends.get(5)).contains("localhost:30080 NONE null MEMORY null");
		assertThat(ends.get(6)).contains("failed", "flyte.enabled", "processed ahead of time with Flyte switched on");
		assertThat(ends.get(7)).contains("failed", "nonsense");
		assertThat(ends.get(8)).contains("alone.example.com PKCE");
		assertThat(ends.get(9)).contains("other.example.com PKCE");
		assertThat(ends.get(10)).contains("failed", "expected single matching bean but found 2");
	}

	@Test
	void whenSwitchedOffAtTheBuildThenSwitchingItOnAtTheRunIsRefusedWithTheReason() throws Exception {
		process("--flyte.config-file=none", "--flyte.enabled=false");
		String none = "--flyte.config-file=none";
		List<String> ends = run(none + " --flyte.enabled=true",
				none + " --flyte.enabled=true --spring.main.lazy-initialization=true", none + " --flyte.enabled=TRUE",
				none + " --flyte.enabled=false", none);
		assertThat(ends.subList(0, 3)).allSatisfy((end) -> assertThat(end).contains("failed", "flyte.enabled",
				"processed ahead of time with Flyte switched off, so there are no beans that call Flyte"));
		assertThat(ends.subList(3, 5)).containsOnly("RUN switched off");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("secrets")
	void whenASecretIsSetAtTheBuildThenNothingThatIsGeneratedHoldsIt(String where, List<String> arguments)
			throws IOException {
		AheadOfTime application = application().generate("--flyte.config-file=none " + String.join(" ", arguments));
		assertThat(application.generated()).contains("AheadOfTimeApplication__ApplicationContextInitializer")
			.contains("reflect")
			.doesNotContain(SECRET, API_KEY);
	}

	static Stream<Arguments> secrets() {
		String command = "--flyte.credentials.auth-mode=external-command";
		return Stream.of(
				Arguments.of("client secret",
						List.of("--flyte.credentials.client-id=me", "--flyte.credentials.client-secret=" + SECRET)),
				Arguments.of("API key", List.of("--flyte.api-key=" + API_KEY)),
				Arguments.of("password of a proxy",
						List.of("--flyte.platform.http-proxy-url=http://me:" + SECRET + "@proxy.example.com:3128")),
				Arguments.of("command as a text",
						List.of(command, "--flyte.credentials.command=tool,--password=" + SECRET)),
				Arguments.of("command as a list",
						List.of(command, "--flyte.credentials.command[0]=tool",
								"--flyte.credentials.command[1]=" + SECRET)),
				Arguments.of("proxy command", List.of("--flyte.credentials.proxy-command=tool," + SECRET)),
				Arguments.of("key of the store", List.of("--flyte.credentials.store=jdbc",
						"--flyte.credentials.store-key=" + SECRET + "0123456789abcdef")));
	}

	private Path file(String name, String text) throws IOException {
		return Files.writeString(this.folder.resolve(name), text);
	}

	private void process(String... arguments) throws IOException {
		application().generate(String.join(" ", arguments)).compile();
	}

	private AheadOfTime application() {
		return new AheadOfTime(AheadOfTimeApplication.class, this.folder);
	}

	private static String encoded(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	private List<String> run(String... runs) throws Exception {
		Process process = application().run(AheadOfTimeApplication.class, runs).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		List<String> ends = output.lines().filter((line) -> line.startsWith("RUN ")).toList();
		assertThat(ends).as(output).hasSize(runs.length);
		return ends;
	}

}
