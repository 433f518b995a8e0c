package io.flyteconnect.test.runs;

import java.util.List;

import com.flyteidl2.task.GetTaskDetailsRequest;
import com.flyteidl2.task.GetTaskDetailsResponse;
import com.flyteidl2.task.ListTasksRequest;
import com.flyteidl2.task.ListTasksResponse;
import com.flyteidl2.task.ListVersionsRequest;
import com.flyteidl2.task.ListVersionsResponse;
import com.flyteidl2.task.ListVersionsResponse.VersionResponse;
import com.flyteidl2.task.Task;
import com.flyteidl2.task.TaskDetails;
import com.flyteidl2.task.TaskServiceGrpc;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;

/**
 * {@code flyteidl2.task.TaskService}.
 */
class TaskMethods extends TaskServiceGrpc.TaskServiceImplBase {

	private final TestTasks tasks;

	TaskMethods(TestTasks tasks) {
		this.tasks = tasks;
	}

	@Override
	public void getTaskDetails(GetTaskDetailsRequest request, StreamObserver<GetTaskDetailsResponse> observer) {
		Answers2.answer(observer, () -> {
			TaskDetails task = this.tasks.find(request.getTaskId());
			if (task == null) {
				throw Status.NOT_FOUND.withDescription("sql: no rows in result set").asRuntimeException();
			}
			return GetTaskDetailsResponse.newBuilder().setDetails(task).build();
		});
	}

	@Override
	public void listTasks(ListTasksRequest request, StreamObserver<ListTasksResponse> observer) {
		Answers2.answer(observer, () -> {
			ListTasksResponse.Builder page = ListTasksResponse.newBuilder();
			this.tasks.all()
				.stream()
				.map(TaskDetails::getTaskId)
				.filter((id) -> id.getProject().equals(request.getProjectId().getName())
						&& id.getDomain().equals(request.getProjectId().getDomain()))
				.forEach((id) -> page.addTasks(Task.newBuilder().setTaskId(id)));
			return page.build();
		});
	}

	@Override
	public void listVersions(ListVersionsRequest request, StreamObserver<ListVersionsResponse> observer) {
		Answers2.answer(observer, () -> {
			List<String> versions = this.tasks.versions(request.getTaskName());
			int limit = (request.getRequest().getLimit() > 0) ? request.getRequest().getLimit() : versions.size();
			ListVersionsResponse.Builder page = ListVersionsResponse.newBuilder();
			versions.stream()
				.limit(limit)
				.forEach((version) -> page.addVersions(VersionResponse.newBuilder().setVersion(version)));
			return page.build();
		});
	}

}
