package io.flyteconnect.execution;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.admin.ExecutionOuterClass.ExecutionCreateRequest;
import flyteidl.admin.ExecutionOuterClass.ExecutionTerminateRequest;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlan;
import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import io.grpc.StatusRuntimeException;
import org.springframework.util.Assert;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.FlyteConnection;
import io.flyteconnect.internal.execution.ExecutionCreation;
import io.flyteconnect.internal.execution.ExecutionData;
import io.flyteconnect.internal.execution.ExecutionWait;
import io.flyteconnect.internal.execution.LaunchTargets;
import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.literal.FlyteLiterals;
import io.flyteconnect.literal.FlyteValues;

/**
 * Launches executions and waits for their end. For all other calls, see
 * {@link FlyteConnection#admin()}. Safe for use by several threads.
 * <p>
 * Failed calls throw a {@link StatusRuntimeException}, as the stubs do.
 *
 * @since 0.1.0
 */
public final class FlyteExecutions {

	private final FlyteConnection connection;

	private final FlyteAdminStub flyte;

	private volatile ExecutionSettings settings;

	private final LaunchTargets targets;

	private final ExecutionCreation creation;

	private final ExecutionData data;

	/**
	 * Create executions whose identity is determined by their launch plans or Flyte.
	 * @param connection the connection
	 */
	public FlyteExecutions(FlyteConnection connection) {
		this(connection, ExecutionSettings.DEFAULT);
	}

	/**
	 * Create executions.
	 * @param connection the connection
	 * @param settings how they are launched and waited for
	 */
	public FlyteExecutions(FlyteConnection connection, ExecutionSettings settings) {
		this.connection = connection;
		this.flyte = connection.admin();
		this.settings = settings;
		this.targets = new LaunchTargets(this.flyte);
		this.creation = new ExecutionCreation(this.flyte);
		this.data = new ExecutionData(connection);
	}

	/**
	 * Return the settings.
	 * @return those that are in force
	 */
	public ExecutionSettings settings() {
		return this.settings;
	}

	/**
	 * Take over other settings: launches and waits that begin from now on have them.
	 * @param settings the settings
	 */
	public void reload(ExecutionSettings settings) {
		this.settings = settings;
	}

	/**
	 * Launch a launch plan or a task. Its inputs are checked against its interface, which
	 * is fetched from Flyte, before the launch: none may be missing, and Java values have
	 * to match the types. Literals are sent unchanged.
	 * @param request what is launched
	 * @return the execution
	 * @throws StatusRuntimeException if Flyte does not launch it
	 * @throws InvalidInputsException if an input is missing, unknown or does not fit
	 * @throws IllegalArgumentException if Flyte Admin would drop the security context
	 * @see #launch(ExecutionCreateRequest)
	 */
	public WorkflowExecutionIdentifier launch(LaunchRequest request) {
		ExecutionCreateRequest complete = this.settings.defaults().complete(request.idl());
		Identifier target = request.idl().getSpec().getLaunchPlan();
		LaunchPlan active = LaunchTargets.isActivePlan(target) ? this.targets.active(target) : null;
		FlyteInterface types = (active != null) ? FlyteInterface.of(active) : this.targets.interfaceOf(target);
		return this.creation.create(complete.toBuilder().setInputs(request.toLiterals(types)).build(), active);
	}

	/**
	 * Launch a request of Flyte's IDL. Identity, secrets and tokens that it does not set
	 * are filled in from the configuration. If it has no name, it gets one, and is sent
	 * again if Flyte was unavailable; it is never launched twice. For a launch plan
	 * without a version, the active one is launched.
	 * <p>
	 * A security context with an identity replaces that of the launch plan, including its
	 * secrets and tokens ({@code resolveSecurityCtx} in
	 * {@code flyteadmin/pkg/manager/impl}). A warning lists what the launch loses by
	 * this.
	 * @param request the request
	 * @return the execution
	 * @throws StatusRuntimeException if Flyte does not launch it: ALREADY_EXISTS if there
	 * is an execution of the name that the request has, NOT_FOUND if there is no such
	 * launch plan or task
	 * @throws IllegalArgumentException if Flyte Admin would drop the security context
	 */
	public WorkflowExecutionIdentifier launch(ExecutionCreateRequest request) {
		ExecutionCreateRequest complete = this.settings.defaults().complete(request);
		Identifier target = request.getSpec().getLaunchPlan();
		return this.creation.create(complete, LaunchTargets.isActivePlan(target) ? this.targets.active(target) : null);
	}

