package io.flyteconnect.samples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import flyteidl.admin.ExecutionOuterClass.ExecutionCreateRequest;
import flyteidl.admin.ExecutionOuterClass.ExecutionSpec;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanState;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanUpdateRequest;
import flyteidl.core.Execution.ExecutionError;
import flyteidl.core.Execution.WorkflowExecution.Phase;
import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import flyteidl.core.Types.LiteralType;
import flyteidl.core.Types.SimpleType;
import flyteidl.service.AdminServiceGrpc;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The commands that act, their exit codes, and errors as JSON.
 */
class ExecutionCommandsTests {

	private static final LiteralType INTEGERS = LiteralType.newBuilder()
		.setCollectionType(LiteralType.newBuilder().setSimple(SimpleType.INTEGER))
		.build();

	private static FlyteTestServer server;

	private final StandardStreams output = new StandardStreams();

	@TempDir
	Path folder;

	@BeforeAll
	static void start() {
		server = FlyteTestServer.builder().withSampleData().start();
		server.admin()
			.launchPlan("cli", "development", "quick")
			.input("day", SimpleType.DATETIME)
			.input("days", INTEGERS, List.of())
			.input("config", SimpleType.STRUCT, Map.of())
			.input("nested", SimpleType.STRUCT, Map.of("a", List.of(Map.of("b", "it's \"so\""), true)))
			.input("zip", SimpleType.STRING, "")
			.input("nothing", SimpleType.NONE, null)
			.output("total", SimpleType.FLOAT)
			.output("rows", INTEGERS)
			.succeedsWith(Map.of("total", 12.5, "rows", List.of(1, 2)));
		Identifier slow = server.admin().launchPlan("cli", "development", "slow").id();
		Identifier nightly = server.admin().launchPlan("cli", "production", "nightly").id();
		Identifier idle = server.admin().launchPlan("cli", "development", "idle").id();
		ManagedChannel channel = NettyChannelBuilder.forTarget(server.endpoint()).usePlaintext().build();
		AdminServiceBlockingStub stub = AdminServiceGrpc.newBlockingStub(channel);
		stub.updateLaunchPlan(
				LaunchPlanUpdateRequest.newBuilder().setId(idle).setState(LaunchPlanState.INACTIVE).build());
		create(stub, slow, "shown-once");
		create(stub, nightly, "live");
		channel.shutdownNow();
	}

	private static void create(AdminServiceBlockingStub stub, Identifier plan, String name) {
		stub.createExecution(ExecutionCreateRequest.newBuilder()
			.setProject(plan.getProject())
			.setDomain(plan.getDomain())
			.setName(name)
			.setSpec(ExecutionSpec.newBuilder().setLaunchPlan(plan))
			.build());
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@AfterEach
	void release() {
		this.output.close();
	}

	@Test
	void whenLaunchedAndWaitedForThenInputsAndOutputsAreObjects() throws IOException {
		Path file = Files.writeString(this.folder.resolve("inputs.yaml"), """
				day: 2026-07-01
				days: [3, 4]
				zip: "01234"
				""");
		assertThat(cli("launch", "quick", "--inputs-file=" + file, "--input", "config={\"a\": {\"b\": [1.5]}}",
				"--input=days=[5]", "--input=nothing=null", "--wait", "--output=json"))
			.isZero();
		JsonNode answer = JsonMapper.shared().readTree(this.output.out());
		assertThat(answer.get("phase").asString()).isEqualTo("SUCCEEDED");
		assertThat(answer.get("launchPlan").asString()).isEqualTo("quick");
		assertThat(answer.get("error").isNull()).isTrue();
		assertThat(answer.get("inputs")).isEqualTo(JsonMapper.shared().readTree("""
				{"day": "2026-07-01T00:00:00Z", "days": [5], "config": {"a": {"b": [1.5]}},
				"nested": {"a": [{"b": "it's \\"so\\""}, true]}, "zip": "01234", "nothing": null}"""));
		assertThat(answer.get("outputs"))
			.isEqualTo(JsonMapper.shared().readTree("{\"total\": 12.5, \"rows\": [1, 2]}"));
	}

	@Test
	void whenOneExecutionIsAskedForThenAllOfItIsShown() {
		assertThat(cli("launch", "quick", "--input=day=" + LocalDate.EPOCH, "--name=shown")).isZero();
		this.output.clear();
		assertThat(cli("execution", "shown")).isZero();
		assertThat(this.output.out()).startsWith("NAME        shown\nPROJECT     cli\n")
			.contains("LAUNCHPLAN  quick\n", "PHASE       SUCCEEDED\n", "\"total\":12.5");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"quick --input=days=[x]|'day' of type datetime is missing|day,days",
			"quick --input=day=soon|'day' must be of type datetime, not the text \"soon\"|day",
			"quick --input=day=2026-07-01 --input=dyas=[1]|did you mean 'days'?|dyas",
			"quick --input=zzz=1 --input=days=1 --input=config={\"i\":1,\"i\":1} --input=aaa=1|(line 1)|aaa,config,day,days,zzz" })
	void whenInputsAreWrongThenTheInterfaceIsShownAndTheExitCodeIsTwo(String arguments, String message,
			String problems) {
		int launched = server.executions().all().size();
		assertThat(cli(("launch " + arguments).split(" "))).isEqualTo(2);
		assertThat(this.output.err())
			.contains(message, "days: list of integer = []",
					"nested: struct = {\"a\": [{\"b\": \"it's \\\"so\\\"\"}, true]}")
			.doesNotContain("\tat ");
		this.output.clear();
		assertThat(cli(("launch " + arguments + " --output=json").split(" "))).isEqualTo(2);
		JsonNode error = JsonMapper.shared().readTree(this.output.err()).get("error");
		assertThat(error.get("inputs").propertyNames()).containsExactly(problems.split(","));
		assertThat(error.get("exitCode").asInt()).isEqualTo(2);
		assertThat(this.output.out()).isEmpty();
		assertThat(server.executions().all()).hasSize(launched);
	}

