package io.flyteconnect.integration.connection.example;

import java.time.Duration;
import java.time.LocalDate;

import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
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

	double total(LocalDate day) throws InterruptedException {
		WorkflowExecutionIdentifier id = this.executions
			.launch(LaunchRequest.launchPlan("forecasting", "production", "daily_demand").input("day", day).build());
		this.executions.await(id, Duration.ofHours(2));
		return this.executions.outputs(id).get("total", Double.class);
	}

}
