package io.flyteconnect.samples.dashboard.web;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.flyteconnect.samples.dashboard.Browser;
import io.flyteconnect.samples.dashboard.EmbeddedDashboard;

import static org.assertj.core.api.Assertions.assertThat;

@EmbeddedDashboard
class ApiTests {

	@Autowired
	JsonMapper json;

	private Browser browser;

	@BeforeEach
	void open(@LocalServerPort int port) {
		this.browser = new Browser(port);
	}

	@Test
	void whenProjectsThenTheirIdsAreAnswered() {
		assertThat(this.browser.get("/api/projects").body())
			.isEqualTo("[\"flytesnacks\",\"forecasting\",\"genomics\"]");
	}

	@Test
	void whenAllPagesAreReadThenAllExecutionsWereSeen() {
		Set<String> names = new HashSet<>();
		int pages = 0;
		for (String[] place : new String[][] { { "flytesnacks", "development" }, { "flytesnacks", "production" },
				{ "forecasting", "production" }, { "forecasting", "staging" }, { "genomics", "production" } }) {
			String token = "";
			do {
				JsonNode page = read(this.browser
					.get("/api/executions?project=" + place[0] + "&domain=" + place[1] + "&limit=7&token=" + token));
				page.get("executions").forEach((execution) -> names.add(execution.get("name").asString()));
				token = page.get("nextToken").isNull() ? "" : page.get("nextToken").asString();
				pages++;
			}
			while (!token.isEmpty());
		}
		assertThat(names.stream().filter((name) -> name.startsWith("sample-"))).hasSize(50);
		assertThat(pages).isGreaterThan(7);
	}

	@Test
	void whenAPhaseIsAskedForThenNoOtherIsAnswered() {
		JsonNode page = read(
				this.browser.get("/api/executions?project=flytesnacks&domain=production&phase=FAILED&limit=100"));
		assertThat(page.get("executions")).isNotEmpty()
			.allSatisfy((execution) -> assertThat(execution.get("phase").asString()).isEqualTo("FAILED"));
	}

	@Test
	void whenNoProjectIsAskedForThenTheFirstIsMeant() {
		JsonNode execution = read(this.browser.get("/api/executions?limit=1")).get("executions").get(0);
		assertThat(execution.get("project").asString()).isEqualTo("flytesnacks");
		assertThat(execution.get("domain").asString()).isEqualTo("development");
	}

