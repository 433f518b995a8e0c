package io.flyteconnect.samples.dashboard.flyte;

import flyteidl.admin.Common.NamedEntityIdentifier;
import flyteidl.admin.Common.ResourceListRequest;
import flyteidl.admin.Common.Sort;
import flyteidl.core.Execution.WorkflowExecution.Phase;
import org.jspecify.annotations.Nullable;

/**
 * Which executions to list.
 *
 * @param project the project
 * @param domain the domain
 * @param phase the phase, or {@code null} for all
 * @param limit how many at most
 * @param token where the page starts, empty for the first one
 * @since 0.1.0
 */
public record ExecutionQuery(String project, String domain, @Nullable Phase phase, int limit, String token) {

	ResourceListRequest toRequest() {
		ResourceListRequest.Builder request = ResourceListRequest.newBuilder()
			.setId(NamedEntityIdentifier.newBuilder().setProject(this.project).setDomain(this.domain))
			.setLimit(this.limit)
			.setToken(this.token)
			.setSortBy(Sort.newBuilder().setKey("created_at").setDirection(Sort.Direction.DESCENDING));
		if (this.phase != null) {
			// Flyte Admin's filter language: function(field,value).
			request.setFilters("eq(phase," + this.phase.name() + ")");
		}
		return request.build();
	}

}
