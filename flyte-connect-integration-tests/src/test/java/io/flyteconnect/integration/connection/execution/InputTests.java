package io.flyteconnect.integration.connection.execution;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

import flyteidl.admin.TaskOuterClass.TaskCreateRequest;
import flyteidl.core.Execution.ExecutionError;
import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.IdentifierOuterClass.ResourceType;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import flyteidl.core.Interface.Variable;
import flyteidl.core.Literals.LiteralMap;
import flyteidl.core.Types.EnumType;
import flyteidl.core.Types.LiteralType;
import flyteidl.core.Types.SimpleType;
import flyteidl.core.Types.UnionType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.execution.InvalidInputsException;
import io.flyteconnect.execution.LaunchRequest;
import io.flyteconnect.literal.FlyteLiterals;
import io.flyteconnect.literal.FlyteValues;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Inputs and outputs as Java values, over the wire.
 */
class InputTests {

	private static final LiteralType INTEGERS = LiteralType.newBuilder()
		.setCollectionType(type(SimpleType.INTEGER))
		.build();

	private static FlyteTestServer server;

	private static FlyteConnection connection;

	private static FlyteExecutions executions;

	@BeforeAll
	static void start() {
		server = FlyteTestServer.builder().clientCredentials("inputs", "secret").start();
		connection = new FlyteConnectionFactory().create(PlatformConfig.builder()
			.endpoint(server.endpoint())
			.insecure(true)
			.clientCredentials("inputs", "secret")
			.build());
		executions = new FlyteExecutions(connection);
		server.admin()
			.launchPlan("p", "development", "plan")
			.input("day", SimpleType.DATETIME)
			.input("horizon", SimpleType.INTEGER, 7)
			.input("note", nullable(SimpleType.STRING), null)
			.input("speed", enumeration("MONDAY", "fast"), "fast")
			.input("days", INTEGERS, List.of(1))
			.input("config", SimpleType.STRUCT, Map.of())
			.fixedInput("region", "eu")
			.output("total", SimpleType.FLOAT)
			.output("rows", INTEGERS);
	}

	@AfterAll
	static void stop() {
		connection.close();
		server.close();
	}

	@BeforeEach
	void forget() {
		server.calls().clear();
	}

	@Test
	void whenInputsFitThenTheExecutionHasThemBesideDefaultsAndFixedOnes() {
		Map<String, Object> inputs = new LinkedHashMap<>();
		inputs.put("day", LocalDate.of(2026, 7, 1));
		inputs.put("note", null);
		inputs.put("speed", DayOfWeek.MONDAY);
		inputs.put("days", new int[] { 3, 4 });
		inputs.put("config", new Config("a", 3));
		WorkflowExecutionIdentifier id = executions.launch(plan("").inputs(inputs).build());
		FlyteValues read = executions.inputs(id);
		assertThat(read).containsEntry("day", Instant.parse("2026-07-01T00:00:00Z"))
			.containsEntry("horizon", 7L)
			.containsEntry("note", null)
			.containsEntry("speed", "MONDAY")
			.containsEntry("days", List.of(3L, 4L))
			.containsEntry("config", Map.of("name", "a", "size", 3L))
			.containsEntry("region", "eu")
			.hasSize(7);
		assertThat(read.get("day", LocalDate.class)).isEqualTo(LocalDate.of(2026, 7, 1));
		assertThat(read.get("horizon", int.class)).isEqualTo(7);
		assertThat(read.get("speed", DayOfWeek.class)).isEqualTo(DayOfWeek.MONDAY);
		assertThat(read.get("config", Config.class)).isEqualTo(new Config("a", 3));
	}

