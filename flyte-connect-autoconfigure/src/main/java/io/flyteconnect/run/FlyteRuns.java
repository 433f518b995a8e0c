package io.flyteconnect.run;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.flyteidl2.common.ProjectIdentifier;
import com.flyteidl2.common.RunIdentifier;
import com.flyteidl2.logs.dataplane.LogLine;
import com.flyteidl2.task.TaskDetails;
import com.flyteidl2.task.TaskIdentifier;
import com.flyteidl2.workflow.AbortRunRequest;
import com.flyteidl2.workflow.CreateRunRequest;
import com.flyteidl2.workflow.GetRunDetailsRequest;
import com.flyteidl2.workflow.Run;
import com.flyteidl2.workflow.RunDetails;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.springframework.util.Assert;

import io.flyteconnect.FlyteRunsStub;
import io.flyteconnect.config.RunSettings;
import io.flyteconnect.execution.ExecutionSettings;
import io.flyteconnect.execution.FlyteInterface;
import io.flyteconnect.execution.InvalidInputsException;
import io.flyteconnect.internal.execution.BackOff;
import io.flyteconnect.internal.run.RunCreation;
import io.flyteconnect.internal.run.RunData;
import io.flyteconnect.internal.run.RunInputs;
import io.flyteconnect.internal.run.RunPages;
import io.flyteconnect.internal.run.RunPlace;
import io.flyteconnect.internal.run.RunTasks;
import io.flyteconnect.internal.run.RunTexts;
import io.flyteconnect.internal.run.RunWait;
import io.flyteconnect.literal.FlyteLiterals;
import io.flyteconnect.literal.FlyteValues;

/**
 * Launches runs of Flyte 2 and waits for their end, as
 * {@link io.flyteconnect.execution.FlyteExecutions} does for Flyte 1. For all other
 * calls, see {@link FlyteRunsStub}. Safe for use by several threads.
 * <p>
 * Failed calls throw a {@link StatusRuntimeException}, as the stubs do.
 *
 * @since 0.1.0
 */
public final class FlyteRuns {

	private final FlyteRunsStub flyte;

	private final RunPlace place;

	private volatile ExecutionSettings settings;

	private final RunTasks tasks;

	private final RunCreation creation;

	private final RunData data;

	/**
	 * Create runs whose requests say where they run.
	 * @param flyte the stubs
	 */
	public FlyteRuns(FlyteRunsStub flyte) {
		this(flyte, RunSettings.NONE, ExecutionSettings.DEFAULT);
	}

