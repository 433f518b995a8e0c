package io.flyteconnect.samples.dashboard.web;

import java.net.http.HttpResponse;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;

import io.flyteconnect.samples.dashboard.Browser;
import io.flyteconnect.samples.dashboard.DashboardApplication;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(classes = DashboardApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "flyte.platform.url=localhost:1", "flyte.channel.max-retries=0" })
@ActiveProfiles("sandbox")
class FlyteDownTests {

	@LocalServerPort
	int port;

	@Test
	void whenFlyteIsDownThenThePageSaysSoInPlainWords() {
		HttpResponse<String> page = new Browser(this.port).get("/");
		assertThat(page.statusCode()).isEqualTo(503);
		assertThat(page.body()).contains("<h2>Flyte cannot be reached</h2>")
			.contains("localhost:1 cannot be reached: nothing listens there")
			.contains("<dd>localhost:1</dd>", "<dd>plaintext</dd>")
			.contains(">Try again</a>");
	}

	@Test
	void whenFlyteIsDownThenTheApiAnswersAProblem() {
		HttpResponse<String> response = new Browser(this.port).get("/api/projects");
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(response.body()).contains("\"grpcStatus\":\"UNAVAILABLE\"", "Flyte cannot be reached",
				"nothing listens there");
	}

	@Test
	void whenFlyteIsDownThenTheFormsSaySo() {
		HttpResponse<String> page = new Browser(this.port)
			.postForm("/executions/flytesnacks/development/sample-44/terminate", Map.of());
		assertThat(page.statusCode()).isEqualTo(503);
		assertThat(page.body()).contains("Flyte cannot be reached");
	}

}
