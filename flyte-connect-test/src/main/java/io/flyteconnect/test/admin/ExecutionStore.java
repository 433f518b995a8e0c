package io.flyteconnect.test.admin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import flyteidl.admin.Common.NamedEntityIdentifier;
import flyteidl.admin.Common.ResourceListRequest;
import flyteidl.admin.Event;
import flyteidl.admin.ExecutionOuterClass.AbortMetadata;
import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.admin.ExecutionOuterClass.ExecutionClosure;
import flyteidl.admin.ExecutionOuterClass.ExecutionList;
import flyteidl.admin.ExecutionOuterClass.ExecutionState;
import flyteidl.admin.ExecutionOuterClass.ExecutionStateChangeDetails;
import flyteidl.core.Execution.WorkflowExecution.Phase;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import flyteidl.core.Literals.LiteralMap;

/**
 * The executions and how they go through their phases.
 */
class ExecutionStore {

	private static final Set<Phase> TERMINAL = Set.of(Phase.SUCCEEDED, Phase.FAILED, Phase.TIMED_OUT, Phase.ABORTED);

	private static final Columns<Execution> COLUMNS = ExecutionColumns.create();

	private final Map<WorkflowExecutionIdentifier, Execution> executions = new LinkedHashMap<>();

	private final Clock clock;

	ExecutionStore(Clock clock) {
		this.clock = clock;
	}

	synchronized void add(Execution execution) {
		WorkflowExecutionIdentifier id = execution.getId();
		if (this.executions.putIfAbsent(id, execution) != null) {
			throw AdminErrors.alreadyExists(
					"value with matching already exists (Key (execution_project, execution_domain, execution_name)=("
							+ id.getProject() + ", " + id.getDomain() + ", " + id.getName() + ") already exists.)");
		}
	}

	synchronized Execution get(boolean present, WorkflowExecutionIdentifier id) {
		Checks.execution(present, id);
		Execution execution = this.executions.get(id);
		if (execution == null) {
			throw AdminErrors.notFound("execution", id);
		}
		return execution;
	}

	ExecutionList list(ResourceListRequest request) {
		if (!request.hasId()) {
			throw AdminErrors.missing("id");
		}
		NamedEntityIdentifier id = request.getId();
		Checks.projectAndDomain(id.getProject(), id.getDomain());
		Checks.limit(request.getLimit());
		List<Execution> named = all().stream()
			.filter((execution) -> execution.getId().getProject().equals(id.getProject())
					&& execution.getId().getDomain().equals(id.getDomain())
					&& (id.getName().isEmpty() || execution.getId().getName().equals(id.getName())))
			.toList();
		Listing.Page<Execution> page = new Listing("ListExecutions", request.getLimit(), request.getToken(),
				request.getFilters(), request.hasSortBy() ? request.getSortBy() : null)
			.of(named, COLUMNS);
		return ExecutionList.newBuilder().addAllExecutions(page.entries()).setToken(page.token()).build();
	}

	synchronized List<Execution> all() {
		return List.copyOf(this.executions.values());
	}

	/**
	 * Let an execution go on, with the checks of Flyte Admin's
	 * {@code CreateWorkflowEvent}.
	 * @param id the execution
	 * @param phase its next phase
	 * @param result what to add to a finished one
	 */
	synchronized void advance(WorkflowExecutionIdentifier id, Phase phase, UnaryOperator<ExecutionClosure> result) {
		Phase current = get(true, id).getClosure().getPhase();
		if (TERMINAL.contains(current)) {
			throw terminal(
					"Invalid phase change from " + current + " to " + phase + " for workflow execution " + id.getName(),
					current);
		}
		Instant now = this.clock.instant();
		change(id, (closure) -> {
			ExecutionClosure.Builder next = closure.toBuilder().setPhase(phase).setUpdatedAt(Times.timestamp(now));
			if (phase == Phase.RUNNING || (TERMINAL.contains(phase) && !closure.hasStartedAt())) {
				next.setStartedAt(Times.timestamp(now));
			}
			if (TERMINAL.contains(phase)) {
				next.setDuration(Times.duration(Duration.between(Times.instant(next.getStartedAt()), now)));
			}
			return result.apply(next.build());
		});
	}

	/**
	 * End an execution well.
	 * @param id the execution
	 * @param outputs its outputs
	 */
	@SuppressWarnings("deprecation")
	void succeed(WorkflowExecutionIdentifier id, LiteralMap outputs) {
		advance(id, Phase.SUCCEEDED, (closure) -> closure.toBuilder().setOutputData(outputs).build());
	}

	/**
	 * Let an execution go on that is still in a phase.
	 * @return whether it was
	 */
	synchronized boolean advanceFrom(WorkflowExecutionIdentifier id, Phase from, Phase to) {
		if (get(true, id).getClosure().getPhase() != from) {
			return false;
		}
		advance(id, to, UnaryOperator.identity());
		return true;
	}

	/**
	 * End an execution well that is still in a phase.
	 * @return whether it was
	 */
	synchronized boolean succeedFrom(WorkflowExecutionIdentifier id, Phase from, LiteralMap outputs) {
		if (get(true, id).getClosure().getPhase() != from) {
			return false;
		}
		succeed(id, outputs);
		return true;
	}

	synchronized void abort(boolean present, WorkflowExecutionIdentifier id, String cause, String principal) {
		Phase current = get(present, id).getClosure().getPhase();
		if (TERMINAL.contains(current)) {
			throw terminal("Cannot abort an already terminated workflow execution", current);
		}
		AbortMetadata metadata = AbortMetadata.newBuilder().setCause(cause).setPrincipal(principal).build();
		change(id,
				(closure) -> closure.toBuilder()
					.setAbortMetadata(metadata)
					.setPhase(Phase.ABORTING)
					.setUpdatedAt(Times.timestamp(this.clock.instant()))
					.build());
	}

	synchronized void setState(boolean present, WorkflowExecutionIdentifier id, ExecutionState state,
			String principal) {
		get(present, id);
		ExecutionStateChangeDetails details = ExecutionStateChangeDetails.newBuilder()
			.setState(state)
			.setOccurredAt(Times.timestamp(this.clock.instant()))
			.setPrincipal(principal)
			.build();
		change(id, (closure) -> closure.toBuilder().setStateChangeDetails(details).build());
	}

	private void change(WorkflowExecutionIdentifier id, UnaryOperator<ExecutionClosure> change) {
		this.executions.computeIfPresent(id,
				(key, execution) -> execution.toBuilder().setClosure(change.apply(execution.getClosure())).build());
	}

	private RuntimeException terminal(String message, Phase current) {
		return AdminErrors.failedPrecondition(message,
				Event.EventFailureReason.newBuilder()
					.setAlreadyInTerminalState(
							Event.EventErrorAlreadyInTerminalState.newBuilder().setCurrentPhase(current.name()))
					.build());
	}

}
