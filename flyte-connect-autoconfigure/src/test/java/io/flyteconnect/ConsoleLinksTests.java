package io.flyteconnect;

import java.net.URI;

import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.IdentifierOuterClass.ResourceType;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ConsoleLinksTests {

	private static final String CONSOLE = "https://flyte.example.com/console";

	private final ConsoleLinks links = new ConsoleLinks(URI.create(CONSOLE));

	@Test
	void whenExecutionIsGivenThenLinkLeadsToItsPage() {
		assertThat(this.links.execution(execution("flytesnacks", "development", "f1a2b3")))
			.hasToString(CONSOLE + "/projects/flytesnacks/domains/development/executions/f1a2b3");
	}

	@ParameterizedTest
	@CsvSource({ "WORKFLOW,workflows", "TASK,tasks", "LAUNCH_PLAN,launchPlans" })
	void whenResourceIsGivenThenLinkLeadsToThePageOfItsKind(ResourceType type, String kind) {
		Identifier id = resource(type).setVersion("v1").build();
		assertThat(this.links.resource(id))
			.hasToString(CONSOLE + "/projects/flytesnacks/domains/production/" + kind + "/my.wf/version/v1");
	}

	@Test
	void whenResourceHasNoVersionThenLinkLeadsToAllOfThem() {
		assertThat(this.links.resource(resource(ResourceType.WORKFLOW).build()))
			.hasToString(CONSOLE + "/projects/flytesnacks/domains/production/workflows/my.wf")
			.isEqualTo(this.links.workflow("flytesnacks", "production", "my.wf"));
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "WORKFLOW", "TASK", "LAUNCH_PLAN", "UNRECOGNIZED" })
	void whenTheConsoleHasNoPageThenTheErrorSaysForWhat(ResourceType type) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.links.resource(resource(type).build()))
			.withMessageContaining(type.name());
	}

	@Test
	void whenNamesHoldWhatUrlsCannotThenItIsEncoded() {
		assertThat(this.links.execution(execution("a b", "ü/x", "q?r#s%20{t}")))
			.hasToString(CONSOLE + "/projects/a%20b/domains/%C3%BC%2Fx/executions/q%3Fr%23s%2520%7Bt%7D");
	}

	@ParameterizedTest
	@CsvSource({ "https://flyte.example.com,https://flyte.example.com/projects/",
			"https://flyte.example.com/,https://flyte.example.com/projects/",
			"http://localhost:30080/console/,http://localhost:30080/console/projects/",
			"https://flyte.example.com/a%20b,https://flyte.example.com/a%20b/projects/",
			"https://flyte.example.com/c?tenant=a%20b,https://flyte.example.com/c/projects/" })
	void whenTheAddressOfTheConsoleIsGivenInAnyFormThenPagesAreBelowIt(URI console, String start) {
		assertThat(new ConsoleLinks(console).workflow("p", "d", "w").toString()).startsWith(start + "p/domains/d/");
	}

	private static WorkflowExecutionIdentifier execution(String project, String domain, String name) {
		return WorkflowExecutionIdentifier.newBuilder().setProject(project).setDomain(domain).setName(name).build();
	}

	private static Identifier.Builder resource(ResourceType type) {
		return Identifier.newBuilder()
			.setResourceType(type)
			.setProject("flytesnacks")
			.setDomain("production")
			.setName("my.wf");
	}

}
