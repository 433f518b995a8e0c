package io.flyteconnect.execution;

import java.time.Duration;

import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import io.grpc.Status;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExecutionNotFinishedExceptionTests {

	private final WorkflowExecutionIdentifier id = WorkflowExecutionIdentifier.newBuilder()
		.setProject("p")
		.setDomain("d")
		.setName("n\nforged")
		.build();

	@Test
	void whenServerSaysMoreThanOneLineThenTheMessageIsOneLineOfSaneLength() {
		ExecutionNotFinishedException ex = new ExecutionNotFinishedException(this.id, Duration.ofSeconds(2), null,
				Status.UNAVAILABLE.withDescription("down\r\nERROR " + "x".repeat(100_000)).asRuntimeException());
		assertThat(ex).message()
			.startsWith("Execution p/d/n forged has not ended after PT2S and goes on: Flyte did not answer;"
					+ " the last call ended with UNAVAILABLE: down ERROR xxx")
			.hasSizeLessThan(2300);
		assertThat(ex.getId()).isEqualTo(this.id);
	}

}
