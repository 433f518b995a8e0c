package io.flyteconnect.samples.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.testsupport.AheadOfTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tool as it runs after it was processed ahead of time, for another Flyte and another
 * login than those of the build.
 */
@Tag("once")
class AheadOfTimeTests {

	@TempDir
	Path folder;

	@Test
	void whenTheToolWasBuiltForOneFlyteThenItAsksTheOneOfTheRun() throws Exception {
		Path build = file("build.yaml", "admin:\n  endpoint: dns:///build.example.com\n  authType: ClientSecret\n"
				+ "  clientId: build-id\n  clientSecretLocation: " + file("build-secret", "build-s3cret") + "\n");
		AheadOfTime tool = new AheadOfTime(FlyteCliApplication.class, this.folder)
			.generate("--flyte.config-file=" + build, "--flyte.credentials.store-key=build-s3cret-key",
					"--spring.profiles.active=build")
			.compile();
		assertThat(tool.generated()).contains("FlyteCliApplication__ApplicationContextInitializer")
			.doesNotContain("build-s3cret", "build.example.com", "build-id");
		try (FlyteTestServer server = FlyteTestServer.builder()
			.clientCredentials("run-id", "run-s3cret")
			.withSampleData()
			.start()) {
			List<String> arguments = new ArrayList<>(List.of("projects", "--flyte.config-file=none",
					"--spring.profiles.active=run", "--spring.config.location=" + this.folder.toUri()));
			StringBuilder properties = new StringBuilder();
			server.properties()
				.forEach((name, value) -> properties.append(name).append('=').append(value).append('\n'));
			file("application-run.properties", properties.toString());
			assertThat(run(tool, arguments)).startsWith("0 ").contains("flytesnacks");
			assertThat(server.identityProvider().tokenRequestCount()).isEqualTo(1);
			arguments.set(2, "--spring.profiles.active=none");
			arguments.add("--flyte.platform.url=" + server.properties().get("flyte.platform.url"));
			arguments.add("--flyte.platform.insecure=true");
			arguments.add("--flyte.credentials.auth-mode=device-flow");
			arguments.add("--flyte.credentials.interactive=never");
			assertThat(run(tool, arguments)).startsWith("4 ").contains("mode device-flow");
		}
	}

	private static String run(AheadOfTime tool, List<String> arguments) throws Exception {
		Process process = tool.run(FlyteCli.class, arguments.toArray(String[]::new)).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
		return process.exitValue() + " " + output;
	}

	private Path file(String name, String text) throws IOException {
		return Files.writeString(this.folder.resolve(name), text);
	}

}
