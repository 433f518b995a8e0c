package io.flyteconnect.execution;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import flyteidl.admin.Common.NamedEntityIdentifier;
import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.admin.ExecutionOuterClass.ExecutionCreateRequest;
import flyteidl.admin.ExecutionOuterClass.ExecutionRelaunchRequest;
import flyteidl.admin.ExecutionOuterClass.ExecutionTerminateRequest;
import flyteidl.admin.LaunchPlanOuterClass.ActiveLaunchPlanRequest;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlan;
import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.IdentifierOuterClass.ResourceType;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import flyteidl.core.Security;
import io.grpc.StatusRuntimeException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.util.Assert;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.FlyteConnection;

/**
 * Launches executions and follows them to their end. Thin: whatever else a call can do is
 * in {@link FlyteConnection#admin()}. Safe for use by several threads.
 * <p>
 * Failures of calls come as {@link StatusRuntimeException}, as they do from the stubs.
 *
 * @author Flyte Connect
 * @since 0.1.0
 */
public final class FlyteExecutions {

	private static final Log logger = LogFactory.getLog(FlyteExecutions.class);

	private final FlyteConnection connection;

	private final FlyteAdminStub flyte;

	private final ExecutionDefaults defaults;

	private final BackOff polling;

	/**
	 * Create executions that run as their launch plans or Flyte say.
	 * @param connection the connection
	 */
	public FlyteExecutions(FlyteConnection connection) {
		this(connection, ExecutionDefaults.NONE, BackOff.POLLING);
	}

	/**
	 * Create executions.
	 * @param connection the connection
	 * @param defaults what a launch gets where it does not say so itself
	 * @param polling the pauses between two looks at an execution that is waited for
	 */
	public FlyteExecutions(FlyteConnection connection, ExecutionDefaults defaults, BackOff polling) {
		this.connection = connection;
		this.flyte = connection.admin();
		this.defaults = defaults;
		this.polling = polling;
	}

	/**
	 * Launch a launch plan or a task.
	 * @param request what is launched
	 * @return the execution
	 * @throws StatusRuntimeException if Flyte does not launch it
	 * @throws IllegalArgumentException if Flyte Admin would drop the security context
	 * @see #launch(ExecutionCreateRequest)
	 */
	public WorkflowExecutionIdentifier launch(LaunchRequest request) {
		return launch(request.idl());
	}

	/**
	 * Launch what a request of Flyte's IDL says. What it does not say of whom to run as,
	 * secrets and tokens is filled in from the configuration. Without a name it gets one,
	 * and is then sent again where Flyte was unavailable: it is launched once all the
	 * same. A launch plan without a version is launched in its active one.
	 * <p>
	 * A security context that says whom to run as takes the place of the launch plan's
	 * own one, secrets and tokens included ({@code resolveSecurityCtx} in
	 * {@code flyteadmin/pkg/manager/impl}); what gets lost with the active one is warned
	 * of.
	 * @param request the request
	 * @return the execution
	 * @throws StatusRuntimeException if Flyte does not launch it: ALREADY_EXISTS if there
	 * is an execution of the name that the request has, NOT_FOUND if there is no such
	 * launch plan or task
	 * @throws IllegalArgumentException if Flyte Admin would drop the security context
	 */
	public WorkflowExecutionIdentifier launch(ExecutionCreateRequest request) {
		ExecutionCreateRequest.Builder complete = request.toBuilder().setSpec(this.defaults.applyTo(request.getSpec()));
		Identifier target = request.getSpec().getLaunchPlan();
		if (target.getResourceType() == ResourceType.LAUNCH_PLAN && target.getVersion().isEmpty()) {
			LaunchPlan active = active(target);
			warnOfLoss(active, complete.getSpec().getSecurityContext());
			complete.getSpecBuilder().setLaunchPlan(active.getId());
		}
		if (!request.getName().isEmpty()) {
			return this.flyte.blocking().createExecution(complete.build()).getId();
		}
		ExecutionCreateRequest named = complete.setName(ExecutionNames.generate()).build();
		WorkflowExecutionIdentifier id = WorkflowExecutionIdentifier.newBuilder()
			.setProject(named.getProject())
			.setDomain(named.getDomain())
			.setName(named.getName())
			.setOrg(named.getOrg())
			.build();
		return new SafeCreation(id, () -> this.flyte.blocking().createExecution(named)).create();
	}

