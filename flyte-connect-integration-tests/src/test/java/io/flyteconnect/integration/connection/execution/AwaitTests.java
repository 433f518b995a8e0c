package io.flyteconnect.integration.connection.execution;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.core.Execution.ExecutionError;
import flyteidl.core.Execution.WorkflowExecution.Phase;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import flyteidl.core.Literals.LiteralMap;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.execution.ExecutionNotFinishedException;
import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.execution.LaunchRequest;
import io.flyteconnect.integration.connection.Applications;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * An application waits for executions, and ends them.
 */
class AwaitTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static FlyteTestServer server;

	private static ConfigurableApplicationContext context;

	private static FlyteExecutions executions;

	private WorkflowExecutionIdentifier id;

	@BeforeAll
	static void start() {
		server = FlyteTestServer.builder().withSampleData().start();
		context = Applications.create()
			.properties(server.properties())
			.property("flyte.channel.max-retries", 0)
			.property("flyte.execution.poll-interval", "50ms")
			.property("flyte.execution.max-poll-interval", "200ms")
			.run();
		executions = context.getBean(FlyteExecutions.class);
	}

	@AfterAll
	static void stop() {
		context.close();
		server.close();
	}

	@BeforeEach
	void launch() {
		server.behaviour().reset();
		this.id = executions.launch(LaunchRequest.launchPlan("flytesnacks", "development", "hello_world").build());
		server.executions().run(this.id);
		server.calls().clear();
	}

	@Test
	void whenItEndsThenItIsReturnedAsItHasEnded() {
		CompletableFuture<Execution> end = await(LONG);
		looks(3);
		assertThat(end).isNotDone();
		server.executions().succeed(this.id, LiteralMap.getDefaultInstance());
		assertThat(end.join()).isEqualTo(server.executions().get(this.id));
	}

	@ParameterizedTest
	@EnumSource(names = { "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED" })
	void whenItHasEndedAlreadyThenOneLookIsEnough(Phase phase) throws Exception {
		server.executions().complete(this.id, phase);
		assertThat(executions.await(this.id, LONG).getClosure().getPhase()).isEqualTo(phase);
		assertThat(server.calls().count("GetExecution")).isOne();
	}

	@Test
	void whenItFailsThenTheErrorIsThere() throws Exception {
		server.executions().fail(this.id, ExecutionError.newBuilder().setCode("USER:X").setMessage("broken").build());
		assertThat(executions.await(this.id, LONG).getClosure().getError().getMessage()).isEqualTo("broken");
	}

	@Test
	void whenTheTimeIsOverThenTheExecutionIsNamedAndGoesOn() {
		ExecutionNotFinishedException failure = catchThrowableOfType(ExecutionNotFinishedException.class,
				() -> executions.await(this.id, Duration.ofMillis(1500)));
		assertThat(failure).hasMessage("Execution flytesnacks/development/" + this.id.getName()
				+ " has not ended after PT1.5S and goes on: it was last seen RUNNING");
		assertThat(failure.getId()).isEqualTo(this.id);
		assertThat(failure.getPhase()).isEqualTo(Phase.RUNNING);
		assertThat(server.executions().get(this.id).getClosure().getPhase()).isEqualTo(Phase.RUNNING);
		// At 0, 50, 150, 350, 550 ms and so on, or a little earlier each; on a busy
		// machine
		// later.
		assertThat(server.calls().count("GetExecution")).isBetween(1, 12);
	}

	@Test
	void whenThereIsNoTimeThenItLooksOnce() {
		assertThatExceptionOfType(ExecutionNotFinishedException.class)
			.isThrownBy(() -> executions.await(this.id, Duration.ZERO));
		assertThat(server.calls().count("GetExecution")).isOne();
		assertThatIllegalArgumentException().isThrownBy(() -> executions.await(this.id, Duration.ofMillis(-1)));
	}

	@Test
	void whenTheTimeIsEndlessThenItWaits() {
		CompletableFuture<Execution> end = await(Duration.ofSeconds(Long.MAX_VALUE));
		looks(2);
		server.executions().complete(this.id, Phase.SUCCEEDED);
		assertThat(end.join().getClosure().getPhase()).isEqualTo(Phase.SUCCEEDED);
	}

	@ParameterizedTest
	@EnumSource(names = { "UNAVAILABLE", "DEADLINE_EXCEEDED", "RESOURCE_EXHAUSTED" })
	void whenFlyteFailsMeanwhileThenItWaitsOn(Status.Code code) {
		CompletableFuture<Execution> end = await(LONG);
		looks(1);
		server.behaviour().failNext("GetExecution", 3, code.toStatus());
		looks(6);
		server.executions().complete(this.id, Phase.SUCCEEDED);
		assertThat(end.join().getClosure().getPhase()).isEqualTo(Phase.SUCCEEDED);
		assertThat(server.calls().outcomes(code)).isEqualTo(3);
	}

	@Test
	void whenFlyteDoesNotAnswerThenTheTimeIsOverAllTheSame() {
		server.behaviour().delay("GetExecution", Duration.ofSeconds(20));
		ExecutionNotFinishedException failure = catchThrowableOfType(ExecutionNotFinishedException.class,
				() -> executions.await(this.id, Duration.ofMillis(300)));
		assertThat(failure.getPhase()).isNull();
		assertThat(failure).hasMessageContaining("Flyte did not answer; the last call ended with DEADLINE_EXCEEDED")
			.hasCauseInstanceOf(StatusRuntimeException.class);
	}

	@Test
	void whenFlyteRefusesThenTheFailureComesAtOnce() {
		WorkflowExecutionIdentifier unknown = this.id.toBuilder().setName("unknown").build();
		StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class,
				() -> executions.await(unknown, LONG));
		assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
		assertThat(server.calls().count("GetExecution")).isOne();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenInterruptedThenItEndsAtOnce(boolean duringTheCall) throws Exception {
		if (duringTheCall) {
			server.behaviour().delay("GetExecution", Duration.ofSeconds(20));
		}
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		Thread waiting = new Thread(() -> failure
			.complete(catchThrowableOfType(Throwable.class, () -> executions.await(this.id, Duration.ofMinutes(5)))));
		waiting.start();
		looks(1);
		waiting.interrupt();
		assertThat(failure.get(60, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
	}

	@Test
	void whenTerminatedThenItEndsAborted() {
		executions.terminate(this.id, "enough");
		assertThat(server.executions().get(this.id).getClosure().getAbortMetadata().getCause()).isEqualTo("enough");
		CompletableFuture<Execution> end = await(LONG);
		looks(2);
		server.executions().complete(this.id, Phase.ABORTED);
		assertThat(end.join().getClosure().getPhase()).isEqualTo(Phase.ABORTED);
		StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class,
				() -> executions.terminate(this.id, "again"));
		assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
	}

	private CompletableFuture<Execution> await(Duration timeout) {
		return CompletableFuture.supplyAsync(() -> {
			try {
				return executions.await(this.id, timeout);
			}
			catch (InterruptedException ex) {
				throw new CompletionException(ex);
			}
		});
	}

	private void looks(int times) {
		server.calls().awaitCalls("GetExecution", times, Duration.ofSeconds(20));
	}

}