	@Test
	void whenOneExecutionIsAskedForThenTimesAreIso() {
		JsonNode execution = read(this.browser.get("/api/executions/flytesnacks/production/sample-03"));
		assertThat(execution.get("duration").asString()).matches("PT.*S");
		assertThat(execution.get("startedAt").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
		assertThat(execution.get("workflow").asString()).isEqualTo("hello_world");
		assertThat(execution.get("error").asString()).contains("The input has no rows");
	}

	@Test
	void whenLaunchedAndTerminatedThenEachAnswerShowsTheExecution() {
		HttpResponse<String> launched = this.browser.postJson("/api/executions",
				"""
						{"project": "forecasting", "domain": "staging", "launchPlan": "backtest", "version": "v1", "name": "by-api"}""");
		assertThat(launched.statusCode()).isEqualTo(201);
		String path = URI.create(launched.headers().firstValue("Location").orElseThrow()).getPath();
		assertThat(path).isEqualTo("/api/executions/forecasting/staging/by-api");
		assertThat(read(this.browser.get(path)).get("principal").asString()).isEqualTo("dashboard");
		HttpResponse<String> terminated = this.browser.postJson(path + "/terminate", "{\"cause\": \"Enough\"}");
		assertThat(terminated.statusCode()).isEqualTo(200);
		assertThat(read(terminated).get("phase").asString()).startsWith("ABORT");
		assertThat(read(terminated).get("error").asString()).isEqualTo("Terminated by dashboard: Enough");
	}

	@Test
	void whenTerminatedWithoutABodyThenACauseIsGiven() {
		HttpResponse<String> launched = this.browser.postJson("/api/executions",
				"{\"project\": \"genomics\", \"domain\": \"production\", \"launchPlan\": \"variant_calling\"}");
		String path = URI.create(launched.headers().firstValue("Location").orElseThrow()).getPath();
		assertThat(read(this.browser.postJson(path + "/terminate", "")).get("error").asString())
			.endsWith("Terminated in the dashboard");
	}

	@Test
	void whenAProjectOrDomainIsUnknownThenEachRequestSaysSo() {
		String near = "Flyte lists no project 'flytesnaks'; did you mean 'flytesnacks'?";
		assertProblem(this.browser.get("/api/executions?project=flytesnaks"), 404, "NOT_FOUND", near);
		assertProblem(this.browser.get("/api/executions?project=flytesnaks&domain=production"), 404, "NOT_FOUND", near);
		assertProblem(this.browser.get("/api/executions?project=flytesnacks&domain=prod"), 404, "NOT_FOUND",
				"has no domain 'prod'");
		String execution = "/api/executions/flytesnaks/production/sample-03";
		assertProblem(this.browser.get(execution), 404, "NOT_FOUND", near);
		assertProblem(this.browser.postJson(execution + "/terminate", ""), 404, "NOT_FOUND", near);
		assertProblem(this.browser.postJson(execution + "/relaunch", ""), 404, "NOT_FOUND", near);
		for (String version : List.of("", "v1")) {
			assertProblem(this.browser.postJson("/api/executions",
					"{\"project\": \"flytesnaks\", \"domain\": \"production\", \"launchPlan\": \"hello_world\", \"version\": \""
							+ version + "\"}"),
					404, "NOT_FOUND", near);
		}
	}

	@Test
	void whenThePlaceIsKnownThenNothingIsNoError() {
		assertThat(
				this.browser.get("/api/executions?project=flytesnacks&domain=production&phase=ABORTING").statusCode())
			.isEqualTo(200);
	}

	@Test
	void whenALaunchPlanOrItsVersionIsMisspeltThenWhatThereIsIsNamed() {
		String launch = "{\"project\": \"flytesnacks\", \"domain\": \"development\", \"launchPlan\": \"%s\", \"version\": \"%s\"}";
		assertProblem(this.browser.postJson("/api/executions", launch.formatted("helo_world", "")), 404, "NOT_FOUND",
				"did you mean 'hello_world'?");
		assertProblem(this.browser.postJson("/api/executions", launch.formatted("helo_world", "v1")), 404, "NOT_FOUND",
				"did you mean 'hello_world'?");
		assertProblem(this.browser.postJson("/api/executions", launch.formatted("hello_world", "v9")), 404, "NOT_FOUND",
				"Launch plan 'hello_world' has no version 'v9'; the newest is 'v");
	}

	@Test
	void whenABodyHasANameTwiceThenItIsRefused() {
		String launch = "{\"project\": \"flytesnacks\", \"domain\": \"development\",\n \"launchPlan\": \"hello_world\", %s}";
		assertProblem(
				this.browser.postJson("/api/executions",
						launch.formatted("\"inputs\": {\"name\": \"a\", \"name\": \"b\"}")),
				400, null, "line 2: Duplicate");
		assertProblem(this.browser.postJson("/api/executions", launch.formatted("\"launchPlan\": \"other\"")), 400,
				null, "line 2: Duplicate");
		assertProblem(this.browser.postJson("/api/executions/flytesnacks/production/sample-03/terminate",
				"{\"cause\": \"a\", \"cause\": \"b\"}"), 400, null, "line 1: Duplicate");
	}

	@Test
	void whenTheExecutionHasEndedThenTerminatingIsAConflict() {
		assertProblem(this.browser.postJson("/api/executions/flytesnacks/production/sample-03/terminate", ""), 409,
				"FAILED_PRECONDITION", "Cannot abort an already terminated workflow execution");
	}

	@Test
	void whenTheExecutionIsNotThereThenNotFound() {
		assertProblem(this.browser.get("/api/executions/flytesnacks/production/none"), 404, "NOT_FOUND",
				"There is no execution 'none' in flytesnacks/production");
	}

	@Test
	void whenTheLaunchPlanIsNotThereThenNotFound() {
		assertProblem(
				this.browser.postJson("/api/executions",
						"{\"project\": \"genomics\", \"domain\": \"production\", \"launchPlan\": \"nope\"}"),
				404, "NOT_FOUND", "no launch plan 'nope' in genomics/production");
	}

	@Test
	void whenTheLaunchRequestIsEmptyThenItIsRefused() {
		assertProblem(this.browser.postJson("/api/executions", "{}"), 400, "INVALID_ARGUMENT", "missing launchPlan");
	}

	@Test
	void whenAnInputIsUnknownThenItIsRefused() {
		assertProblem(this.browser.postJson("/api/executions",
				"""
						{"project": "flytesnacks", "domain": "development", "launchPlan": "hello_world", "inputs": {"x": 1}}"""),
				400, null, "there is no input 'x'");
	}

	@Test
	void whenParametersAreWrongThenTheProblemNamesThem() {
		assertProblem(this.browser.get("/api/executions?limit=0"), 400, null, "'limit' is 0");
		assertProblem(this.browser.get("/api/executions?limit=101"), 400, null, "between 1 and 100");
		for (String phase : List.of("nonsense", "bad", "UNRECOGNIZED", "accepted", "0")) {
			assertProblem(this.browser.get("/api/executions?phase=" + phase), 400, null, "'phase' is '" + phase
					+ "', which is no phase; there are UNDEFINED, QUEUED, RUNNING, SUCCEEDING, SUCCEEDED, FAILING, FAILED, ABORTED,"
					+ " TIMED_OUT, ABORTING");
		}
		assertProblem(this.browser.get("/api/executions?phase=faild"), 400, null, "did you mean 'FAILED'?");
		assertThat(this.browser.get("/api/executions?phase=timed-out").statusCode()).isEqualTo(200);
		assertProblem(this.browser.get("/api/executions?token=nonsense"), 400, "INVALID_ARGUMENT", "nonsense");
	}

	@Test
	void whenABodyIsNoRequestThenTheProblemSaysWhy() {
		HttpResponse<String> cut = this.browser.postJson("/api/executions", "{\"project\": 1,");
		assertProblem(cut, 400, null, "The body is no JSON, line 1: Unexpected end-of-input");
		assertThat(cut.body()).doesNotContain("Source", "REDACTED");
		assertProblem(this.browser.postJson("/api/executions", "[]"), 400, null, "The body has to be a JSON object");
		assertProblem(this.browser.postJson("/api/executions", "{\"project\": []}"), 400, null,
				"'project' has a value of another type");
	}

	@Test
	void whenTheAddressOrMethodIsNoneOfTheApiThenThatIsAProblem() {
		assertProblem(this.browser.get("/api/nothing"), 404, null, "api/nothing");
		HttpResponse<String> method = this.browser.postJson("/api/projects", "{}");
		assertProblem(method, 405, null, "'POST'");
		assertThat(method.headers().firstValue("Allow")).hasValue("GET");
		assertThat(this.browser.get("/nothing").headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).doesNotContain("problem"));
	}

	private void assertProblem(HttpResponse<String> response, int status, String grpcStatus, String detail) {
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		JsonNode problem = read(response);
		assertThat(problem.get("status").asInt()).isEqualTo(status);
		assertThat(problem.get("detail").asString()).contains(detail);
		assertThat(problem.hasNonNull("grpcStatus") ? problem.get("grpcStatus").asString() : null)
			.isEqualTo(grpcStatus);
	}

	private JsonNode read(HttpResponse<String> response) {
		return this.json.readTree(response.body());
	}

}