	/**
	 * Wait until an execution has ended, successfully or not: {@code SUCCEEDED},
	 * {@code FAILED}, {@code TIMED_OUT} or {@code ABORTED}. Polls at once, and then with
	 * growing pauses ({@code flyte.execution.poll-interval}). The wait continues if Flyte
	 * is unavailable meanwhile.
	 * @param id the execution
	 * @param timeout how long to wait; zero to look once
	 * @return the execution as it has ended
	 * @throws ExecutionNotFinishedException if it has not ended in time; it goes on
	 * @throws InterruptedException if the thread is interrupted; the execution goes on
	 * @throws StatusRuntimeException if Flyte refuses: NOT_FOUND if there is no such
	 * execution
	 */
	public Execution await(WorkflowExecutionIdentifier id, Duration timeout) throws InterruptedException {
		return await(id, timeout, (execution) -> {
		});
	}

	/**
	 * Wait until an execution has ended, and observe it meanwhile.
	 * @param id the execution
	 * @param timeout how long to wait; zero to look once
	 * @param seen is given the execution at each look that Flyte answers, the last one
	 * included, by the thread that waits; what it throws ends the wait
	 * @return the execution as it has ended
	 * @throws ExecutionNotFinishedException if it has not ended in time; it goes on
	 * @throws InterruptedException if the thread is interrupted; the execution goes on
	 * @throws StatusRuntimeException if Flyte refuses: NOT_FOUND if there is no such
	 * execution
	 */
	public Execution await(WorkflowExecutionIdentifier id, Duration timeout, Consumer<Execution> seen)
			throws InterruptedException {
		Assert.isTrue(!timeout.isNegative(), "'timeout' must not be negative");
		return new ExecutionWait(this.flyte, this.settings.polling(), id, seen).await(timeout);
	}

	/**
	 * Terminate an execution. This is asynchronous and passes through the phase
	 * {@code ABORTING}: use {@link #await} to wait for the end.
	 * @param id the execution
	 * @param cause why, for those who look at it later
	 * @throws StatusRuntimeException if Flyte refuses: FAILED_PRECONDITION if it has
	 * ended, NOT_FOUND if there is no such execution
	 */
	public void terminate(WorkflowExecutionIdentifier id, String cause) {
		this.flyte.blocking()
			.terminateExecution(ExecutionTerminateRequest.newBuilder().setId(id).setCause(cause).build());
	}

	/**
	 * Launch an execution again, with the same inputs and the same security context.
	 * @param id the execution
	 * @return the new execution
	 * @throws StatusRuntimeException if Flyte does not launch it
	 */
	public WorkflowExecutionIdentifier relaunch(WorkflowExecutionIdentifier id) {
		return this.creation.relaunch(id);
	}

	/**
	 * Launch an execution again under a given name.
	 * @param id the execution
	 * @param name the name of the new one
	 * @return the new execution
	 * @throws StatusRuntimeException if Flyte does not launch it: ALREADY_EXISTS if there
	 * is an execution of that name
	 * @throws IllegalArgumentException if the name is not valid for an execution
	 */
	public WorkflowExecutionIdentifier relaunch(WorkflowExecutionIdentifier id, String name) {
		return this.creation.relaunch(id, name);
	}

	/**
	 * Return the inputs and outputs that a launch plan or task declares.
	 * @param target the launch plan or task; a launch plan without a version means its
	 * active one
	 * @return its interface
	 * @throws StatusRuntimeException if Flyte refuses: NOT_FOUND if there is none
	 */
	public FlyteInterface interfaceOf(Identifier target) {
		return this.targets.interfaceOf(target);
	}

	/**
	 * Return the inputs of an execution, including defaults and fixed ones. Large inputs
	 * are fetched from Flyte's object store.
	 * @param id the execution
	 * @return the inputs as Java values, as {@link FlyteLiterals} lists them
	 * @throws StatusRuntimeException if Flyte refuses: NOT_FOUND if there is no such
	 * execution; UNAVAILABLE if they are kept in an object store that does not answer;
	 * FAILED_PRECONDITION if Flyte signs no URL for them that could be fetched
	 */
	public FlyteValues inputs(WorkflowExecutionIdentifier id) {
		return this.data.inputs(id);
	}

	/**
	 * Return the outputs of an execution that has succeeded.
	 * @param id the execution
	 * @return the outputs as Java values, as {@link FlyteLiterals} lists them; none
	 * before it has succeeded, and then {@link FlyteValues#get} and
	 * {@link FlyteValues#as} tell its phase and error
	 * @throws StatusRuntimeException if Flyte refuses, as {@link #inputs} says
	 */
	public FlyteValues outputs(WorkflowExecutionIdentifier id) {
		return this.data.outputs(id);
	}

	/**
	 * Return the page of an execution in Flyte Console.
	 * @param id the execution
	 * @return its address, empty if {@code flyte.platform.console-endpoint} is not set
	 */
	public Optional<URI> console(WorkflowExecutionIdentifier id) {
		return this.connection.console().map((links) -> links.execution(id));
	}

	public static String text(WorkflowExecutionIdentifier id) {
		return SafeText.of(id.getProject() + "/" + id.getDomain() + "/" + id.getName());
	}

}