	/**
	 * Create runs.
	 * @param flyte the stubs
	 * @param defaults where they run if a request does not say so
	 * @param settings the identity, secrets and tokens of a run that has none itself, and
	 * how often is looked at one that is waited for
	 */
	public FlyteRuns(FlyteRunsStub flyte, RunSettings defaults, ExecutionSettings settings) {
		this.flyte = flyte;
		this.place = new RunPlace(defaults);
		this.settings = settings;
		this.tasks = new RunTasks(flyte);
		this.creation = new RunCreation(flyte);
		this.data = new RunData(flyte);
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
	 * Launch a task. Its inputs are checked against its interface, which is fetched from
	 * Flyte, before the launch: none may be missing, and Java values have to match the
	 * types. One that has a default and is not named gets that.
	 * <p>
	 * Without a name, the run gets one of its own, and is sent again if Flyte was
	 * unavailable; it is never launched twice. That a run has been created does not mean
	 * that anything takes it up: {@link #await} tells.
	 * @param request what is launched
	 * @return the run
	 * @throws StatusRuntimeException if Flyte does not launch it: NOT_FOUND if there is
	 * no such task or version, ALREADY_EXISTS if there is a run of the name that the
	 * request has
	 * @throws InvalidInputsException if an input is missing, unknown or does not fit
	 * @throws IllegalArgumentException if neither the request nor the configuration says
	 * in which project and domain
	 */
	public RunIdentifier launch(RunRequest request) {
		TaskIdentifier wanted = this.place.complete(request.task());
		TaskDetails task = this.tasks.find(wanted);
		TaskIdentifier found = wanted.toBuilder().setVersion(task.getTaskId().getVersion()).build();
		CreateRunRequest.Builder run = CreateRunRequest.newBuilder()
			.setRunId(this.place.complete(request.run(), found))
			.setTaskId(found)
			.setInputs(RunInputs.of(found, task.getSpec(), request.inputs()))
			.setRunSpec(RunInputs.complete(request.spec(), this.settings.defaults()));
		return this.creation.create(run.build());
	}

	/**
	 * Wait until a run has ended, successfully or not: {@code SUCCEEDED}, {@code FAILED},
	 * {@code ABORTED}, {@code TIMED_OUT} or {@code RECOVERED}. Looks at once, and then
	 * with growing pauses ({@code flyte.execution.poll-interval}). The wait continues if
	 * Flyte is unavailable meanwhile.
	 * @param id the run
	 * @param timeout how long to wait; zero to look once
	 * @return the run as it has ended
	 * @throws RunNotFinishedException if it has not ended in time; it goes on
	 * @throws InterruptedException if the thread is interrupted; the run goes on
	 * @throws StatusRuntimeException if Flyte refuses: NOT_FOUND if there is no such run
	 */
	public RunDetails await(RunIdentifier id, Duration timeout) throws InterruptedException {
		return await(id, timeout, (run) -> {
		});
	}

	/**
	 * Wait until a run has ended, and observe it meanwhile.
	 * @param id the run
	 * @param timeout how long to wait; zero to look once
	 * @param seen is given the run at each look that Flyte answers, the last one
	 * included, by the thread that waits; what it throws ends the wait
	 * @return the run as it has ended
	 * @throws RunNotFinishedException if it has not ended in time; it goes on
	 * @throws InterruptedException if the thread is interrupted; the run goes on
	 * @throws StatusRuntimeException if Flyte refuses: NOT_FOUND if there is no such run
	 */
	public RunDetails await(RunIdentifier id, Duration timeout, Consumer<RunDetails> seen) throws InterruptedException {
		Assert.isTrue(!timeout.isNegative(), "'timeout' must not be negative");
		ExecutionSettings polling = this.settings;
		return new RunWait(this.flyte, new BackOff(polling.pollInterval(), polling.maxPollInterval()), id, seen)
			.await(timeout);
	}

	/**
	 * Abort a run. Flyte makes a run {@code ABORTED} even if it has succeeded, so it is
	 * looked at first; one that ends at that very moment is aborted all the same.
	 * @param id the run
	 * @param reason why, for those who look at it later
	 * @throws StatusRuntimeException if Flyte refuses: NOT_FOUND if there is no such run;
	 * FAILED_PRECONDITION if it has ended
	 */
	public void abort(RunIdentifier id, String reason) {
		RunDetails run = get(id);
		if (RunTexts.hasEnded(run)) {
			throw Status.FAILED_PRECONDITION
				.withDescription("Run " + RunTexts.of(id) + " has ended and cannot be aborted: it is "
						+ RunTexts.of(RunTexts.phase(run)))
				.asRuntimeException();
		}
		this.flyte.blocking().abortRun(AbortRunRequest.newBuilder().setRunId(id).setReason(reason).build());
	}

	/**
	 * Run again what a run is of, with the same inputs and the same specification, under
	 * a name of its own.
	 * @param id the run
	 * @return the new run
	 * @throws StatusRuntimeException if Flyte does not launch it: NOT_FOUND if there is
	 * no such run
	 */
	public RunIdentifier rerun(RunIdentifier id) {
		RunDetails run = get(id);
		CreateRunRequest.Builder again = CreateRunRequest.newBuilder()
			.setRunId(id.toBuilder().clearName())
			.setInputs(this.data.inputsOf(id))
			.setRunSpec(run.getRunSpec());
		TaskIdentifier task = run.getAction().getMetadata().getTask().getId();
		if (task.getName().isEmpty()) {
			again.setTaskSpec(run.getAction().getTask());
		}
		else {
			again.setTaskId(task);
		}
		return this.creation.create(again.build());
	}

	/**
	 * Return a run as it is now.
	 * @param id the run
	 * @return the run
	 * @throws StatusRuntimeException if Flyte refuses: NOT_FOUND if there is no such run
	 */
	public RunDetails get(RunIdentifier id) {
		return this.flyte.blocking().getRunDetails(GetRunDetailsRequest.newBuilder().setRunId(id).build()).getDetails();
	}

	/**
	 * Return the runs of a project and domain, the newest first. They are fetched page by
	 * page as the stream is read.
	 * @param project the project
	 * @param domain the domain
	 * @return the runs; a call that fails throws its {@link StatusRuntimeException} where
	 * the stream is read
	 */
	public Stream<Run> list(String project, String domain) {
		return RunPages.of(this.flyte,
				ProjectIdentifier.newBuilder()
					.setOrganization(this.place.org())
					.setName(project)
					.setDomain(domain)
					.build());
	}

	/**
	 * Return the inputs and outputs that a task declares.
	 * @param task the task; without a version its newest one is meant
	 * @return its interface
	 * @throws StatusRuntimeException if Flyte refuses: NOT_FOUND if there is no such task
	 */
	public FlyteInterface interfaceOf(TaskIdentifier task) {
		TaskDetails found = this.tasks.find(this.place.complete(task));
		return RunTasks.interfaceOf(found.getTaskId(), found.getSpec());
	}

	/**
	 * Return the inputs of a run, with the defaults that it was launched with.
	 * @param id the run
	 * @return the inputs as Java values, as {@link FlyteLiterals} lists them
	 * @throws StatusRuntimeException if Flyte refuses: NOT_FOUND if there is no such run
	 */
	public FlyteValues inputs(RunIdentifier id) {
		return this.data.inputs(id);
	}

	/**
	 * Return the outputs of a run that has succeeded.
	 * @param id the run
	 * @return the outputs as Java values, as {@link FlyteLiterals} lists them; none
	 * before it has succeeded, and then {@link FlyteValues#get} and
	 * {@link FlyteValues#as} tell its phase and error
	 * @throws StatusRuntimeException if Flyte refuses: NOT_FOUND if there is no such run
	 */
	public FlyteValues outputs(RunIdentifier id) {
		return this.data.outputs(id);
	}

	/**
	 * Return the log of a run's root action as it is written. Has to be closed, which
	 * ends the call: {@code try (Stream<LogLine> log = runs.logs(id)) ...}. It has no
	 * deadline.
	 * @param id the run
	 * @return its lines; Flyte's refusal is thrown where the stream is read
	 */
	public Stream<LogLine> logs(RunIdentifier id) {
		return this.data.logs(id);
	}

	/**
	 * Return how a run is named in messages.
	 * @param id the run
	 * @return {@code project/domain/name}
	 */
	public static String text(RunIdentifier id) {
		return RunTexts.of(id);
	}

}
