package io.flyteconnect.samples.dashboard.web;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;

import flyteidl.core.Security.SecurityContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.flyteconnect.samples.dashboard.Browser;
import io.flyteconnect.samples.dashboard.EmbeddedDashboard;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is launched runs as the settings say, and shows it.
 */
@EmbeddedDashboard
class ExecutionSecurityTests {

	@Autowired
	FlyteTestServer flyte;

	@Autowired
	JsonMapper json;

	private Browser browser;

	@BeforeEach
	void open(@LocalServerPort int port) {
		this.browser = new Browser(port);
	}

	@Test
	void whenLaunchedThenFlyteGotTheContextOfTheSettings() {
		launch("secured");
		SecurityContext context = context("secured");
		assertThat(context.getRunAs().getK8SServiceAccount()).isEqualTo("dashboard-executions");
		assertThat(context.getRunAs().getExecutionIdentity()).isEqualTo("dashboard");
		assertThat(context.getSecretsList()).extracting((secret) -> secret.getGroup() + "/" + secret.getKey())
			.containsExactly("warehouse/password", "reports/signing-key");
		assertThat(context.getTokens(0).getClient().getClientSecret().getGroup()).isEqualTo("reports");
	}

	@Test
	void whenLaunchedThenThePageShowsWhomItRunsAs() {
		String page = this.browser.get(launch("secured-page")).body();
		assertThat(page).contains("Security context", "dashboard-executions", "<code>warehouse/password</code>",
				"<code>reports/v2/signing-key</code>", "<code>reports-api</code>");
	}

	@Test
	void whenLaunchedByTheApiThenItAnswersWhomItRunsAs() {
		HttpResponse<String> launched = this.browser.postJson("/api/executions",
				"{\"project\": \"genomics\", \"domain\": \"production\", \"launchPlan\": \"variant_calling\"}");
		JsonNode security = this.json.readTree(launched.body()).get("security");
		assertThat(this.json.writeValueAsString(security))
			.isEqualTo("{\"serviceAccount\":\"dashboard-executions\",\"iamRole\":null,\"oauth2Client\":null,"
					+ "\"identity\":\"dashboard\",\"secrets\":[\"warehouse/password\",\"reports/v2/signing-key\"],"
					+ "\"tokens\":[\"reports-api\"]}");
	}

	@Test
	void whenNothingIsSaidOfWhomItRunsAsThenThePageHasNothingOfIt() {
		String page = this.browser.get("/executions/flytesnacks/production/sample-03").body();
		assertThat(page).doesNotContain("Security context");
	}

	@Test
	void whenRelaunchedThenThereIsAnotherOneThatRunsAsTheSame() {
		String path = URI.create(launch("secured-first")).getPath();
		assertThat(this.browser.get(path).body()).contains("action=\"" + path + "/relaunch\"");
		HttpResponse<String> relaunched = this.browser.postForm(path + "/relaunch", Map.of());
		assertThat(relaunched.statusCode()).isEqualTo(302);
		URI location = URI.create(relaunched.headers().firstValue("Location").orElseThrow());
		String name = location.getPath().substring(location.getPath().lastIndexOf('/') + 1);
		assertThat(name).isNotEqualTo("secured-first");
		assertThat(context(name)).isEqualTo(context("secured-first"));
		assertThat(this.browser.get(location.getPath() + "?" + location.getQuery()).body())
			.contains("Flyte has accepted the execution.", "dashboard-executions");
	}

	@Test
	void whenRelaunchedByTheApiThenTheNewOneIsAnswered() {
		HttpResponse<String> relaunched = this.browser
			.postJson("/api/executions/flytesnacks/production/sample-03/relaunch", "");
		assertThat(relaunched.statusCode()).isEqualTo(201);
		JsonNode execution = this.json.readTree(relaunched.body());
		assertThat(execution.get("workflow").asString()).isEqualTo("hello_world");
		assertThat(URI.create(relaunched.headers().firstValue("Location").orElseThrow()).getPath())
			.isEqualTo("/api/executions/flytesnacks/production/" + execution.get("name").asString());
	}

	@Test
	void whenThereIsNothingToRelaunchThenNotFound() {
		assertThat(this.browser.postJson("/api/executions/flytesnacks/production/none/relaunch", "").statusCode())
			.isEqualTo(404);
		assertThat(this.browser.postForm("/executions/flytesnacks/production/none/relaunch", Map.of()).statusCode())
			.isEqualTo(404);
	}

	private String launch(String name) {
		HttpResponse<String> launched = this.browser.postForm("/executions", Map.of("project", "flytesnacks", "domain",
				"development", "launchPlan", "hello_world", "name", name, "inputs", ""));
		assertThat(launched.statusCode()).isEqualTo(302);
		return URI.create(launched.headers().firstValue("Location").orElseThrow()).getPath();
	}

	private SecurityContext context(String name) {
		return this.flyte.executions()
			.get(ExecutionIds.of("flytesnacks", "development", name))
			.getSpec()
			.getSecurityContext();
	}

}
