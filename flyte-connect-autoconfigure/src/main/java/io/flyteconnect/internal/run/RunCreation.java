package io.flyteconnect.internal.run;

import com.flyteidl2.common.RunIdentifier;
import com.flyteidl2.workflow.CreateRunRequest;
import com.flyteidl2.workflow.GetRunDetailsRequest;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;

import io.flyteconnect.FlyteRunsStub;
import io.flyteconnect.internal.execution.ExecutionNames;
import io.flyteconnect.internal.execution.SafeCreation;

/**
 * Creates runs. Flyte 2 answers a name that is taken with OK and the old run, whose
 * inputs it overwrites: a name has to be ours alone, and only the very same request may
 * be sent again under it.
 */
public final class RunCreation {

	private final FlyteRunsStub flyte;

	public RunCreation(FlyteRunsStub flyte) {
		this.flyte = flyte;
	}

	/**
	 * Create a run.
	 * @param request the request, whose run has a project and a domain, and a name if it
	 * is to have a given one
	 * @return the run
	 */
	public RunIdentifier create(CreateRunRequest request) {
		RunIdentifier id = request.getRunId();
		if (!id.getName().isEmpty()) {
			requireFree(id);
			return send(request);
		}
		RunIdentifier named = id.toBuilder().setName(ExecutionNames.generate()).build();
		CreateRunRequest complete = request.toBuilder().setRunId(named).build();
		return new SafeCreation<>(named, "Run " + RunTexts.of(named), () -> send(complete)).create();
	}

	private RunIdentifier send(CreateRunRequest request) {
		RunIdentifier answered = this.flyte.blocking().createRun(request).getRun().getAction().getId().getRun();
		// The server drops the organisation, and an old one may say nothing at all.
		return answered.getName().isEmpty() ? request.getRunId()
				: request.getRunId().toBuilder().setName(answered.getName()).build();
	}

	private void requireFree(RunIdentifier id) {
		try {
			this.flyte.blocking().getRunDetails(GetRunDetailsRequest.newBuilder().setRunId(id).build());
		}
		catch (StatusRuntimeException ex) {
			if (ex.getStatus().getCode() == Code.NOT_FOUND) {
				return;
			}
			throw ex;
		}
		throw Status.ALREADY_EXISTS
			.withDescription("There is a run " + RunTexts.of(id)
					+ ", whose inputs Flyte would overwrite: give the new one another name, or none")
			.asRuntimeException();
	}

}
