package io.flyteconnect.test.admin;

import java.util.List;
import java.util.Objects;

import com.google.protobuf.InvalidProtocolBufferException;
import flyteidl.admin.Common.ResourceListRequest;
import flyteidl.admin.Common.Sort;
import flyteidl.admin.Event.EventFailureReason;
import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.admin.ExecutionOuterClass.ExecutionCreateRequest;
import flyteidl.admin.ExecutionOuterClass.ExecutionList;
import flyteidl.admin.ExecutionOuterClass.ExecutionMetadata;
import flyteidl.admin.ExecutionOuterClass.ExecutionRelaunchRequest;
import flyteidl.admin.ExecutionOuterClass.ExecutionState;
import flyteidl.admin.ExecutionOuterClass.ExecutionTerminateRequest;
import flyteidl.admin.ExecutionOuterClass.ExecutionUpdateRequest;
import flyteidl.admin.ExecutionOuterClass.WorkflowExecutionGetDataRequest;
import flyteidl.admin.ExecutionOuterClass.WorkflowExecutionGetDataResponse;
import flyteidl.admin.ExecutionOuterClass.WorkflowExecutionGetRequest;
import flyteidl.core.Execution.ExecutionError;
import flyteidl.core.Execution.WorkflowExecution.Phase;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import flyteidl.core.Literals.LiteralMap;
import flyteidl.core.Security.Identity;
import flyteidl.core.Security.SecurityContext;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.flyteconnect.test.TestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the executions of the test server.
 */
class ExecutionTests extends AdminFixture {

	@BeforeEach
	void plan() {
		createPlan("wf", "1");
	}

	@Test
	void whenLaunchedThenSpecIsKeptAndInputsAreComputed() {
		SecurityContext context = SecurityContext.newBuilder()
			.setRunAs(Identity.newBuilder().setK8SServiceAccount("robot"))
			.build();
		ExecutionCreateRequest.Builder request = execution("e1", "wf");
		request.getSpecBuilder().setSecurityContext(context);
		WorkflowExecutionIdentifier id = this.admin.createExecution(request.build()).getId();
		Execution execution = get(id);
		assertThat(execution.getSpec().getSecurityContext()).isEqualTo(context);
		assertThat(execution.getClosure().getPhase()).isEqualTo(Phase.UNDEFINED);
		assertThat(execution.getClosure().getWorkflowId().getName()).isEqualTo("wf");
		assertThat(data(id).getFullInputs().getLiteralsMap()).containsEntry("needed", number(1))
			.containsEntry("optional", number(7));
	}

