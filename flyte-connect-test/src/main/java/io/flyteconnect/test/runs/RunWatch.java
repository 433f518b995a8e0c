package io.flyteconnect.test.runs;

import com.flyteidl2.common.RunIdentifier;
import com.flyteidl2.workflow.ActionDetails;
import com.flyteidl2.workflow.WatchActionDetailsResponse;
import io.grpc.stub.ServerCallStreamObserver;

/**
 * Who wants to know of each change of a run.
 */
class RunWatch {

	private final RunIdentifier run;

	private final ServerCallStreamObserver<WatchActionDetailsResponse> observer;

	RunWatch(RunIdentifier run, ServerCallStreamObserver<WatchActionDetailsResponse> observer) {
		this.run = run;
		this.observer = observer;
	}

	/**
	 * Say how an action is, if it is that of the run.
	 * @return whether anybody still listens
	 */
	boolean tell(ActionDetails action) {
		if (this.observer.isCancelled()) {
			return false;
		}
		if (action.getId().getRun().equals(this.run)) {
			this.observer.onNext(WatchActionDetailsResponse.newBuilder().setDetails(action).build());
		}
		return true;
	}

}
