package io.flyteconnect.test.admin;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.admin.ExecutionOuterClass.ExecutionClosure;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlan;
import flyteidl.core.Execution.ExecutionError;
import flyteidl.core.Execution.WorkflowExecution.Phase;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import flyteidl.core.Interface.VariableMap;
import flyteidl.core.Literals.LiteralMap;
import org.jspecify.annotations.Nullable;

/**
 * The executions of a test server as a test sees and drives them: nothing runs, so an
 * execution stays in its phase until it is told to go on.
 *
 * @since 0.1.0
 */
public final class TestExecutions {

	private final ExecutionStore store;

	private final LaunchPlanStore launchPlans;

	TestExecutions(ExecutionStore store, LaunchPlanStore launchPlans) {
		this.store = store;
		this.launchPlans = launchPlans;
	}

	/**
	 * All executions.
	 * @return a copy, oldest first
	 */
	public List<Execution> all() {
		return this.store.all();
	}

	/**
	 * One execution.
	 * @param id which one
	 * @return the execution as it is now
	 * @throws io.grpc.StatusRuntimeException with NOT_FOUND if there is none
	 */
	public Execution get(WorkflowExecutionIdentifier id) {
		return this.store.get(true, id);
	}

	/**
	 * Let an execution start to run.
	 * @param id which one
	 */
	public void run(WorkflowExecutionIdentifier id) {
		complete(id, Phase.RUNNING);
	}

	/**
	 * Bring an execution into a phase; a final one sets its duration too.
	 * @param id which one
	 * @param phase the phase
	 * @throws io.grpc.StatusRuntimeException with FAILED_PRECONDITION if it has ended
	 */
	public void complete(WorkflowExecutionIdentifier id, Phase phase) {
		this.store.advance(id, phase, UnaryOperator.identity());
	}

	/**
	 * Bring an execution from one phase into another, unless somebody was faster.
	 * @param id which one
	 * @param from the phase that it was seen in
	 * @param to the phase
	 * @return whether it was still in that phase
	 */
	public boolean advance(WorkflowExecutionIdentifier id, Phase from, Phase to) {
		return this.store.advanceFrom(id, from, to);
	}

	/**
	 * End an execution well.
	 * @param id which one
	 * @param outputs its outputs
	 * @throws io.grpc.StatusRuntimeException with FAILED_PRECONDITION if it has ended
	 */
	public void succeed(WorkflowExecutionIdentifier id, LiteralMap outputs) {
		this.store.succeed(id, outputs);
	}

	/**
	 * End an execution well.
	 * @param id which one
	 * @param outputs its outputs as Java values, in the types of the outputs of its
	 * launch plan; where that has none, in those that the Java types stand for
	 * @throws io.grpc.StatusRuntimeException with FAILED_PRECONDITION if it has ended
	 * @throws IllegalArgumentException if an output is missing, unknown or not of its
	 * type
	 */
	public void succeed(WorkflowExecutionIdentifier id, Map<String, ? extends @Nullable Object> outputs) {
		succeed(id, literals(id, outputs));
	}

	/**
	 * End an execution well, if it is still in a phase: somebody may terminate it in the
	 * meantime.
	 * @param id which one
	 * @param from the phase
	 * @param outputs its outputs
	 * @return whether it was in the phase
	 */
	public boolean succeed(WorkflowExecutionIdentifier id, Phase from, LiteralMap outputs) {
		return this.store.succeedFrom(id, from, outputs);
	}

	private LiteralMap literals(WorkflowExecutionIdentifier id, Map<String, ? extends @Nullable Object> outputs) {
		LaunchPlan plan = this.launchPlans.find(get(id).getSpec().getLaunchPlan());
		return Outputs.toLiterals(outputs,
				(plan != null) ? plan.getClosure().getExpectedOutputs() : VariableMap.getDefaultInstance());
	}

	/**
	 * End an execution with an error of the user's code.
	 * @param id which one
	 * @param message what went wrong
	 * @throws io.grpc.StatusRuntimeException with FAILED_PRECONDITION if it has ended
	 */
	public void fail(WorkflowExecutionIdentifier id, String message) {
		fail(id, ExecutionError.newBuilder()
			.setKind(ExecutionError.ErrorKind.USER)
			.setCode("USER")
			.setMessage(message)
			.build());
	}

	/**
	 * End an execution with an error.
	 * @param id which one
	 * @param error the error
	 * @throws io.grpc.StatusRuntimeException with FAILED_PRECONDITION if it has ended
	 */
	public void fail(WorkflowExecutionIdentifier id, ExecutionError error) {
		this.store.advance(id, Phase.FAILED, (closure) -> ExecutionClosure.newBuilder(closure).setError(error).build());
	}

}
