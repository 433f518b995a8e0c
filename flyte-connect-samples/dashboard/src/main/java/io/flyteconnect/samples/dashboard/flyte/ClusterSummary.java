package io.flyteconnect.samples.dashboard.flyte;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One of the clusters that the dashboard is connected to.
 *
 * @param name the name of the connection
 * @param connection what it is connected to, without version and user where the cluster
 * does not answer
 * @param projects the projects of the cluster
 * @param executions the newest executions of its first project
 * @param failure why there is no more, or {@code null} if the cluster answers
 * @since 0.1.0
 */
public record ClusterSummary(String name, ConnectionInfo connection, List<ProjectSummary> projects,
		List<ExecutionSummary> executions, @Nullable FlyteFailure failure) {

}