	@Test
	void whenANumberOfAFileIsLongerThanAnyThenTheFileIsNamed() throws IOException {
		Path file = Files.writeString(this.folder.resolve("long.json"), "{\"day\":" + "9".repeat(5000) + "}");
		assertThat(cli("launch", "quick", "--inputs-file=" + file)).isEqualTo(2);
		assertThat(this.output.err()).contains("The file of inputs " + file + " is no JSON")
			.doesNotContain("Cannot invoke");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "inputs.json|{\"day\": }|is no JSON, line 1", "inputs.json|[1]|is no map",
					"inputs.yaml|a: [1|is no YAML", "absent|-|cannot be used", "inputs.yml|{a: 1, a: 2}|is no YAML",
					"inputs.json|{\"day\": 1, \"day\": 2}|is no JSON, line 1: Duplicate",
					"inputs.json|{\"config\": [{\"i\": 1, \"i\": 1}]}|is no JSON, line 1: Duplicate",
					"inputs.yaml|a: [{b: {i: 1, i: 1}}]|is no YAML" })
	void whenTheFileOfInputsIsWrongThenItIsNamed(String name, String content, String message) throws IOException {
		Path file = this.folder.resolve(name);
		if (!name.equals("absent")) {
			Files.writeString(file, content);
		}
		assertThat(cli("launch", "quick", "--inputs-file=" + file)).isEqualTo(2);
		assertThat(this.output.err()).contains(file.toString(), message).doesNotContain("\tat ");
	}

	@Test
	void whenTerminatedThenItIsAndRelaunchedUnderAnotherName() {
		assertThat(cli("launch", "slow", "--name=first")).isZero();
		assertThat(cli("terminate", "first", "--cause=wrong day")).isZero();
		assertThat(server.executions().get(id("first")).getClosure().getAbortMetadata().getCause())
			.isEqualTo("wrong day");
		assertThat(cli("relaunch", "first", "--name=second")).isZero();
		assertThat(server.executions().get(id("second")).getSpec().getMetadata().getReferenceExecution())
			.isEqualTo(id("first"));
		server.executions().complete(id("first"), Phase.ABORTED);
		this.output.clear();
		assertThat(cli("terminate", "first", "--output=json")).isEqualTo(1);
		JsonNode error = JsonMapper.shared().readTree(this.output.err()).get("error");
		assertThat(error.get("status").asString()).isEqualTo("FAILED_PRECONDITION");
	}

	@Test
	void whenAnExecutionFailsOrGoesOnThenTheExitCodeSaysSo() {
		assertThat(cli("launch", "slow", "--name=lasting")).isZero();
		this.output.clear();
		assertThat(cli("wait", "lasting", "--timeout=0s", "--output=json")).isEqualTo(6);
		assertUnfinished("lasting", "UNDEFINED");
		server.executions().fail(id("lasting"), ExecutionError.newBuilder().setMessage("no rows").build());
		this.output.clear();
		assertThat(cli("wait", "lasting", "--timeout=1m", "--output=json")).isEqualTo(5);
		JsonNode answer = JsonMapper.shared().readTree(this.output.out());
		assertThat(answer.get("phase").asString()).isEqualTo("FAILED");
		assertThat(answer.get("error").asString()).isEqualTo("no rows");
		assertThat(answer.get("outputs").isNull()).isTrue();
		this.output.clear();
		assertThat(cli("execution", "lasting")).isZero();
		assertThat(this.output.out()).contains("none, as it is FAILED: no rows");
	}

	@Test
	void whenPhasesAreNamedThenOnlyTheirExecutionsAreListed() {
		assertThat(FlyteCli
			.run(arguments("executions", "-p", "flytesnacks", "--limit=50", "--phase=failed,RUNNING", "--output=json")))
			.isZero();
		JsonNode executions = JsonMapper.shared().readTree(this.output.out());
		assertThat(executions.findValuesAsString("phase")).isNotEmpty().containsOnly("FAILED", "RUNNING");
		this.output.clear();
		assertThat(FlyteCli.run(arguments("executions", "-p", "flytesnacks", "--phase=gone"))).isEqualTo(2);
		assertThat(this.output.err()).contains("gone", "SUCCEEDED").doesNotContain("UNRECOGNIZED");
		this.output.clear();
		for (String none : List.of("UNRECOGNIZED", "accepted", "-1")) {
			assertThat(FlyteCli.run(arguments("executions", "-p", "flytesnacks", "--phase=" + none))).isEqualTo(2);
			assertThat(this.output.err()).contains("'" + none + "' is no phase; there are UNDEFINED, QUEUED, RUNNING");
		}
		assertThat(FlyteCli.run(arguments("executions", "-p", "flytesnacks", "--phase=suceeded"))).isEqualTo(2);
		assertThat(this.output.err()).contains("'suceeded' is no phase; did you mean 'SUCCEEDED'?");
		assertThat(FlyteCli.run(arguments("executions", "-p", "flytesnacks", "--phase=timed-out"))).isZero();
	}

	@Test
	void whenAnExecutionIsFreshThenItsPhaseIsOneThatCanBeAskedFor() {
		assertThat(cli("launch", "slow", "--name=fresh", "--output=json")).isZero();
		String phase = JsonMapper.shared().readTree(this.output.out()).get("phase").asString();
		this.output.clear();
		assertThat(cli("executions", "--phase=" + phase, "--output=json")).isZero();
		assertThat(JsonMapper.shared().readTree(this.output.out()).findValuesAsString("name")).contains("fresh");
	}

	@Test
	void whenSomebodyWaitsThenEachPhaseIsToldOnceButNotToAScript() {
		assertThat(cli("launch", "slow", "--name=watched")).isZero();
		assertThat(cli("wait", "watched", "--timeout=0s")).isEqualTo(6);
		assertThat(this.output.err().lines().filter("watched: UNDEFINED"::equals)).hasSize(1);
		server.executions().complete(id("watched"), Phase.ABORTED);
		this.output.clear();
		assertThat(cli("wait", "watched")).isEqualTo(5);
		assertThat(this.output.err()).isEqualToNormalizingNewlines("watched: ABORTED\n");
		this.output.clear();
		assertThat(cli("wait", "watched", "--output=json")).isEqualTo(5);
		assertThat(this.output.err()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "wait a --timeout=soon|'--timeout'|'soon' is no duration; give a number and its unit",
					"wait a --timeout=-5s|'--timeout'|'-5s' is no duration",
					"wait a --timeout=10|'--timeout'|'10' is no",
					"launch a --wait --timeout=9999999999999999999h|'--timeout'|is no duration",
					"executions --limit=many|'--limit'|'many' is no number", "executions --limit=0|'--limit'|'0' is no",
					"executions --limit=-3|'--limit'|'-3' is no number" })
	void whenTheValueOfAnOptionIsWrongThenOptionValueAndExampleAreSaid(String arguments, String option,
			String message) {
		assertThat(cli(arguments.split(" "))).isEqualTo(2);
		assertThat(this.output.err()).contains(option, message, "for example")
			.doesNotContain("ISO", "Exception", "not an int");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "executions -p flytesnaks|Flyte lists no project 'flytesnaks'; did you mean 'flytesnacks'?",
					"executions -p nonsense|Flyte lists no project 'nonsense'",
					"executions -p flytesnacks -d live|has no domain 'live'; there are development",
					"execution sample-01 -p flytesnaks|did you mean 'flytesnacks'?",
					"wait sample-01 -p flytesnaks|did you mean 'flytesnacks'?",
					"terminate sample-01 -p flytesnaks|did you mean 'flytesnacks'?",
					"relaunch sample-01 -p flytesnaks|did you mean 'flytesnacks'?",
					"launch hello_world -p flytesnaks|did you mean 'flytesnacks'?",
					"launch hello_world --version=v1 -p flytesnacks -d prodution|did you mean 'production'?; there are",
					"launch say_hello --task --version=v1 -p flytesnaks|did you mean 'flytesnacks'?" })
	void whenThePlaceIsUnknownThenEachCommandSaysSoAndTheExitCodeIsOne(String command, String message) {
		assertThat(FlyteCli.run(arguments(command.split(" ")))).isEqualTo(1);
		assertThat(this.output.err()).startsWith("The call failed: NOT_FOUND: ").contains(message);
		assertThat(this.output.err().lines()).hasSize(1);
		this.output.clear();
		assertThat(FlyteCli.run(arguments((command + " --output=json").split(" ")))).isEqualTo(1);
		assertThat(this.output.out()).isEmpty();
		JsonNode error = JsonMapper.shared().readTree(this.output.err()).get("error");
		assertThat(error.get("message").asString()).contains(message);
		assertThat(error.get("status").asString()).isEqualTo("NOT_FOUND");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"execution sample-99|There is no execution 'sample-99' in cli/development",
			"wait shwon-once|There is no execution 'shwon-once' in cli/development; did you mean 'shown-once'?",
			"terminate shown-onc|did you mean 'shown-once'?", "relaunch shownonce|did you mean 'shown-once'?",
			"terminate live|There is no execution 'live' in cli/development; there is one in the domain 'production'",
			"launch qick|There is no launch plan 'qick' in cli/development; did you mean 'quick'?",
			"launch qick --version=v1|There is no launch plan 'qick' in cli/development; did you mean 'quick'?",
			"launch nightly|There is no launch plan 'nightly' in cli/development; there is one in the domain 'production'",
			"launch quick --version=v12|The launch plan 'quick' has no version 'v12'; the newest is 'v1'",
			"launch idle|The launch plan 'idle' has no active version; name one, for example --version=v1",
			"launch quick --task --version=v1|There is no task 'quick' in cli/development" })
	void whenThereIsNoSuchThingThenWhatMayHaveBeenMeantIsSaid(String command, String message) {
		int launched = server.executions().all().size();
		assertThat(cli(command.split(" "))).isEqualTo(1);
		assertThat(this.output.err()).startsWith("The call failed: NOT_FOUND: ")
			.contains(message)
			.doesNotContain("missing entity", "project:");
		assertThat(this.output.err().lines()).hasSize(1);
		assertThat(server.executions().all()).hasSize(launched);
	}

	@Test
	void whenTheExecutionIsThereButItsDataAreNotThenItIsNotDenied() {
		assertThat(cli("launch", "slow", "--name=there")).isZero();
		this.output.clear();
		server.behaviour().failNext("GetExecutionData", 1, Status.NOT_FOUND.withDescription("data are gone"));
		assertThat(cli("execution", "there")).isEqualTo(1);
		assertThat(this.output.err()).contains("data are gone").doesNotContain("There is no execution");
	}

	@Test
	void whenSomethingFailsAfterALaunchThenTheExecutionIsNamedAllTheSame() {
		server.behaviour().failNext("GetExecution", 1, Status.PERMISSION_DENIED.withDescription("not you"));
		assertThat(cli("launch", "slow", "--name=named", "--output=json")).isEqualTo(1);
		JsonNode error = JsonMapper.shared().readTree(this.output.err()).get("error");
		assertThat(error.get("execution")).isEqualTo(JsonMapper.shared()
			.readTree("{\"project\": \"cli\", \"domain\": \"development\", \"name\": \"named\"}"));
		this.output.clear();
		server.behaviour().failNext("GetExecution", 1, Status.PERMISSION_DENIED.withDescription("not you"));
		assertThat(cli("relaunch", "named", "--name=again", "--wait")).isEqualTo(1);
		assertThat(this.output.err())
			.contains("not you; execution cli/development/again has been launched, and goes on");
	}

	@ParameterizedTest
	@ValueSource(strings = { "launch slow --wait", "relaunch unended --wait", "wait unended" })
	void whenTheTimeIsOverThenTheExecutionIsShownAndTheErrorNamesIt(String command) {
		if (server.executions().all().stream().noneMatch((each) -> each.getId().equals(id("unended")))) {
			cli("launch", "slow", "--name=unended");
		}
		this.output.clear();
		assertThat(cli((command + " --timeout=0s --output=json").split(" "))).isEqualTo(6);
		String name = JsonMapper.shared().readTree(this.output.out()).get("name").asString();
		assertUnfinished(name, "UNDEFINED");
		this.output.clear();
		assertThat(cli((command + " --timeout=0s").split(" "))).isEqualTo(6);
		assertThat(this.output.out()).startsWith("NAME").contains("PHASE       UNDEFINED");
		assertThat(this.output.err()).contains("has not ended");
	}

	@Test
	void whenFlyteDoesNotAnswerWhileItIsWaitedForThenTheErrorNamesTheExecution() {
		server.behaviour().failNext("GetExecution", 50, Status.UNAVAILABLE.withDescription("away"));
		assertThat(cli("launch", "slow", "--name=unseen", "--wait", "--timeout=0s", "--output=json",
				"--flyte.channel.max-retries=0"))
			.isEqualTo(6);
		server.behaviour().reset();
		assertThat(this.output.out()).isEmpty();
		assertThat(JsonMapper.shared().readTree(this.output.err()).get("error").get("execution").get("name").asString())
			.isEqualTo("unseen");
	}

	private void assertUnfinished(String name, String phase) {
		JsonNode execution = JsonMapper.shared().readTree(this.output.out());
		assertThat(execution.get("name").asString()).isEqualTo(name);
		assertThat(execution.get("phase").asString()).isEqualTo(phase);
		assertThat(execution.has("inputs")).isTrue();
		JsonNode error = JsonMapper.shared().readTree(this.output.err()).get("error");
		assertThat(error.get("message").asString()).contains("has not ended", "it was last seen " + phase);
		assertThat(error.get("exitCode").asInt()).isEqualTo(6);
		assertThat(error.get("execution").get("project").asString()).isEqualTo("cli");
		assertThat(error.get("execution").get("domain").asString()).isEqualTo("development");
		assertThat(error.get("execution").get("name").asString()).isEqualTo(name);
	}

	@Test
	void whenNothingIsListedInAKnownPlaceThenNothingIsSaid() {
		assertThat(FlyteCli.run(arguments("executions", "-p", "flytesnacks", "--phase=aborting"))).isZero();
		assertThat(this.output.err()).isEmpty();
	}

	@Test
	void whenThereAreWarningsThenTheStandardErrorIsOneObjectOfJson() throws IOException {
		Path file = Files.writeString(this.folder.resolve("typo.config"), "[platform]\nurll = x\ninsecure = true\n");
		String[] warned = { "--flyte.config-file=" + file, "--flyte.platfrom.url=x" };
		assertThat(FlyteCli.run("config", "--output=json", warned[0], warned[1])).isZero();
		JsonNode warnings = JsonMapper.shared().readTree(this.output.err()).get("warnings");
		assertThat(warnings.toString()).contains("flyte.platfrom.url", "urll (line 2",
				"goes to localhost:30080, the default", "names no endpoint");
		this.output.clear();
		server.behaviour().failNext("GetVersion", 1, Status.PERMISSION_DENIED.withDescription("not you"));
		assertThat(FlyteCli.run(arguments("version", "--output=json", warned[1]))).isEqualTo(1);
		JsonNode failed = JsonMapper.shared().readTree(this.output.err());
		assertThat(failed.get("error").get("message").asString()).contains("not you");
		assertThat(failed.get("warnings").toString()).contains("flyte.platfrom.url");
		this.output.clear();
		assertThat(FlyteCli.run("config", warned[0])).isZero();
		assertThat(this.output.err()).containsOnlyOnce("names no endpoint");
	}

	@Test
	void whenProjectsAreListedAsJsonThenDomainsAreAnArray() {
		assertThat(FlyteCli.run(arguments("projects", "--output=json"))).isZero();
		JsonNode project = JsonMapper.shared().readTree(this.output.out()).get(0);
		assertThat(project.get("domains").isArray()).isTrue();
		assertThat(project.get("domains").get(0).asString()).isEqualTo("development");
	}

	@Test
	void whenSomethingFailsThenTheErrorIsJsonAsWell() {
		server.behaviour().failNext("GetVersion", 1, Status.PERMISSION_DENIED.withDescription("not you"));
		assertThat(FlyteCli.run(arguments("version", "--output=json"))).isEqualTo(1);
		JsonNode call = JsonMapper.shared().readTree(this.output.err()).get("error");
		assertThat(call.get("status").asString()).isEqualTo("PERMISSION_DENIED");
		assertThat(call.get("message").asString()).contains("not you");
		this.output.clear();
		assertThat(
				FlyteCli.run("version", "--output=json", "--flyte.config-file=none", "--flyte.platform.insecure=maybe"))
			.isEqualTo(3);
		JsonNode configuration = JsonMapper.shared().readTree(this.output.err()).get("error");
		assertThat(configuration.get("message").asString()).isEqualTo("'maybe' is neither true nor false.");
		assertThat(configuration.get("property").asString()).isEqualTo("flyte.platform.insecure");
		assertThat(configuration.get("origin").asString()).contains("commandLineArgs");
		assertThat(configuration.get("action").asString()).startsWith("Set flyte.platform.insecure to true or false");
		this.output.clear();
		assertThat(FlyteCli.run("launch", "--output", "json")).isEqualTo(2);
		JsonNode usage = JsonMapper.shared().readTree(this.output.err()).get("error");
		assertThat(usage.get("message").asString()).contains("--project");
		assertThat(this.output.out()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', value = {
			"--flyte.channel.deadline=soon|'soon' is no duration.|flyte.channel.deadline|Set flyte.channel.deadline",
			"--flyte.credentials.auth-mode=kerberos|'kerberos' is no mode of login.|flyte.credentials.auth-mode|Set",
			"--flyte.platform.url=host/path|an endpoint has no path|flyte.platform.url|Set flyte.platform.url",
			"--flyte.enabled=perhaps|'perhaps' is neither true nor false.|flyte.enabled|Set flyte.enabled",
			"--flyte.api-key=bm90LWEta2V5|The API key cannot be read|flyte.api-key|Set flyte.api-key" })
	void whenConfigurationIsWrongThenTheJsonSaysWhatWhereAndWhatToDo(String argument, String message, String property,
			String action) {
		assertThat(FlyteCli.run("version", "--output=json", "--flyte.config-file=none", argument)).isEqualTo(3);
		assertThat(this.output.err()).startsWith("{")
			.doesNotContain("APPLICATION FAILED", "****", "Description:", "Exception", "bm90LWEta2V5");
		JsonNode error = JsonMapper.shared().readTree(this.output.err()).get("error");
		assertThat(error.get("message").asString()).contains(message).doesNotContain("\n");
		assertThat(error.get("property").asString()).isEqualTo(property);
		assertThat(error.get("origin").asString()).contains(property);
		assertThat(error.get("action").asString()).startsWith(action);
		assertThat(error.get("exitCode").asInt()).isEqualTo(3);
	}

	@Test
	void whenTheFileIsWrongThenTheJsonNamesItsLine(@TempDir Path folder) throws Exception {
		Path file = Files.writeString(folder.resolve("config.yaml"), "admin:\n  endpoint: [unclosed\n");
		assertThat(FlyteCli.run("version", "--output=json", "--flyte.config-file=" + file)).isEqualTo(3);
		JsonNode error = JsonMapper.shared().readTree(this.output.err()).get("error");
		assertThat(error.get("message").asString()).startsWith("The file is no valid YAML document");
		assertThat(error.get("origin").asString()).isEqualTo(file + ":3:1");
		assertThat(error.get("action").asString()).contains("flyte.config-file");
	}

	@Test
	void whenSpringItselfDoesNotStartThenTheJsonHasNoBannerEither() {
		assertThat(FlyteCli.run("version", "--output=json", "--flyte.config-file=none",
				"--spring.main.web-application-type=nonsense"))
			.isEqualTo(3);
		assertThat(this.output.err()).doesNotContain("APPLICATION FAILED", "****", "\tat ");
		assertThat(JsonMapper.shared().readTree(this.output.err()).get("error").get("message").asString()).isNotBlank();
	}

	private static WorkflowExecutionIdentifier id(String name) {
		return WorkflowExecutionIdentifier.newBuilder()
			.setProject("cli")
			.setDomain("development")
			.setName(name)
			.build();
	}

	private int cli(String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.add("--project=cli");
		return FlyteCli.run(arguments(all.toArray(String[]::new)));
	}

	private static String[] arguments(String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		server.properties().forEach((name, value) -> all.add("--" + name + "=" + value));
		return all.toArray(String[]::new);
	}

}
