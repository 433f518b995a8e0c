package io.flyteconnect.samples.dashboard.embedded;

import java.util.List;

import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.core.Execution.WorkflowExecution.Phase;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.flyteconnect.samples.dashboard.EmbeddedDashboard;
import io.flyteconnect.samples.dashboard.flyte.ExecutionService;
import io.flyteconnect.samples.dashboard.flyte.LaunchPlanService;
import io.flyteconnect.samples.dashboard.flyte.LaunchRequest;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

@EmbeddedDashboard
class EmbeddedClusterTests {

	@Autowired
	FlyteTestServer flyte;

	@Autowired
	LaunchPlanService launchPlans;

	@Autowired
	ExecutionService executions;

	@Test
	void whenLaunchedThenItGetsToRun() throws InterruptedException {
		WorkflowExecutionIdentifier id = launch("cluster-runs");
		assertThat(await(id, Phase.RUNNING).getClosure().hasStartedAt()).isTrue();
	}

	@Test
	void whenTerminatedThenItEnds() throws InterruptedException {
		WorkflowExecutionIdentifier id = launch("cluster-ends");
		this.executions.terminate(id, "Enough");
		assertThat(await(id, Phase.ABORTED).getClosure().getAbortMetadata().getCause()).isEqualTo("Enough");
	}

	@Test
	void whenASampleExecutionRunsThenItGoesOnRunning() {
		try (FlyteTestServer own = FlyteTestServer.builder().withSampleData().start()) {
			List<Execution> before = own.executions().all();
			assertThat(before).extracting((execution) -> execution.getClosure().getPhase())
				.contains(Phase.RUNNING, Phase.QUEUED);
			EmbeddedCluster cluster = new EmbeddedCluster(own.executions());
			cluster.goOn();
			cluster.goOn();
			assertThat(own.executions().all()).isEqualTo(before);
		}
	}

	private WorkflowExecutionIdentifier launch(String name) {
		return this.launchPlans
			.launch(new LaunchRequest("flytesnacks", "development", "hello_world", null, name, null));
	}

	private Execution await(WorkflowExecutionIdentifier id, Phase phase) throws InterruptedException {
		for (int i = 0; i < 600; i++) {
			Execution execution = this.flyte.executions().get(id);
			if (execution.getClosure().getPhase() == phase) {
				return execution;
			}
			Thread.sleep(100);
		}
		throw new AssertionError(id.getName() + " is " + this.flyte.executions().get(id).getClosure().getPhase());
	}

}
