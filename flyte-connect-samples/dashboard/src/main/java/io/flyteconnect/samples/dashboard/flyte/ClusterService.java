package io.flyteconnect.samples.dashboard.flyte;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import flyteidl.admin.ExecutionOuterClass.Execution;
import io.grpc.StatusRuntimeException;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.stereotype.Service;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnections;

/**
 * All clusters that the dashboard is connected to, side by side.
 *
 * @since 0.1.0
 */
@Service
public class ClusterService {

	private static final int NEWEST = 5;

	private final FlyteConnections connections;

	ClusterService(FlyteConnections connections) {
		this.connections = connections;
	}

	/**
	 * Count the clusters.
	 * @return how many the dashboard is connected to
	 */
	public int count() {
		return this.connections.names().size();
	}

	/**
	 * Look at all clusters, all at once: one that is down keeps none waiting but itself.
	 * @return what each has, or why it does not say
	 */
	public List<ClusterSummary> list() {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("cluster-");
		List<CompletableFuture<ClusterSummary>> all = this.connections.stream()
			.map((connection) -> CompletableFuture.supplyAsync(() -> look(connection), executor))
			.toList();
		return all.stream().map(CompletableFuture::join).toList();
	}

	private static ClusterSummary look(FlyteConnection connection) {
		ConnectionService service = new ConnectionService(connection.admin(), connection.config());
		try {
			List<ProjectSummary> projects = new ProjectService(connection.admin()).list();
			return new ClusterSummary(connection.name(), service.connected(), projects,
					projects.isEmpty() ? List.of() : newest(connection, projects.get(0)), null);
		}
		catch (StatusRuntimeException ex) {
			return new ClusterSummary(connection.name(), service.configured(), List.of(), List.of(),
					FlyteFailure.of(ex));
		}
	}

	private static List<ExecutionSummary> newest(FlyteConnection connection, ProjectSummary project) {
		String domain = project.domains().isEmpty() ? "" : project.domains().get(0);
		List<Execution> newest = connection.admin()
			.blocking()
			.listExecutions(new ExecutionQuery(project.id(), domain, null, NEWEST, "").toRequest())
			.getExecutionsList();
		return newest.stream()
			.map((execution) -> ExecutionSummary.of(execution,
					connection.console().map((console) -> console.execution(execution.getId())).orElse(null)))
			.toList();
	}

}
