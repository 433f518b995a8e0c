package io.flyteconnect.internal.run;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.flyteidl2.common.ActionPhase;
import com.flyteidl2.common.RunIdentifier;
import com.flyteidl2.dataproxy.GetActionDataRequest;
import com.flyteidl2.dataproxy.GetActionDataResponse;
import com.flyteidl2.dataproxy.TailLogsRequest;
import com.flyteidl2.logs.dataplane.LogLine;
import com.flyteidl2.task.Inputs;
import com.flyteidl2.task.NamedLiteral;
import com.flyteidl2.workflow.GetRunDetailsRequest;
import com.flyteidl2.workflow.RunDetails;

import io.flyteconnect.FlyteRunsStub;
import io.flyteconnect.literal.FlyteLiterals;
import io.flyteconnect.literal.FlyteValues;

/**
 * Reads the inputs, outputs and logs of runs.
 */
public final class RunData {

	private final FlyteRunsStub flyte;

	public RunData(FlyteRunsStub flyte) {
		this.flyte = flyte;
	}

	public FlyteValues inputs(RunIdentifier id) {
		return FlyteLiterals.toJava(Idl2.literals(inputsOf(id).getLiteralsList()));
	}

	/**
	 * Return the inputs of a run as Flyte keeps them.
	 * @param id the run
	 * @return the inputs
	 */
	public Inputs inputsOf(RunIdentifier id) {
		return get(id).getInputs();
	}

	public FlyteValues outputs(RunIdentifier id) {
		RunDetails run = this.flyte.blocking()
			.getRunDetails(GetRunDetailsRequest.newBuilder().setRunId(id).build())
			.getDetails();
		// Flyte has none before, and says so in words of its storage.
		if (RunTexts.phase(run) != ActionPhase.ACTION_PHASE_SUCCEEDED
				&& RunTexts.phase(run) != ActionPhase.ACTION_PHASE_RECOVERED) {
			return FlyteValues.none("run " + RunTexts.of(id) + " is " + RunTexts.state(run));
		}
		List<NamedLiteral> outputs = get(id).getOutputs().getLiteralsList();
		return outputs.isEmpty() ? new FlyteValues(Map.of()) : FlyteLiterals.toJava(Idl2.literals(outputs));
	}

	private GetActionDataResponse get(RunIdentifier id) {
		return this.flyte.dataProxy()
			.blocking()
			.getActionData(GetActionDataRequest.newBuilder().setActionId(RunTexts.root(id)).build());
	}

	public Stream<LogLine> logs(RunIdentifier id) {
		RunDetails run = this.flyte.blocking()
			.getRunDetails(GetRunDetailsRequest.newBuilder().setRunId(id).build())
			.getDetails();
		return RunLogs.open(this.flyte,
				TailLogsRequest.newBuilder()
					.setActionId(RunTexts.root(id))
					.setAttempt(Math.max(1, run.getAction().getStatus().getAttempts()))
					.build());
	}

}