	@Test
	void whenInputsDoNotFitThenAllThatIsWrongIsSaidAtOnceAndNothingIsLaunched() {
		assertThatExceptionOfType(InvalidInputsException.class)
			.isThrownBy(() -> executions.launch(plan("v1")
				.inputs(Map.of("horizon", 1.5, "days", List.of(1, "x"), "Hori-zon", 2, "region", "us", "sped", "fast"))
				.build()))
			.withMessage(
					"""
							Launch plan p/development/plan cannot be launched with these inputs:
							- there is no input 'Hori-zon'; did you mean 'horizon'?
							- 'day' of type datetime is missing
							- 'days' at [1] must be of type integer, not the text "x"
							- 'horizon' must be of type integer, not Double 1.5: a whole number from -9223372036854775808 to 9223372036854775807
							- 'region' is set by the launch plan, and cannot be set by a launch
							- there is no input 'sped'; did you mean 'speed'?
							Its inputs (version v1):
							  config: struct = {}
							  day: datetime (required)
							  days: list of integer = [1]
							  horizon: integer = 7
							  note: string or none = null
							  region: string = "eu" (set by the launch plan)
							  speed: enum [MONDAY, fast] = "fast\"""")
			.satisfies((ex) -> assertThat(ex.getProblems().keySet()).containsExactly("Hori-zon", "day", "days",
					"horizon", "region", "sped"));
		assertThat(server.calls().count("CreateExecution")).isZero();
	}

	@Test
	void whenNothingIsGivenThenWhatIsMissingIsNamed() {
		for (String version : List.of("", "v1")) {
			assertThatExceptionOfType(InvalidInputsException.class)
				.isThrownBy(() -> executions.launch(plan(version).build()))
				.withMessageContaining("'day' of type datetime is missing")
				.withMessageContaining("Its inputs (version v1):");
		}
		assertThatExceptionOfType(InvalidInputsException.class)
			.isThrownBy(() -> executions.launch(plan("").input("day", null).build()))
			.withMessageContaining("'day' must be of type datetime, not null");
	}

	@Test
	void whenInputsAreLiteralsThenTheyAreSentAsTheyAre() {
		LiteralMap literals = LiteralMap.newBuilder()
			.putLiterals("day", FlyteLiterals.toLiteral(Instant.EPOCH))
			.build();
		WorkflowExecutionIdentifier id = executions.launch(plan("v1").inputs(literals).build());
		assertThat(executions.inputs(id)).containsEntry("day", Instant.EPOCH);
		LiteralMap others = LiteralMap.newBuilder().putLiterals("horizon", FlyteLiterals.toLiteral(1)).build();
		assertThatExceptionOfType(InvalidInputsException.class)
			.isThrownBy(() -> executions.launch(plan("v1").inputs(others).build()))
			.withMessageContaining("'day' of type datetime is missing");
		WorkflowExecutionIdentifier both = executions.launch(plan("v1").inputs(literals).input("horizon", "9").build());
		assertThat(executions.inputs(both)).containsEntry("day", Instant.EPOCH).containsEntry("horizon", 9L);
		WorkflowExecutionIdentifier later = executions
			.launch(plan("").inputs(literals).input("day", Instant.EPOCH.plusSeconds(1)).build());
		assertThat(executions.inputs(later)).containsEntry("day", Instant.EPOCH.plusSeconds(1));
	}

