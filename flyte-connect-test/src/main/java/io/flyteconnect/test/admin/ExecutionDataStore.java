package io.flyteconnect.test.admin;

import java.time.Duration;

import flyteidl.admin.Common.UrlBlob;
import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.admin.ExecutionOuterClass.WorkflowExecutionGetDataResponse;
import flyteidl.core.Literals.LiteralMap;

/**
 * The inputs and outputs of executions, which are in an answer up to a size, and behind a
 * signed URL above it ({@code flyteadmin/pkg/manager/impl/util/data.go}).
 */
class ExecutionDataStore {

	private final SignedUrlStorage storage;

	private volatile int inlineLimit = Integer.MAX_VALUE;

	ExecutionDataStore(SignedUrlStorage storage) {
		this.storage = storage;
	}

	void setInlineLimit(int inlineLimit) {
		this.inlineLimit = inlineLimit;
	}

	@SuppressWarnings("deprecation")
	WorkflowExecutionGetDataResponse get(Execution execution) {
		WorkflowExecutionGetDataResponse.Builder data = WorkflowExecutionGetDataResponse.newBuilder();
		LiteralMap inputs = execution.getClosure().getComputedInputs();
		LiteralMap outputs = execution.getClosure().getOutputData();
		if (isSmall(inputs)) {
			data.setFullInputs(inputs);
		}
		else {
			data.setInputs(store(execution, "inputs.pb", inputs));
		}
		if (isSmall(outputs)) {
			data.setFullOutputs(outputs);
		}
		else {
			data.setOutputs(store(execution, "outputs.pb", outputs));
		}
		return data.build();
	}

	private boolean isSmall(LiteralMap literals) {
		return literals.getSerializedSize() < this.inlineLimit || literals.getLiteralsCount() == 0;
	}

	@SuppressWarnings("deprecation")
	private UrlBlob store(Execution execution, String name, LiteralMap literals) {
		String path = String.join("/", "metadata", execution.getId().getProject(), execution.getId().getDomain(),
				execution.getId().getName(), name);
		this.storage.put(path, literals.toByteArray());
		return UrlBlob.newBuilder()
			.setUrl(this.storage.sign("GET", path, Duration.ofMinutes(10), "").toString())
			.setBytes(literals.getSerializedSize())
			.build();
	}

}
