package io.flyteconnect.internal.run;

import java.util.stream.Stream;

import com.flyteidl2.common.ListRequest;
import com.flyteidl2.common.ProjectIdentifier;
import com.flyteidl2.common.Sort;
import com.flyteidl2.workflow.ListRunsRequest;
import com.flyteidl2.workflow.ListRunsResponse;
import com.flyteidl2.workflow.Run;

import io.flyteconnect.FlyteRunsStub;

/**
 * Lists runs page by page.
 */
public final class RunPages {

	private static final int PAGE = 100;

	private static final Sort NEWEST_FIRST = Sort.newBuilder()
		.setKey("created_at")
		.setDirection(Sort.Direction.DESCENDING)
		.build();

	private RunPages() {
	}

	/**
	 * Return the runs of a project and domain.
	 * @param flyte the stubs
	 * @param project the project, with its domain
	 * @return the runs, the newest first, fetched as they are read
	 */
	public static Stream<Run> of(FlyteRunsStub flyte, ProjectIdentifier project) {
		return Stream
			.iterate(page(flyte, project, ""), (page) -> page.getRunsCount() > 0, (page) -> next(flyte, project, page))
			.flatMap((page) -> page.getRunsList().stream());
	}

	private static ListRunsResponse next(FlyteRunsStub flyte, ProjectIdentifier project, ListRunsResponse page) {
		return page.getToken().isEmpty() ? ListRunsResponse.getDefaultInstance()
				: page(flyte, project, page.getToken());
	}

	private static ListRunsResponse page(FlyteRunsStub flyte, ProjectIdentifier project, String token) {
		return flyte.blocking()
			.listRuns(ListRunsRequest.newBuilder()
				.setProjectId(project)
				.setRequest(ListRequest.newBuilder().setLimit(PAGE).setToken(token).addSortByFields(NEWEST_FIRST))
				.build());
	}

}
