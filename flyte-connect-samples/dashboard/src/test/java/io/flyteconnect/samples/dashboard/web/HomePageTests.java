package io.flyteconnect.samples.dashboard.web;

import java.net.http.HttpResponse;
import java.util.Map;

import flyteidl.admin.Common.NamedEntityIdentifier;
import flyteidl.admin.LaunchPlanOuterClass.ActiveLaunchPlanRequest;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanCreateRequest;
import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.IdentifierOuterClass.ResourceType;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import flyteidl.core.Types.SimpleType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.samples.dashboard.Browser;
import io.flyteconnect.samples.dashboard.EmbeddedDashboard;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

@EmbeddedDashboard
class HomePageTests {

	@Autowired
	FlyteTestServer flyte;

	@Autowired
	FlyteAdminStub stub;

	private Browser browser;

	@BeforeEach
	void open(@LocalServerPort int port) {
		this.browser = new Browser(port);
	}

	@Test
	void whenOpenedThenTheFirstProjectIsShown() {
		HttpResponse<String> page = this.browser.get("/");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("text/html").containsIgnoringCase("utf-8"));
		assertThat(page.body()).contains("<h1>Executions of flytesnacks</h1>")
			.contains(">forecasting</a>", ">genomics</a>")
			.contains("sample-44", "basics.training_pipeline", ">Running</span>", ">Timed out</span>");
	}

	@Test
	void whenThePlaceIsNoneThatFlyteListsThenThePageSaysSo() {
		assertThat(this.browser.get("/?project=flytesnaks").body())
			.contains("Flyte lists no project &#39;flytesnaks&#39;; did you mean &#39;flytesnacks&#39;?")
			.doesNotContain("Nothing was executed here yet");
		assertThat(this.browser.get("/?project=flytesnacks&domain=prod").body())
			.contains("The project &#39;flytesnacks&#39; has no domain &#39;prod&#39;; there are development");
	}

	@Test
	void whenOpenedThenTheConnectionIsDescribed() {
		assertThat(this.browser.get("/").body()).contains("<dd>" + this.flyte.endpoint() + "</dd>")
			.contains("<dd>plaintext</dd>")
			.contains("<dd>client credentials of dashboard</dd>")
			.contains("<dd>dashboard</dd>")
			.containsPattern("<dd>v1\\.\\d+\\.\\d+</dd>");
	}

	@Test
	void whenProjectAndDomainAreChosenThenTheirExecutionsAreShown() {
		String page = this.browser.get("/?project=genomics&domain=production").body();
		assertThat(page).contains("<h1>Executions of genomics</h1>").contains("variant_calling");
		assertThat(page).doesNotContain("hello_world");
		assertThat(page).containsPattern("<a [^>]*aria-current=\"page\"[^>]*>genomics</a>")
			.containsPattern("<a [^>]*aria-current=\"page\"[^>]*>production</a>");
	}

	@Test
	void whenPhaseIsChosenThenNoOtherIsShown() {
		String page = this.browser.get("/?project=flytesnacks&domain=development&phase=TIMED_OUT").body();
		assertThat(page).contains("class=\"badge phase-timed_out\"");
		assertThat(page).doesNotContain("badge phase-succeeded").doesNotContain("badge phase-running");
		assertThat(page).contains("<option value=\"TIMED_OUT\" selected=\"selected\">Timed out</option>");
	}

	@Test
	void whenNothingIsInThePhaseThenThePageSaysSo() {
		assertThat(this.browser.get("/?project=genomics&domain=development&phase=FAILING").body())
			.contains("No execution is in the phase Failing.");
	}

	@Test
	void whenThePageIsFullThenTheNextOneIsLinked() {
		String first = this.browser.get("/?project=flytesnacks&domain=production&phase=").body();
		assertThat(first).doesNotContain("« Newest");
		String page = this.browser.get("/?project=flytesnacks&domain=development").body();
		assertThat(page).contains("token=10\">Older »</a>");
		String older = this.browser.get("/?project=flytesnacks&domain=development&token=10").body();
		assertThat(older).contains("« Newest").contains("sample-01").doesNotContain("sample-44");
	}

	@Test
	void whenTheTokenIsWrongThenThePageSaysSoAndKeepsTheProjects() {
		HttpResponse<String> page = this.browser.get("/?token=nonsense");
		assertThat(page.statusCode()).isEqualTo(400);
		assertThat(page.body()).contains("invalid pagination token nonsense").contains(">forecasting</a>");
	}

	@Test
	void whenTheProjectHasMarkupThenItIsEscaped() {
		assertThat(this.browser.get("/?project=%3Cscript%3Ealert(1)%3C/script%3E&domain=x").body())
			.doesNotContain("<script");
	}

	@Test
	void whenThereIsNoConsoleThenNoLinkLeadsThere() {
		assertThat(this.browser.get("/").body()).doesNotContain(">Console");
	}

	@Test
	void whenOpenedThenNothingIsLoadedFromElsewhere() {
		HttpResponse<String> page = this.browser.get("/");
		assertThat(page.body()).doesNotContainPattern("(src|href)=\"(https?:)?//").doesNotContain("<script");
		assertThat(page.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(
				(policy) -> assertThat(policy).contains("default-src 'none'", "frame-ancestors 'none'"));
		assertThat(this.browser.get("/dashboard.css").body()).contains("prefers-color-scheme: dark")
			.doesNotContain("url(");
		assertThat(this.browser.get("/favicon.svg").statusCode()).isEqualTo(200);
	}

	@Test
	void whenThePhaseIsUnknownThenThePageIsRefused() {
		HttpResponse<String> page = this.browser.get("/?phase=nonsense", "Accept", "text/html");
		assertThat(page.statusCode()).isEqualTo(400);
		assertThat(page.body())
			.contains("There is no such phase", "there are UNDEFINED, QUEUED, RUNNING", "All executions")
			.doesNotContain("UNRECOGNIZED");
	}

	@Test
	void whenOpenedThenTheFormSaysWhatEachLaunchPlanTakesAndWhichVersionIsLaunched() {
		this.flyte.admin()
			.launchPlan("forecasting", "development", "demand")
			.input("day", SimpleType.DATETIME)
			.input("horizon", SimpleType.INTEGER, 7)
			.fixedInput("region", "eu");
		LaunchPlanCreateRequest.Builder newer = LaunchPlanCreateRequest.newBuilder();
		newer.getIdBuilder()
			.setResourceType(ResourceType.LAUNCH_PLAN)
			.setProject("forecasting")
			.setDomain("development")
			.setName("demand")
			.setVersion("v2");
		newer.getSpecBuilder().setWorkflowId(workflow("demand"));
		LaunchPlanCreateRequest.Builder inactive = newer.clone();
		inactive.getIdBuilder().setName("idle").setVersion("v7");
		this.stub.blocking().createLaunchPlan(newer.build());
		this.stub.blocking().createLaunchPlan(inactive.build());
		String page = this.browser.get("/?project=forecasting&domain=development").body();
		assertThat(page).contains("day: datetime (required)", "horizon: integer = 7",
				"region: string = &quot;eu&quot; (set by the launch plan)");
		assertThat(page).contains("v1, the active version; the newest is v2",
				"v7, the newest version, as none is active", "It has no inputs.");
		assertThat(launch("demand", "{\"day\": \"2026-07-01\"}")).isEqualTo("v1");
		assertThat(launch("idle", "{}")).isEqualTo("v7");
	}

	private Identifier workflow(String plan) {
		return this.stub.blocking()
			.getActiveLaunchPlan(ActiveLaunchPlanRequest.newBuilder()
				.setId(NamedEntityIdentifier.newBuilder()
					.setProject("forecasting")
					.setDomain("development")
					.setName(plan))
				.build())
			.getSpec()
			.getWorkflowId();
	}

	private String launch(String plan, String inputs) {
		HttpResponse<String> launched = this.browser.postForm("/executions", Map.of("project", "forecasting", "domain",
				"development", "launchPlan", plan, "name", "of-" + plan, "inputs", inputs));
		assertThat(launched.statusCode()).as(launched.body()).isEqualTo(302);
		return this.flyte.executions()
			.get(WorkflowExecutionIdentifier.newBuilder()
				.setProject("forecasting")
				.setDomain("development")
				.setName("of-" + plan)
				.build())
			.getSpec()
			.getLaunchPlan()
			.getVersion();
	}

	@Test
	void whenThereIsNoSuchPageThenItSaysSo() {
		HttpResponse<String> page = this.browser.get("/nowhere", "Accept", "text/html");
		assertThat(page.statusCode()).isEqualTo(404);
		assertThat(page.body()).contains("There is no such page.");
	}

}