	@Test
	void whenTheExecutionSucceedsThenItsOutputsAreJavaValues() {
		WorkflowExecutionIdentifier id = executions.launch(plan("").input("day", Instant.EPOCH).build());
		assertThat(executions.outputs(id)).isEmpty();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> server.executions().succeed(id, Map.of("total", "much", "rows", List.of())))
			.withMessage("The output 'total' must be of type float, not the text \"much\"");
		assertThatIllegalArgumentException().isThrownBy(() -> server.executions().succeed(id, Map.of("total", 1)))
			.withMessage("The output 'rows' is missing");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> server.executions().succeed(id, Map.of("total", 1, "rows", List.of(), "more", 1)))
			.withMessage("There is no output 'more' of the launch plan; it has [rows, total]");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> server.executions().succeed(id, Map.of("total", 1, "rows", List.of(), "Row-s", 1)))
			.withMessage("There is no output 'Row-s' of the launch plan; did you mean 'rows'?; it has [rows, total]");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> server.executions().succeed(id, Map.of("totl", 1, "rows", List.of())))
			.withMessage("The output 'total' is missing, and there is no output 'totl'; did you mean 'total'?");
		server.executions().succeed(id, Map.of("total", 12, "rows", Arrays.asList(1, 2)));
		FlyteValues outputs = executions.outputs(id);
		assertThat(outputs).isEqualTo(Map.of("total", 12.0, "rows", List.of(1L, 2L)));
		assertThat(outputs.as(Result.class)).isEqualTo(new Result(12.0, List.of(1, 2)));
		assertThatIllegalArgumentException().isThrownBy(() -> outputs.get("rows", LocalDate.class))
			.withMessageStartingWith("The value 'rows' is a list of 2 elements, which is no java.time.LocalDate");
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> outputs.get("sum", Double.class))
			.withMessageContaining("There is no value 'sum'; there are [");
	}

	@Test
	void whenTheExecutionHasNotSucceededThenItsOutputsSayPhaseAndError() {
		WorkflowExecutionIdentifier id = executions.launch(plan("").input("day", Instant.EPOCH).build());
		String name = "execution p/development/" + id.getName();
		assertThatExceptionOfType(NoSuchElementException.class)
			.isThrownBy(() -> executions.outputs(id).get("total", Double.class))
			.withMessageMatching("There is no value 'total': " + name + " is (UNDEFINED|QUEUED|RUNNING)");
		server.executions().fail(id, ExecutionError.newBuilder().setMessage("no\nrows").build());
		FlyteValues outputs = executions.outputs(id);
		assertThat(outputs).isEmpty();
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> outputs.get("total", Double.class))
			.withMessage("There is no value 'total': " + name + " is FAILED: no rows");
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> outputs.as(Result.class))
			.withMessage("There are no values: " + name + " is FAILED: no rows");
	}

	@Test
	void whenATaskIsLaunchedThenItsInputsAreChecked() {
		Identifier task = Identifier.newBuilder()
			.setResourceType(ResourceType.TASK)
			.setProject("p")
			.setDomain("development")
			.setName("task")
			.setVersion("v1")
			.build();
		TaskCreateRequest.Builder request = TaskCreateRequest.newBuilder().setId(task);
		request.getSpecBuilder()
			.getTemplateBuilder()
			.getInterfaceBuilder()
			.getInputsBuilder()
			.putVariables("n", Variable.newBuilder().setType(type(SimpleType.INTEGER)).build());
		connection.admin().blocking().createTask(request.build());
		assertThatExceptionOfType(InvalidInputsException.class)
			.isThrownBy(() -> executions.launch(LaunchRequest.of(task).build()))
			.withMessageContaining("'n' of type integer is missing");
		assertThat(server.calls().count("CreateExecution")).isZero();
		assertThatExceptionOfType(InvalidInputsException.class)
			.isThrownBy(() -> executions.launch(LaunchRequest.of(task).input("m", 1).build()))
			.withMessageContaining("Task p/development/task cannot be launched")
			.withMessageContaining("'n' of type integer is missing");
		assertThat(executions.inputs(executions.launch(LaunchRequest.of(task).input("n", 1).build())))
			.isEqualTo(Map.of("n", 1L));
	}

	@Test
	void whenDataIsTooLargeForAnAnswerThenItIsFetchedFromTheObjectStoreWithoutAToken() {
		WorkflowExecutionIdentifier id = executions.launch(plan("").input("day", Instant.EPOCH).build());
		server.executions().succeed(id, Map.of("total", 1, "rows", List.of(7)));
		server.admin().limitInlineData(1);
		try {
			assertThat(executions.inputs(id)).containsEntry("day", Instant.EPOCH);
			assertThat(executions.outputs(id)).containsEntry("rows", List.of(7L));
			assertThat(executions.outputs(executions.launch(plan("").input("day", Instant.EPOCH).build()))).isEmpty();
		}
		finally {
			server.admin().limitInlineData(Integer.MAX_VALUE);
		}
	}

	private static LaunchRequest.Builder plan(String version) {
		return LaunchRequest.launchPlan("p", "development", "plan", version);
	}

	private static LiteralType type(SimpleType type) {
		return LiteralType.newBuilder().setSimple(type).build();
	}

	private static LiteralType nullable(SimpleType type) {
		return LiteralType.newBuilder()
			.setUnionType(UnionType.newBuilder().addVariants(type(type)).addVariants(type(SimpleType.NONE)))
			.build();
	}

	private static LiteralType enumeration(String... values) {
		return LiteralType.newBuilder().setEnumType(EnumType.newBuilder().addAllValues(List.of(values))).build();
	}

	record Config(String name, int size) {
	}

	record Result(double total, List<Integer> rows) {
	}

}
