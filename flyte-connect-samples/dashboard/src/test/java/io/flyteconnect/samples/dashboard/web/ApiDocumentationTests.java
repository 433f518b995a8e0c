package io.flyteconnect.samples.dashboard.web;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.flyteconnect.samples.dashboard.Browser;
import io.flyteconnect.samples.dashboard.EmbeddedDashboard;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The API's page says what the API takes and gives.
 */
@EmbeddedDashboard
class ApiDocumentationTests {

	@Autowired
	JsonMapper json;

	@Autowired
	RequestMappingHandlerMapping requestMappingHandlerMapping;

	private Browser browser;

	private String page;

	private List<JsonNode> bodies;

	@BeforeEach
	void open(@LocalServerPort int port) throws IOException {
		this.browser = new Browser(port);
		this.page = Files.readString(Path.of("README.md"));
		this.bodies = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL)
			.matcher(this.page)
			.results()
			.map((body) -> this.json.readTree(body.group(1)))
			.toList();
	}

	@Test
	void whenARequestIsMappedThenItIsDocumented() {
		List<String> mapped = this.requestMappingHandlerMapping.getHandlerMethods()
			.keySet()
			.stream()
			.flatMap((mapping) -> mapping.getPatternValues()
				.stream()
				.filter((path) -> path.startsWith("/api/"))
				.map((path) -> mapping.getMethodsCondition().getMethods().iterator().next() + " " + path))
			.sorted()
			.toList();
		List<String> documented = Pattern.compile("^\\| `((?:GET|POST) /api/[^`]*)`", Pattern.MULTILINE)
			.matcher(this.page)
			.results()
			.map((MatchResult row) -> row.group(1))
			.sorted()
			.toList();
		assertThat(documented).isEqualTo(mapped);
	}

	@Test
	void whenTheDocumentedBodiesAreSentThenTheAnswersAreAsDocumented() {
		HttpResponse<String> launched = this.browser.postJson("/api/executions", this.bodies.get(0).toString());
		assertThat(launched.statusCode()).as(launched.body()).isEqualTo(201);
		JsonNode execution = this.json.readTree(launched.body());
		assertThat(names(execution)).isEqualTo(names(this.bodies.get(2)));
		assertThat(names(execution.get("security"))).isEqualTo(names(this.bodies.get(2).get("security")));
		String path = "/api/executions/flytesnacks/development/" + execution.get("name").asString();
		JsonNode terminated = this.json
			.readTree(this.browser.postJson(path + "/terminate", this.bodies.get(1).toString()).body());
		assertThat(terminated.get("error").asString()).endsWith("Wrong day");
		assertThat(names(this.json.readTree(this.browser.get("/api/executions").body()))).containsExactly("executions",
				"nextToken");
	}

	@Test
	void whenAnInputDoesNotFitThenTheProblemIsAsDocumented() {
		JsonNode problem = this.json.readTree(this.browser.postJson("/api/executions", """
				{"project": "flytesnacks", "domain": "development", "launchPlan": "hello_world", "inputs": {"x": 1}}""")
			.body());
		JsonNode documented = this.bodies.get(3);
		assertThat(names(documented)).isEqualTo(names(problem));
		for (String name : List.of("title", "status", "instance", "inputs")) {
			assertThat(problem.get(name)).as(name).isEqualTo(documented.get(name));
		}
	}

	private static TreeSet<String> names(JsonNode object) {
		return new TreeSet<>(object.propertyNames());
	}

}
