package io.flyteconnect.samples.dashboard.web;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;

import flyteidl.admin.ExecutionOuterClass.Execution;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.flyteconnect.samples.dashboard.Browser;
import io.flyteconnect.samples.dashboard.EmbeddedDashboard;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

@EmbeddedDashboard
class ExecutionPageTests {

	@Autowired
	FlyteTestServer flyte;

	private Browser browser;

	@BeforeEach
	void open(@LocalServerPort int port) {
		this.browser = new Browser(port);
	}

	@Test
	void whenAnExecutionFailedThenItsPageSaysWhy() {
		HttpResponse<String> page = this.browser.get("/executions/flytesnacks/production/sample-03");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("USER:ValueError: The input has no rows").contains(">Failed</span>");
		assertThat(page.body()).doesNotContain("/terminate");
	}

	@Test
	void whenThereIsNoSuchExecutionThenThePageSaysSo() {
		HttpResponse<String> page = this.browser.get("/executions/flytesnacks/production/none");
		assertThat(page.statusCode()).isEqualTo(404);
		assertThat(page.body()).contains("Flyte does not know it", "NOT_FOUND", "All executions");
	}

	@Test
	void whenLaunchedAndTerminatedThenItsPageFollows() {
		String path = launch("web-launched");
		String page = this.browser.get(path).body();
		assertThat(page).contains("Flyte has accepted the execution.").contains("<dd>dashboard</dd>");
		String terminate = "/executions/flytesnacks/development/web-launched/terminate";
		assertThat(page).contains("action=\"" + terminate + "\"");
		HttpResponse<String> terminated = this.browser.postForm(terminate, Map.of("cause", "Wrong input"));
		assertThat(terminated.statusCode()).isEqualTo(302);
		assertThat(this.browser.get(path).body()).containsPattern(">Abort(ing|ed)</span>")
			.contains("Terminated by dashboard: Wrong input");
		assertThat(find("web-launched").getClosure().getAbortMetadata().getCause()).isEqualTo("Wrong input");
	}

	@Test
	void whenTheNameIsTakenThenTheFormSaysSoAndIsKept() {
		launch("web-twice");
		HttpResponse<String> again = this.browser.postForm("/executions", form("web-twice"));
		assertThat(again.statusCode()).isEqualTo(409);
		assertThat(again.body()).contains("Nothing was launched.", "It exists already", "value=\"web-twice\"");
	}

	@Test
	void whenTheInputsAreNoJsonThenTheFormSaysSoAndIsKept() {
		HttpResponse<String> page = this.browser.postForm("/executions", Map.of("project", "forecasting", "domain",
				"staging", "launchPlan", "backtest", "name", "mine", "inputs", "{\"<b>\":\n1"));
		assertThat(page.statusCode()).isEqualTo(400);
		assertThat(page.body()).contains("An input does not fit", "The inputs are no JSON object")
			.contains("Executions of forecasting", "value=\"mine\"", "{&quot;&lt;b&gt;&quot;:\n1</textarea>")
			.containsPattern("<option value=\"backtest\" selected=\"selected\">");
	}

	@Test
	void whenAnInputIsThereTwiceThenTheFormSaysSo() {
		HttpResponse<String> page = this.browser.postForm("/executions", Map.of("project", "forecasting", "domain",
				"staging", "launchPlan", "backtest", "inputs", "{\"window\": \"1h\", \"window\": \"2h\"}"));
		assertThat(page.statusCode()).isEqualTo(400);
		assertThat(page.body()).contains("Nothing was launched.", "The inputs are no JSON object: Duplicate");
	}

	@Test
	void whenAnInputIsUnknownThenTheFormShowsWhatThereIs() {
		HttpResponse<String> page = this.browser.postForm("/executions", Map.of("project", "forecasting", "domain",
				"production", "launchPlan", "daily_demand", "inputs", "{\"dya\": \"2026-01-01\"}"));
		assertThat(page.statusCode()).isEqualTo(400);
		assertThat(page.body()).contains("there is no input &#39;dya&#39;")
			.contains("day")
			.contains("{&quot;dya&quot;");
	}

	@Test
	void whenLaunchedWithInputsThenItsPageShowsThemAndWhatItGave() {
		HttpResponse<String> launched = this.browser.postForm("/executions",
				Map.of("project", "forecasting", "domain", "production", "launchPlan", "daily_demand", "name",
						"with-inputs", "inputs",
						"{\"day\": \"2026-11-28T00:00:00Z\", \"regions\": [\"north\", \"south\"]}"));
		assertThat(launched.statusCode()).isEqualTo(302);
		String page = this.browser.get("/executions/forecasting/production/with-inputs").body();
		assertThat(page).contains("<pre>2026-11-28T00:00:00Z</pre>", "&quot;north&quot;, &quot;south&quot;")
			.contains("There are none before it has succeeded.");
		assertThat(this.browser.get("/executions/forecasting/production/sample-04").body())
			.doesNotContain("There are none before it has succeeded.");
		assertThat(this.browser.get("/executions/flytesnacks/production/sample-03").body())
			.contains("It has failed, so it gave none.")
			.doesNotContain("before it has succeeded");
	}

	@Test
	void whenTheExecutionHasEndedThenItCannotBeTerminated() {
		HttpResponse<String> page = this.browser.postForm("/executions/flytesnacks/production/sample-03/terminate",
				Map.of());
		assertThat(page.statusCode()).isEqualTo(409);
		assertThat(page.body()).contains("Cannot abort an already terminated workflow execution");
	}

	private String launch(String name) {
		HttpResponse<String> launched = this.browser.postForm("/executions", form(name));
		assertThat(launched.statusCode()).isEqualTo(302);
		String location = launched.headers().firstValue("Location").orElseThrow();
		assertThat(URI.create(location).getPath()).isEqualTo("/executions/flytesnacks/development/" + name);
		return URI.create(location).getPath() + "?" + URI.create(location).getQuery();
	}

	private static Map<String, String> form(String name) {
		return Map.of("project", "flytesnacks", "domain", "development", "launchPlan", "hello_world", "name", name,
				"inputs", "");
	}

	private Execution find(String name) {
		return this.flyte.executions().get(ExecutionIds.of("flytesnacks", "development", name));
	}

}
