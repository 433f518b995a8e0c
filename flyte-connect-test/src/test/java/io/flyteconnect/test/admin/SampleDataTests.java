package io.flyteconnect.test.admin;

import java.time.Instant;
import java.util.List;

import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.admin.ExecutionOuterClass.ExecutionCreateRequest;
import flyteidl.admin.ProjectOuterClass.Project;
import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import flyteidl.core.Execution.WorkflowExecution.Phase;
import org.junit.jupiter.api.Test;

import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.test.TestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SampleData}.
 */
class SampleDataTests {

	@Test
	void whenStartedWithSampleDataThenProjectsAndExecutionsAreThere() {
		try (FlyteTestServer server = FlyteTestServer.builder().withSampleData().start();
				TestClient client = TestClient.plaintext(server)) {
			assertThat(client.admin().listProjects(ProjectListRequest.getDefaultInstance()).getProjectsList())
				.extracting(Project::getId)
				.containsExactly("flytesnacks", "forecasting", "genomics");
			List<Execution> all = server.executions().all();
			assertThat(all).hasSize(50)
				.extracting((execution) -> execution.getClosure().getPhase())
				.contains(Phase.SUCCEEDED, Phase.FAILED, Phase.ABORTED, Phase.TIMED_OUT, Phase.RUNNING, Phase.QUEUED);
			assertThat(all).allSatisfy((execution) -> {
				assertThat(Times.instant(execution.getClosure().getUpdatedAt())).isBefore(Instant.now());
				assertThat(execution.getClosure().hasDuration())
					.isEqualTo(!List.of(Phase.RUNNING, Phase.QUEUED).contains(execution.getClosure().getPhase()));
			});
			assertThat(client.admin()
				.listExecutions(AdminFixture.list("flytesnacks", "development").setFilters("eq(phase,RUNNING)").build())
				.getExecutionsCount()).isPositive();
			Execution first = all.get(0);
			assertThat(client.admin()
				.createExecution(ExecutionCreateRequest.newBuilder()
					.setProject("flytesnacks")
					.setDomain("development")
					.setSpec(first.getSpec())
					.build())
				.getId()
				.getName()).startsWith("a");
		}
	}

	@Test
	void whenTwoServersHaveSampleDataThenOnlyTimesDiffer() {
		try (FlyteTestServer one = FlyteTestServer.builder().withSampleData().start();
				FlyteTestServer two = FlyteTestServer.builder().withSampleData().start()) {
			assertThat(one.executions().all()).extracting(Execution::getId)
				.isEqualTo(two.executions().all().stream().map(Execution::getId).toList());
			assertThat(one.executions().all()).extracting((execution) -> execution.getClosure().getDuration())
				.isEqualTo(two.executions().all().stream().map((e) -> e.getClosure().getDuration()).toList());
		}
	}

}
