package io.flyteconnect.integration.connection.example;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import flyteidl.core.Types.SimpleType;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.test.FlyteTest;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * As in the documentation.
 */
@SpringBootTest
@FlyteTest
class DailyDemandTests {

	@Autowired
	DailyDemand dailyDemand;

	@Test
	void whenTheExecutionSucceedsThenItsTotalIsReturned(@Autowired FlyteTestServer server,
			@Autowired FlyteExecutions executions) throws Exception {
		server.admin()
			.launchPlan("forecasting", "production", "daily_demand")
			.input("day", SimpleType.DATETIME)
			.input("horizon", SimpleType.INTEGER, 7)
			.output("total", SimpleType.FLOAT)
			.succeedsWith(Map.of("total", 12.5));
		assertThat(this.dailyDemand.total(LocalDate.of(2026, 7, 1))).isEqualTo(12.5);
		WorkflowExecutionIdentifier id = server.executions().all().get(0).getId();
		assertThat(executions.inputs(id))
			.isEqualTo(Map.of("day", Instant.parse("2026-07-01T00:00:00Z"), "horizon", 7L));
	}

}
