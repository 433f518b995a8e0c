package io.flyteconnect.samples.dashboard;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class DashboardApplicationTests {

	private static final Pattern SECRET_FILE = Pattern
		.compile("The embedded Flyte at (\\S+) knows the client 'dashboard', whose secret is in (\\S+)");

	private static final String TOKEN_OBTAINED = "obtained an access token";

	@Test
	void whenStartedThenFlyteIsNotCalledAndTheLogSaysWhereThePageIs(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start()) {
			FlyteTestServer flyte = context.getBean(FlyteTestServer.class);
			assertThat(flyte.acceptedConnections()).isZero();
			assertThat(flyte.identityProvider().tokenRequestCount()).isZero();
			assertThat(output).contains("The dashboard of Flyte at " + flyte.endpoint() + " is open: http://localhost:"
					+ port(context) + "/");
			Matcher secret = SECRET_FILE.matcher(output);
			assertThat(secret.find()).isTrue();
			assertThat(secret.group(1)).isEqualTo(flyte.endpoint());
			assertThat(Path.of(secret.group(2))).isRegularFile();
		}
	}

	@Test
	void whenManyAskAtOnceThenTheDashboardLogsInOnce(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext context = start()) {
			Browser browser = new Browser(port(context));
			ExecutorService people = Executors.newFixedThreadPool(20);
			List<Callable<String>> visits = Stream
				.generate(() -> (Callable<String>) () -> browser.get("/api/projects").body())
				.limit(40)
				.toList();
			for (Future<String> answer : people.invokeAll(visits)) {
				assertThat(answer.get()).isEqualTo("[\"flytesnacks\",\"forecasting\",\"genomics\"]");
			}
			people.shutdown();
			FlyteTestServer flyte = context.getBean(FlyteTestServer.class);
			assertThat(flyte.identityProvider().tokenRequestCount()).isEqualTo(1);
			assertThat(output.getAll().split(TOKEN_OBTAINED, -1)).hasSize(2);
		}
	}

	@Test
	void whenStoppedThenTheEmbeddedFlyteStopsToo() {
		ConfigurableApplicationContext context = start();
		FlyteTestServer flyte = context.getBean(FlyteTestServer.class);
		new Browser(port(context)).get("/api/projects");
		assertThat(flyte.openConnections()).isEqualTo(1);
		SpringApplication.exit(context);
		assertThat(flyte.openConnections()).isZero();
	}

	private static ConfigurableApplicationContext start() {
		return new SpringApplicationBuilder(DashboardApplication.class).run("--server.port=0");
	}

	private static int port(ConfigurableApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

}
