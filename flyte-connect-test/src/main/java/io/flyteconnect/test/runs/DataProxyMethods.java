package io.flyteconnect.test.runs;

import com.flyteidl2.common.RunIdentifier;
import com.flyteidl2.dataproxy.DataProxyServiceGrpc;
import com.flyteidl2.dataproxy.GetActionDataRequest;
import com.flyteidl2.dataproxy.GetActionDataResponse;
import com.flyteidl2.dataproxy.TailLogsRequest;
import com.flyteidl2.dataproxy.TailLogsResponse;
import com.flyteidl2.dataproxy.UploadInputsRequest;
import com.flyteidl2.dataproxy.UploadInputsResponse;
import com.flyteidl2.logs.dataplane.LogLine;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;

/**
 * {@code flyteidl2.dataproxy.DataProxyService}.
 */
class DataProxyMethods extends DataProxyServiceGrpc.DataProxyServiceImplBase {

	private final TestRuns runs;

	DataProxyMethods(TestRuns runs) {
		this.runs = runs;
	}

	@Override
	public void getActionData(GetActionDataRequest request, StreamObserver<GetActionDataResponse> observer) {
		RunIdentifier run = request.getActionId().getRun();
		Answers2.answer(observer,
				() -> GetActionDataResponse.newBuilder()
					.setInputs(this.runs.inputs(run))
					.setOutputs(this.runs.outputs(run))
					.build());
	}

	@Override
	public void uploadInputs(UploadInputsRequest request, StreamObserver<UploadInputsResponse> observer) {
		Answers2.answer(observer,
				() -> UploadInputsResponse.newBuilder()
					.setOffloadedInputData(this.runs.keep(request.getInputs()))
					.build());
	}

	@Override
	public void tailLogs(TailLogsRequest request, StreamObserver<TailLogsResponse> observer) {
		try {
			for (String line : this.runs.lines(request.getActionId().getRun())) {
				observer.onNext(TailLogsResponse.newBuilder()
					.addLogs(TailLogsResponse.Logs.newBuilder().addLines(LogLine.newBuilder().setMessage(line)))
					.build());
			}
			observer.onCompleted();
		}
		catch (StatusRuntimeException ex) {
			observer.onError(ex);
		}
	}

}
