package io.flyteconnect.test.runs;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import com.flyteidl2.common.ActionIdentifier;
import com.flyteidl2.common.ActionPhase;
import com.flyteidl2.common.OffloadedInputData;
import com.flyteidl2.common.RunIdentifier;
import com.flyteidl2.core.LiteralType;
import com.flyteidl2.task.Inputs;
import com.flyteidl2.task.NamedLiteral;
import com.flyteidl2.task.Outputs;
import com.flyteidl2.task.TaskDetails;
import com.flyteidl2.workflow.AbortInfo;
import com.flyteidl2.workflow.ActionDetails;
import com.flyteidl2.workflow.ActionMetadata;
import com.flyteidl2.workflow.ActionStatus;
import com.flyteidl2.workflow.CreateRunRequest;
import com.flyteidl2.workflow.ErrorInfo;
import com.flyteidl2.workflow.RunDetails;
import com.flyteidl2.workflow.TaskActionMetadata;
import com.flyteidl2.workflow.WatchActionDetailsResponse;
import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a Flyte 2 in memory as a test sees and drives them: nothing runs, so a run
 * stays in its phase until it is told to go on.
 *
 * @since 0.1.0
 */
public final class TestRuns {

	private final TestTasks tasks;

	private final Clock clock;

	private final Map<RunIdentifier, TestRun> runs = new LinkedHashMap<>();

	private final Map<String, Inputs> kept = new LinkedHashMap<>();

	private final List<RunWatch> watches = new ArrayList<>();

	private int named;

	TestRuns(TestTasks tasks, Clock clock) {
		this.tasks = tasks;
		this.clock = clock;
	}

	/**
	 * Return all runs.
	 * @return a copy, oldest first
	 */
	public synchronized List<RunDetails> all() {
		return this.runs.values().stream().map((run) -> run.details).toList();
	}

	/**
	 * Return one run.
	 * @param id which one
	 * @return the run as it is now
	 * @throws io.grpc.StatusRuntimeException with NOT_FOUND if there is none
	 */
	public synchronized RunDetails get(RunIdentifier id) {
		return find(id).details;
	}

	/**
	 * Return what a run was given.
	 * @param id which one
	 * @return its inputs
	 * @throws io.grpc.StatusRuntimeException with NOT_FOUND if there is none
	 */
	public synchronized Inputs inputs(RunIdentifier id) {
		return find(id).inputs;
	}

	/**
	 * Let a run start.
	 * @param id which one
	 */
	public void start(RunIdentifier id) {
		change(id, ActionPhase.ACTION_PHASE_RUNNING, (action) -> {
		});
	}

	/**
	 * Write a line to the log of a run.
	 * @param id which one
	 * @param line the line
	 */
	public synchronized void log(RunIdentifier id, String line) {
		find(id).log.add(line);
	}

	/**
	 * End a run well.
	 * @param id which one
	 * @param outputs its outputs as Java values, in the types of the outputs of its task
	 * @throws IllegalArgumentException if an output is not of its type
	 */
	public void succeed(RunIdentifier id, Map<String, ? extends @Nullable Object> outputs) {
		Outputs.Builder literals = Outputs.newBuilder();
		Map<String, LiteralType> types = outputTypes(id);
		outputs.forEach((name, value) -> literals
			.addLiterals(NamedLiteral.newBuilder().setName(name).setValue(Literals2.of(value, types.get(name)))));
		synchronized (this) {
			find(id).outputs = literals.build();
		}
		change(id, ActionPhase.ACTION_PHASE_SUCCEEDED, (action) -> {
		});
	}

	private synchronized Map<String, LiteralType> outputTypes(RunIdentifier id) {
		Map<String, LiteralType> types = new LinkedHashMap<>();
		find(id).details.getAction()
			.getTask()
			.getTaskTemplate()
			.getInterface()
			.getOutputs()
			.getVariablesList()
			.forEach((entry) -> types.put(entry.getKey(), entry.getValue().getType()));
		return types;
	}

	/**
	 * End a run with an error of the user's code.
	 * @param id which one
	 * @param message what went wrong
	 */
	public void fail(RunIdentifier id, String message) {
		change(id, ActionPhase.ACTION_PHASE_FAILED, (action) -> action
			.setErrorInfo(ErrorInfo.newBuilder().setMessage(message).setKind(ErrorInfo.Kind.KIND_USER)));
	}

	/**
	 * Bring a run into a phase.
	 * @param id which one
	 * @param phase the phase
	 */
	public void complete(RunIdentifier id, ActionPhase phase) {
		change(id, phase, (action) -> {
		});
	}

	// Also of what has ended: so does Flyte 2.
	void abort(RunIdentifier id, String reason) {
		change(id, ActionPhase.ACTION_PHASE_ABORTED,
				(action) -> action.setAbortInfo(AbortInfo.newBuilder().setReason(reason)));
	}

