package io.flyteconnect.samples.dashboard;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.testsupport.AheadOfTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The dashboard as it runs after it was processed ahead of time, for another Flyte and
 * another login than those of the build.
 */
@Tag("once")
class AheadOfTimeTests {

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	@TempDir
	Path folder;

	@Test
	void whenTheDashboardWasBuiltForOneFlyteThenItShowsTheOneOfTheRun() throws Exception {
		Path build = file("build.yaml",
				"admin:\n  endpoint: dns:///build.example.com\n  authType: DeviceFlow\n" + "  clientId: build-id\n");
		AheadOfTime dashboard = new AheadOfTime(DashboardApplication.class, this.folder)
			.generate("--spring.profiles.active=config-file", "--flyte.config-file=" + build,
					"--flyte.credentials.store-key=build-s3cret-key", "--flyte.execution.run-as.iam-role=build-role")
			.compile();
		assertThat(dashboard.generated()).contains("DashboardApplication__ApplicationContextInitializer")
			.doesNotContain("build-s3cret", "build.example.com", "build-id", "build-role");
		try (FlyteTestServer server = FlyteTestServer.builder()
			.clientCredentials("run-id", "run-s3cret")
			.withSampleData()
			.start()) {
			StringBuilder properties = new StringBuilder(
					"server.port=0\nflyte.config-file=none\nflyte.channel.deadline=1m\n");
			server.properties()
				.forEach((name, value) -> properties.append(name).append('=').append(value).append('\n'));
			file("application-run.properties", properties.toString());
			Path log = this.folder.resolve("log");
			Process process = dashboard
				.run(DashboardApplication.class, "--spring.profiles.active=run",
						"--spring.config.additional-location=" + this.folder.toUri())
				.redirectErrorStream(true)
				.redirectOutput(log.toFile())
				.start();
			try {
				await().atMost(Duration.ofMinutes(2))
					.until(() -> !process.isAlive() || PORT.matcher(Files.readString(log)).find());
				Matcher port = PORT.matcher(Files.readString(log));
				assertThat(port.find()).as(Files.readString(log)).isTrue();
				assertThat(page("http://localhost:" + port.group(1) + "/api/projects")).contains("flytesnacks");
				assertThat(server.identityProvider().tokenRequestCount()).isEqualTo(1);
				assertThat(page("http://localhost:" + port.group(1) + "/")).contains("flytesnacks")
					.contains(server.properties().get("flyte.platform.url"));
			}
			finally {
				process.destroy();
			}
		}
	}

	private static String page(String address) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofMinutes(1)).build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
	}

	private Path file(String name, String text) throws IOException {
		return Files.writeString(this.folder.resolve(name), text);
	}

}
