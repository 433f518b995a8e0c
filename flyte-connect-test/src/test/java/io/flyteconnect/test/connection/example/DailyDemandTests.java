package io.flyteconnect.test.connection.example;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.core.Execution.WorkflowExecution.Phase;
import flyteidl.core.Literals.LiteralMap;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import io.flyteconnect.test.FlyteTest;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Launching as the documentation shows it.
 */
@SpringBootTest(properties = { "flyte.execution.run-as.k8s-service-account=pipelines",
		"flyte.execution.secrets[0].group=database", "flyte.execution.secrets[0].key=password",
		"flyte.execution.poll-interval=20ms" })
@FlyteTest(sampleData = true)
class DailyDemandTests {

	@Autowired
	DailyDemand dailyDemand;

	@Autowired
	FlyteTestServer server;

	@Test
	void whenLaunchedThenItRunsAsConfiguredAndItsEndIsSeen() throws Exception {
		CompletableFuture<Execution> run = CompletableFuture.supplyAsync(this::run);
		this.server.calls().awaitCalls("GetExecution", 1, Duration.ofSeconds(30));
		Execution launched = this.server.executions().all().get(50);
		assertThat(launched.getSpec().getSecurityContext().getRunAs().getK8SServiceAccount()).isEqualTo("pipelines");
		assertThat(launched.getSpec().getSecurityContext().getSecrets(0).getGroup()).isEqualTo("database");
		this.server.executions().complete(launched.getId(), Phase.SUCCEEDED);
		assertThat(run.get(30, TimeUnit.SECONDS).getClosure().getPhase()).isEqualTo(Phase.SUCCEEDED);
	}

	private Execution run() {
		try {
			return this.dailyDemand.run(LiteralMap.getDefaultInstance());
		}
		catch (InterruptedException ex) {
			throw new CompletionException(ex);
		}
	}

}