	// Flyte Admin takes one security context as a whole, the request's where it says whom
	// to run as.
	private static void warnOfLoss(LaunchPlan plan, Security.SecurityContext context) {
		Security.SecurityContext own = plan.getSpec().getSecurityContext();
		boolean secrets = own.getSecretsCount() > 0 && context.getSecretsCount() == 0;
		boolean tokens = own.getTokensCount() > 0 && context.getTokensCount() == 0;
		if (context.hasRunAs() && (secrets || tokens)) {
			logger.warn("Launch plan " + plan.getId().getProject() + "/" + plan.getId().getDomain() + "/"
					+ plan.getId().getName() + " has " + (secrets ? "secrets" : "")
					+ ((secrets && tokens) ? " and " : "") + (tokens ? "tokens" : "")
					+ " of its own, which Flyte Admin drops where a launch says whom to run"
					+ " as: name them in flyte.execution, too, or in the request");
		}
	}

	private LaunchPlan active(Identifier target) {
		NamedEntityIdentifier id = NamedEntityIdentifier.newBuilder()
			.setProject(target.getProject())
			.setDomain(target.getDomain())
			.setName(target.getName())
			.setOrg(target.getOrg())
			.build();
		return this.flyte.blocking().getActiveLaunchPlan(ActiveLaunchPlanRequest.newBuilder().setId(id).build());
	}

	/**
	 * Wait until an execution has ended, well or not: {@code SUCCEEDED}, {@code FAILED},
	 * {@code TIMED_OUT} or {@code ABORTED}. Looks at once, and then with growing pauses
	 * ({@code flyte.execution.poll-interval}). A Flyte that is unavailable meanwhile does
	 * not end the wait.
	 * @param id the execution
	 * @param timeout how long to wait; zero to look once
	 * @return the execution as it has ended
	 * @throws ExecutionNotFinishedException if it has not ended in time; it goes on
	 * @throws InterruptedException if the thread is interrupted; the execution goes on
	 * @throws StatusRuntimeException if Flyte refuses: NOT_FOUND if there is no such
	 * execution
	 */
	public Execution await(WorkflowExecutionIdentifier id, Duration timeout) throws InterruptedException {
		Assert.isTrue(!timeout.isNegative(), "'timeout' must not be negative");
		return new ExecutionWait(this.flyte, this.polling, id).await(timeout);
	}

	/**
	 * Terminate an execution. Flyte does so in its own time, going through the phase
	 * {@code ABORTING}: {@link #await} tells when it has ended.
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
	 * Launch an execution once more, with the inputs and the security context that it
	 * had.
	 * @param id the execution
	 * @return the new execution
	 * @throws StatusRuntimeException if Flyte does not launch it
	 */
	public WorkflowExecutionIdentifier relaunch(WorkflowExecutionIdentifier id) {
		ExecutionRelaunchRequest request = ExecutionRelaunchRequest.newBuilder()
			.setId(id)
			.setName(ExecutionNames.generate())
			.build();
		return new SafeCreation(id.toBuilder().setName(request.getName()).build(),
				() -> this.flyte.blocking().relaunchExecution(request))
			.create();
	}

	/**
	 * Launch an execution once more, under a name of your own.
	 * @param id the execution
	 * @param name the name of the new one
	 * @return the new execution
	 * @throws StatusRuntimeException if Flyte does not launch it: ALREADY_EXISTS if there
	 * is an execution of that name
	 * @throws IllegalArgumentException if it is no name of an execution
	 */
	public WorkflowExecutionIdentifier relaunch(WorkflowExecutionIdentifier id, String name) {
		return this.flyte.blocking()
			.relaunchExecution(
					ExecutionRelaunchRequest.newBuilder().setId(id).setName(ExecutionNames.check(name)).build())
			.getId();
	}

	/**
	 * Return the page of an execution in Flyte Console.
	 * @param id the execution
	 * @return its address, empty if {@code flyte.platform.console-endpoint} is not set
	 */
	public Optional<URI> console(WorkflowExecutionIdentifier id) {
		return this.connection.console().map((links) -> links.execution(id));
	}

	static String text(WorkflowExecutionIdentifier id) {
		return id.getProject() + "/" + id.getDomain() + "/" + id.getName();
	}

}
