package io.flyteconnect.test.connection.example;

import java.time.Duration;

import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import flyteidl.core.Literals.LiteralMap;
import org.springframework.stereotype.Service;

import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.execution.LaunchRequest;

/**
 * As in the documentation.
 */
@Service
class DailyDemand {

	private final FlyteExecutions executions;

	DailyDemand(FlyteExecutions executions) {
		this.executions = executions;
	}

	Execution run(LiteralMap inputs) throws InterruptedException {
		WorkflowExecutionIdentifier id = this.executions
			.launch(LaunchRequest.launchPlan("forecasting", "production", "daily_demand").inputs(inputs).build());
		return this.executions.await(id, Duration.ofHours(2));
	}

}