	@Test
	void whenNameIsAbsentThenOneIsMadeAndWhenItIsTakenThenAlreadyExists() {
		assertThat(launch("").getName()).matches("a[a-z0-9]{19}");
		launch("mine");
		assertThat(TestClient.status(() -> launch("mine")).getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
	}

	@Test
	void whenRequestIsNotValidThenFlyteAdminsMessage() {
		assertThat(message(execution("9bad", "wf")))
			.isEqualTo("invalid name format: 9bad, does not match regex '^[a-z][a-z\\-0-9]*$'");
		assertThat(message(execution("a".repeat(64), "wf"))).startsWith("size of name exceeded length 63");
		assertThat(message(execution("e", "wf").clearProject())).isEqualTo("missing project");
		assertThat(message(execution("e", "wf").setDomain("nowhere")))
			.isEqualTo("domain [nowhere] is unrecognized by system");
		assertThat(message(execution("e", "wf").setProject("none")))
			.startsWith("failed to validate that project [none]");
		assertThat(message(execution("e", "wf").clearSpec())).isEqualTo("missing spec");
		assertThat(message(execution("e", "wf").clearInputs())).isEqualTo("expected_inputs needed missing");
		ExecutionCreateRequest.Builder unknown = execution("e", "wf");
		unknown.getInputsBuilder().putLiterals("other", number(1));
		assertThat(message(unknown)).isEqualTo("invalid input other");
	}

	@Test
	void whenLaunchPlanIsUnknownThenNotFound() {
		assertThat(TestClient.status(() -> this.admin.createExecution(execution("e", "none").build())).getCode())
			.isEqualTo(Status.Code.NOT_FOUND);
	}

	@Test
	void whenTestDrivesThePhasesThenTimesFollow() throws Exception {
		WorkflowExecutionIdentifier id = launch("e");
		this.server.executions().run(id);
		assertThat(get(id).getClosure().hasStartedAt()).isTrue();
		assertThat(get(id).getClosure().hasDuration()).isFalse();
		Thread.sleep(20);
		this.server.executions().succeed(id, LiteralMap.newBuilder().putLiterals("o0", number(3)).build());
		assertThat(get(id).getClosure().getPhase()).isEqualTo(Phase.SUCCEEDED);
		assertThat(Times.duration(get(id).getClosure().getDuration()).toMillis()).isBetween(1L, 60_000L);
		assertThat(data(id).getFullOutputs().getLiteralsMap()).containsEntry("o0", number(3));
		assertThat(TestClient.status(() -> this.server.executions().complete(id, Phase.RUNNING)).getDescription())
			.startsWith("Invalid phase change from SUCCEEDED to RUNNING");
	}

	@Test
	void whenExecutionFailsThenErrorIsKept() {
		WorkflowExecutionIdentifier id = launch("e");
		this.server.executions().fail(id, ExecutionError.newBuilder().setCode("USER:X").setMessage("broken").build());
		assertThat(get(id).getClosure().getError().getMessage()).isEqualTo("broken");
		assertThat(names("eq(error_code,USER:X)")).containsExactly("e");
		assertThat(names("ne(error_code,USER:X)")).isEmpty();
		WorkflowExecutionIdentifier inWords = launch("w");
		this.server.executions().fail(inWords, "no rows");
		assertThat(get(inWords).getClosure().getError()).isEqualTo(ExecutionError.newBuilder()
			.setKind(ExecutionError.ErrorKind.USER)
			.setCode("USER")
			.setMessage("no rows")
			.build());
	}

	@Test
	void whenTerminatedThenAbortingAndAfterItsEndNotAgain() throws InvalidProtocolBufferException {
		WorkflowExecutionIdentifier id = launch("e");
		ExecutionTerminateRequest request = ExecutionTerminateRequest.newBuilder().setId(id).setCause("enough").build();
		this.admin.terminateExecution(request);
		assertThat(get(id).getClosure().getPhase()).isEqualTo(Phase.ABORTING);
		assertThat(get(id).getClosure().getAbortMetadata().getCause()).isEqualTo("enough");
		this.server.executions().complete(id, Phase.ABORTED);
		StatusRuntimeException error = TestClient.error(() -> this.admin.terminateExecution(request));
		assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
		assertThat(error.getStatus().getDescription())
			.isEqualTo("Cannot abort an already terminated workflow execution");
		assertThat(Objects.requireNonNull(StatusProto.fromThrowable(error))
			.getDetails(0)
			.unpack(EventFailureReason.class)
			.getAlreadyInTerminalState()
			.getCurrentPhase()).isEqualTo("ABORTED");
		WorkflowExecutionIdentifier unknown = id.toBuilder().setName("unknown").build();
		assertThat(TestClient
			.status(() -> this.admin.terminateExecution(ExecutionTerminateRequest.newBuilder().setId(unknown).build()))
			.getCode()).isEqualTo(Status.Code.NOT_FOUND);
	}

	@Test
	void whenRelaunchedThenNewOneRefersToTheOld() {
		WorkflowExecutionIdentifier old = launch("old");
		WorkflowExecutionIdentifier id = this.admin
			.relaunchExecution(ExecutionRelaunchRequest.newBuilder().setId(old).setName("new").build())
			.getId();
		assertThat(get(id).getSpec().getMetadata().getMode()).isEqualTo(ExecutionMetadata.ExecutionMode.RELAUNCH);
		assertThat(get(id).getSpec().getMetadata().getReferenceExecution()).isEqualTo(old);
		assertThat(data(id).getFullInputs()).isEqualTo(data(old).getFullInputs());
	}

	@Test
	void whenArchivedThenStateIsKept() {
		WorkflowExecutionIdentifier id = launch("e");
		this.admin.updateExecution(
				ExecutionUpdateRequest.newBuilder().setId(id).setState(ExecutionState.EXECUTION_ARCHIVED).build());
		assertThat(get(id).getClosure().getStateChangeDetails().getState())
			.isEqualTo(ExecutionState.EXECUTION_ARCHIVED);
		assertThat(names("eq(state,1)")).containsExactly("e");
	}

	@Test
	void whenFilteredThenEachFunctionDoesWhatFlyteAdminDoes() throws Exception {
		createPlan("other", "1");
		launch("a1");
		launch("a2");
		WorkflowExecutionIdentifier a1 = this.server.executions().all().get(0).getId();
		this.server.executions().run(a1);
		Thread.sleep(5);
		this.admin.createExecution(execution("b1", "other").build());
		this.server.executions().complete(a1, Phase.FAILED);
		String created = Times.instant(get(a1.toBuilder().setName("b1").build()).getClosure().getCreatedAt())
			.toString();
		assertThat(names("eq(phase,FAILED)")).containsExactly("a1");
		assertThat(names("ne(phase,FAILED)")).containsExactly("a2", "b1");
		assertThat(names("contains(execution_name,a)")).containsExactly("a1", "a2");
		assertThat(names("not_like(execution_name,a1)")).containsExactly("a2", "b1");
		assertThat(names("value_in(execution_name,a1;b1)")).containsExactly("a1", "b1");
		assertThat(names("value_not_in(execution_name,a1;b1)")).containsExactly("a2");
		assertThat(names("eq(launch_plan.name,other)")).containsExactly("b1");
		assertThat(names("eq(execution.phase,FAILED)")).containsExactly("a1");
		assertThat(names("lt(execution_created_at," + created + ")")).containsExactly("a1", "a2");
		assertThat(names("gte(execution_created_at, " + created + ")")).containsExactly("b1");
		assertThat(names("gt(execution_created_at," + created + ")")).isEmpty();
		assertThat(names("lte(duration,1h)")).containsExactly("a1");
		assertThat(names("gt(duration,0.0)+eq(workflow.name,wf)")).containsExactly("a1");
		assertThat(names("contains(execution_name,a)+ne(phase,FAILED)")).containsExactly("a2");
	}

	@Test
	void whenFilterIsNotValidThenFlyteAdminsMessage() {
		assertThat(listError("phase=FAILED")).isEqualTo("invalid value for filters");
		assertThat(listError("eq(phase,FAILED)+")).isEqualTo("invalid value for filters");
		assertThat(listError("like(phase,FAILED)")).isEqualTo("unrecognized filter function: like");
		assertThat(listError("eq(nothing,1)")).isEqualTo("'execution.nothing' is invalid filter");
		assertThat(listError("eq(workflow.nothing,1)")).isEqualTo("'workflow.nothing' is invalid filter");
		assertThat(listError("gt(started_at,yesterday)"))
			.isEqualTo("Timestamp yesterday must conform to RFC3339 Nano spec");
		assertThat(listError("gt(duration,long)")).isEqualTo("Failed to parse duration [long]");
	}

	@Test
	void whenSortedAndPagedThenTokensLeadThroughAll() {
		for (String name : List.of("c", "a", "d", "b", "e")) {
			launch(name);
		}
		Sort descending = Sort.newBuilder().setKey("execution_name").build();
		ResourceListRequest.Builder request = list("p", "development").setLimit(2).setSortBy(descending);
		StringBuilder seen = new StringBuilder();
		ExecutionList page;
		do {
			page = this.admin.listExecutions(request.build());
			page.getExecutionsList().forEach((execution) -> seen.append(execution.getId().getName()));
			seen.append('|');
			request.setToken(page.getToken());
		}
		while (!page.getToken().isEmpty());
		assertThat(seen).hasToString("ed|cb|a|");
		assertThat(TestClient
			.status(() -> this.admin
				.listExecutions(list("p", "development").setSortBy(Sort.newBuilder().setKey("nothing")).build()))
			.getDescription()).isEqualTo("invalid sort key 'nothing'");
	}

	@Test
	void whenSortedByATimeThatIsMissingThenThoseComeLastAscending() {
		WorkflowExecutionIdentifier waiting = launch("waiting");
		WorkflowExecutionIdentifier started = launch("started");
		this.server.executions().run(started);
		Sort.Builder sort = Sort.newBuilder().setKey("started_at").setDirection(Sort.Direction.ASCENDING);
		assertThat(this.admin.listExecutions(list("p", "development").setSortBy(sort).build()).getExecutionsList())
			.extracting(Execution::getId)
			.containsExactly(started, waiting);
	}

	@Test
	void whenSomebodyWasFasterThenAnExecutionStaysInItsPhase() {
		WorkflowExecutionIdentifier id = launch("raced");
		assertThat(this.server.executions().advance(id, Phase.UNDEFINED, Phase.QUEUED)).isTrue();
		this.admin.terminateExecution(ExecutionTerminateRequest.newBuilder().setId(id).setCause("enough").build());
		assertThat(this.server.executions().advance(id, Phase.QUEUED, Phase.RUNNING)).isFalse();
		assertThat(get(id).getClosure().getPhase()).isEqualTo(Phase.ABORTING);
		assertThat(this.server.executions().advance(id, Phase.ABORTING, Phase.ABORTED)).isTrue();
		assertThat(this.server.executions().advance(id, Phase.ABORTING, Phase.ABORTED)).isFalse();
	}

	private Execution get(WorkflowExecutionIdentifier id) {
		return this.admin.getExecution(WorkflowExecutionGetRequest.newBuilder().setId(id).build());
	}

	private WorkflowExecutionGetDataResponse data(WorkflowExecutionIdentifier id) {
		return this.admin.getExecutionData(WorkflowExecutionGetDataRequest.newBuilder().setId(id).build());
	}

	private String message(ExecutionCreateRequest.Builder request) {
		Status status = TestClient.status(() -> this.admin.createExecution(request.build()));
		assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
		return Objects.requireNonNull(status.getDescription());
	}

	/**
	 * With the patterns that take the square of the length or more, these would run for
	 * hours.
	 */
	@Test
	void whenAFilterIsAsLongAsAMessageThenItIsAnsweredAtOnce() {
		String brackets = "(".repeat(1_000_000) + ",".repeat(1_000_000);
		assertThat(listError(brackets)).isEqualTo("invalid value for filters");
		assertThat(listError("eq(duration," + "1".repeat(2_000_000) + "x)"))
			.startsWith("Failed to parse duration [1111")
			.endsWith("...")
			.hasSizeLessThan(1000);
		assertThat(listError("eq(" + "\u00e9".repeat(1_000_000) + ",x)")).startsWith("'execution.\u00e9")
			.endsWith("...");
	}

	private String listError(String filters) {
		Status status = TestClient
			.status(() -> this.admin.listExecutions(list("p", "development").setFilters(filters).build()));
		assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
		return Objects.requireNonNull(status.getDescription());
	}

	private List<String> names(String filters) {
		return this.admin.listExecutions(list("p", "development").setFilters(filters).build())
			.getExecutionsList()
			.stream()
			.map((execution) -> execution.getId().getName())
			.toList();
	}

}
