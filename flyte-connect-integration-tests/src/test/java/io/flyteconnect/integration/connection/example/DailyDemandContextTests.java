package io.flyteconnect.integration.connection.example;

import java.time.LocalDate;
import java.util.Map;

import flyteidl.admin.ExecutionOuterClass.ExecutionSpec;
import flyteidl.core.Types.SimpleType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import io.flyteconnect.test.FlyteTest;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The service of the documentation with the settings that stand beside it.
 */
@Tag("once")
@SpringBootTest(properties = { "flyte.execution.run-as.k8s-service-account=pipelines",
		"flyte.execution.secrets[0].group=database", "flyte.execution.secrets[0].key=password",
		"flyte.execution.poll-interval=20ms" })
@FlyteTest(sampleData = true)
class DailyDemandContextTests {

	@Autowired
	DailyDemand dailyDemand;

	@Autowired
	FlyteTestServer server;

	@Test
	void whenLaunchedThenItRunsAsConfigured() throws Exception {
		this.server.admin()
			.launchPlan("forecasting", "production", "daily_demand")
			.input("day", SimpleType.DATETIME)
			.succeedsWith(Map.of("total", 3.0));
		assertThat(this.dailyDemand.total(LocalDate.of(2026, 7, 1))).isEqualTo(3.0);
		ExecutionSpec launched = this.server.executions().all().get(50).getSpec();
		assertThat(launched.getSecurityContext().getRunAs().getK8SServiceAccount()).isEqualTo("pipelines");
		assertThat(launched.getSecurityContext().getSecrets(0).getGroup()).isEqualTo("database");
	}

}