	private synchronized void change(RunIdentifier id, ActionPhase phase, Consumer<ActionDetails.Builder> result) {
		TestRun run = find(id);
		ActionDetails.Builder action = run.details.getAction().toBuilder();
		action.getStatusBuilder().setPhase(phase).setAttempts(1);
		if (phase.getNumber() >= ActionPhase.ACTION_PHASE_SUCCEEDED_VALUE && phase != ActionPhase.ACTION_PHASE_PAUSED) {
			action.getStatusBuilder().setEndTime(now());
		}
		result.accept(action);
		run.details = run.details.toBuilder().setAction(action).build();
		this.watches.removeIf((watch) -> !watch.tell(run.details.getAction()));
	}

	/**
	 * Tell an observer how an action is, and each change of it. Does not end with the
	 * action, as that of Flyte 2 does not.
	 */
	synchronized void watch(ActionIdentifier id, ServerCallStreamObserver<WatchActionDetailsResponse> observer) {
		RunWatch watch = new RunWatch(id.getRun().toBuilder().clearOrg().build(), observer);
		if (watch.tell(find(id.getRun()).details.getAction())) {
			this.watches.add(watch);
		}
	}

	/**
	 * Keep inputs for a run that names where they are.
	 */
	synchronized OffloadedInputData keep(Inputs inputs) {
		String uri = "memory://inputs/" + this.kept.size();
		this.kept.put(uri, inputs);
		return OffloadedInputData.newBuilder()
			.setUri(uri)
			.setInputsHash(Integer.toHexString(inputs.hashCode()))
			.build();
	}

	/**
	 * Create a run, or overwrite the inputs of the one that has its name.
	 */
	synchronized RunDetails create(CreateRunRequest request) {
		RunIdentifier id = request.hasRunId() ? request.getRunId().toBuilder().clearOrg().build()
				: RunIdentifier.newBuilder()
					.setProject(request.getProjectId().getName())
					.setDomain(request.getProjectId().getDomain())
					.setName("r" + ++this.named)
					.build();
		Inputs inputs = request.hasOffloadedInputData()
				? this.kept.getOrDefault(request.getOffloadedInputData().getUri(), Inputs.getDefaultInstance())
				: request.getInputs();
		TestRun old = this.runs.get(id);
		if (old != null) {
			old.inputs = inputs;
			return old.details;
		}
		TestRun run = new TestRun(details(id, request), inputs);
		this.runs.put(id, run);
		return run.details;
	}

	private RunDetails details(RunIdentifier id, CreateRunRequest request) {
		ActionDetails.Builder action = ActionDetails.newBuilder()
			.setId(ActionIdentifier.newBuilder().setRun(id).setName("a0"))
			.setStatus(ActionStatus.newBuilder().setPhase(ActionPhase.ACTION_PHASE_QUEUED).setStartTime(now()));
		if (request.hasTaskId()) {
			TaskDetails task = this.tasks.find(request.getTaskId());
			if (task == null) {
				throw Status.UNKNOWN.withDescription("sql: no rows in result set").asRuntimeException();
			}
			action.setTask(task.getSpec())
				.setMetadata(
						ActionMetadata.newBuilder().setTask(TaskActionMetadata.newBuilder().setId(task.getTaskId())));
		}
		else {
			action.setTask(request.getTaskSpec());
		}
		return RunDetails.newBuilder().setRunSpec(request.getRunSpec()).setAction(action).build();
	}

	synchronized Outputs outputs(RunIdentifier id) {
		return Objects.requireNonNullElse(find(id).outputs, Outputs.getDefaultInstance());
	}

	synchronized List<String> lines(RunIdentifier id) {
		return List.copyOf(find(id).log);
	}

	synchronized List<RunDetails> of(String project, String domain) {
		List<RunDetails> found = new ArrayList<>(all().stream()
			.filter((run) -> run.getAction().getId().getRun().getProject().equals(project)
					&& run.getAction().getId().getRun().getDomain().equals(domain))
			.toList());
		Collections.reverse(found);
		return found;
	}

	private TestRun find(RunIdentifier id) {
		TestRun run = this.runs.get(id.toBuilder().clearOrg().build());
		if (run == null) {
			throw Status.NOT_FOUND.withDescription("sql: no rows in result set").asRuntimeException();
		}
		return run;
	}

	private Timestamp now() {
		Instant now = this.clock.instant();
		return Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()).build();
	}

	/**
	 * What is known of a run.
	 */
	private static final class TestRun {

		private RunDetails details;

		private Inputs inputs;

		private @Nullable Outputs outputs;

		private final List<String> log = new ArrayList<>();

		private TestRun(RunDetails details, Inputs inputs) {
			this.details = details;
			this.inputs = inputs;
		}

	}

}
