package io.flyteconnect.test.runs;

import java.util.List;

import com.flyteidl2.workflow.AbortRunRequest;
import com.flyteidl2.workflow.AbortRunResponse;
import com.flyteidl2.workflow.Action;
import com.flyteidl2.workflow.CreateRunRequest;
import com.flyteidl2.workflow.CreateRunResponse;
import com.flyteidl2.workflow.GetActionDetailsRequest;
import com.flyteidl2.workflow.GetActionDetailsResponse;
import com.flyteidl2.workflow.GetRunDetailsRequest;
import com.flyteidl2.workflow.GetRunDetailsResponse;
import com.flyteidl2.workflow.ListRunsRequest;
import com.flyteidl2.workflow.ListRunsResponse;
import com.flyteidl2.workflow.Run;
import com.flyteidl2.workflow.RunDetails;
import com.flyteidl2.workflow.RunServiceGrpc;
import com.flyteidl2.workflow.WatchActionDetailsRequest;
import com.flyteidl2.workflow.WatchActionDetailsResponse;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/**
 * {@code flyteidl2.workflow.RunService}.
 */
class RunMethods extends RunServiceGrpc.RunServiceImplBase {

	private static final int PAGE = 30;

	private final TestRuns runs;

	RunMethods(TestRuns runs) {
		this.runs = runs;
	}

	@Override
	public void createRun(CreateRunRequest request, StreamObserver<CreateRunResponse> observer) {
		Answers2.answer(observer, () -> CreateRunResponse.newBuilder().setRun(run(this.runs.create(request))).build());
	}

	@Override
	public void abortRun(AbortRunRequest request, StreamObserver<AbortRunResponse> observer) {
		Answers2.answer(observer, () -> {
			this.runs.abort(request.getRunId(), request.hasReason() ? request.getReason() : "User requested abort");
			return AbortRunResponse.getDefaultInstance();
		});
	}

	@Override
	public void getRunDetails(GetRunDetailsRequest request, StreamObserver<GetRunDetailsResponse> observer) {
		Answers2.answer(observer,
				() -> GetRunDetailsResponse.newBuilder().setDetails(this.runs.get(request.getRunId())).build());
	}

	@Override
	public void getActionDetails(GetActionDetailsRequest request, StreamObserver<GetActionDetailsResponse> observer) {
		Answers2.answer(observer,
				() -> GetActionDetailsResponse.newBuilder()
					.setDetails(this.runs.get(request.getActionId().getRun()).getAction())
					.build());
	}

	@Override
	public void watchActionDetails(WatchActionDetailsRequest request,
			StreamObserver<WatchActionDetailsResponse> observer) {
		try {
			this.runs.watch(request.getActionId(), (ServerCallStreamObserver<WatchActionDetailsResponse>) observer);
		}
		catch (StatusRuntimeException ex) {
			observer.onError(ex);
		}
	}

	@Override
	public void listRuns(ListRunsRequest request, StreamObserver<ListRunsResponse> observer) {
		Answers2.answer(observer, () -> {
			List<RunDetails> all = this.runs.of(request.getProjectId().getName(), request.getProjectId().getDomain());
			int limit = (request.getRequest().getLimit() > 0) ? request.getRequest().getLimit() : PAGE;
			String token = request.getRequest().getToken();
			int from = token.isEmpty() ? 0 : Integer.parseInt(token);
			int to = Math.min(all.size(), from + limit);
			ListRunsResponse.Builder page = ListRunsResponse.newBuilder();
			all.subList(from, to).forEach((details) -> page.addRuns(run(details)));
			return page.setToken((to < all.size()) ? String.valueOf(to) : "").build();
		});
	}

	private static Run run(RunDetails details) {
		return Run.newBuilder()
			.setAction(Action.newBuilder()
				.setId(details.getAction().getId())
				.setMetadata(details.getAction().getMetadata())
				.setStatus(details.getAction().getStatus()))
			.build();
	}

}
