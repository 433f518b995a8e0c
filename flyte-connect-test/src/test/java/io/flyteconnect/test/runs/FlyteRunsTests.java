package io.flyteconnect.test.runs;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import com.flyteidl2.common.ActionPhase;
import com.flyteidl2.common.RunIdentifier;
import com.flyteidl2.core.SimpleType;
import com.flyteidl2.logs.dataplane.LogLine;
import com.flyteidl2.task.TaskIdentifier;
import com.flyteidl2.workflow.CreateRunRequest;
import com.flyteidl2.workflow.RunDetails;
import com.google.protobuf.BoolValue;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import io.flyteconnect.FlyteRunsStub;
import io.flyteconnect.config.RunSettings;
import io.flyteconnect.execution.ExecutionDefaults;
import io.flyteconnect.execution.ExecutionSettings;
import io.flyteconnect.execution.FlyteInterface;
import io.flyteconnect.execution.InvalidInputsException;
import io.flyteconnect.identity.Identity;
import io.flyteconnect.identity.SecurityContext;
import io.flyteconnect.run.FlyteRuns;
import io.flyteconnect.run.RunNotFinishedException;
import io.flyteconnect.run.RunRequest;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of {@link FlyteRuns} against a Flyte 2 in memory, over a real socket.
 */
@Tag("once")
@ParameterizedClass
@EnumSource(RunsWire.class)
class FlyteRunsTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final ExecutionSettings FAST = new ExecutionSettings(ExecutionDefaults.NONE, Duration.ofMillis(5),
			Duration.ofMillis(20));

	private final FlyteTestServer server;

	private final ManagedChannel channel;

	private final FlyteRuns runs;

	FlyteRunsTests(RunsWire wire) {
		this.server = wire.start();
		this.channel = wire.connect(this.server);
		this.runs = new FlyteRuns(new FlyteRunsStub(this.channel), RunSettings.NONE, FAST);
	}

	@BeforeEach
	void addTask() {
		this.server.flyte2()
			.tasks()
			.add("snacks", "development", "bakery.bake", "v1")
			.input("count", SimpleType.INTEGER)
			.input("sweet", SimpleType.BOOLEAN, true)
			.input("name", SimpleType.STRING, "cake")
			.output("eaten", SimpleType.INTEGER);
	}

	@AfterEach
	void close() {
		this.channel.shutdownNow();
		this.server.close();
	}

	@Test
	void whenATaskIsLaunchedThenItHasItsInputsInTheirOrderWithTheirDefaults() {
		RunIdentifier id = launch(RunRequest.task("snacks", "development", "bakery.bake").input("count", 3));
		assertThat(id.getProject()).isEqualTo("snacks");
		assertThat(id.getName()).matches("[a-z]([-a-z0-9]*[a-z0-9])?").hasSizeLessThanOrEqualTo(30);
		assertThat(this.server.flyte2().runs().inputs(id).getLiteralsList()).extracting("name")
			.containsExactly("count", "sweet", "name");
		assertThat(this.runs.inputs(id))
			.containsExactlyInAnyOrderEntriesOf(Map.of("count", 3L, "sweet", true, "name", "cake"));
	}

	@Test
	void whenNoVersionIsNamedThenTheNewestRuns() {
		this.server.flyte2().tasks().add("snacks", "development", "bakery.bake", "v2").input("size", SimpleType.FLOAT);
		RunIdentifier id = launch(RunRequest.task("snacks", "development", "bakery.bake").input("size", 1.5));
		assertThat(versionOf(id)).isEqualTo("v2");
		RunIdentifier old = launch(RunRequest.task("snacks", "development", "bakery.bake", "v1").input("count", 1));
		assertThat(versionOf(old)).isEqualTo("v1");
	}

	@Test
	void whenAnInputDoesNotFitThenAllThatIsWrongIsNamedAndNothingRuns() {
		assertThatExceptionOfType(InvalidInputsException.class).isThrownBy(() -> launch(
				RunRequest.task("snacks", "development", "bakery.bake").input("nmae", "pie").input("sweet", "very")))
			.satisfies((ex) -> assertThat(ex.getProblems()).containsOnlyKeys("count", "nmae", "sweet"))
			.withMessageContaining("Task snacks/development/bakery.bake cannot be launched with these inputs")
			.withMessageContaining("did you mean 'name'?");
		assertThat(this.server.flyte2().runs().all()).isEmpty();
	}

	@Test
	void whenThereIsNoSuchTaskThenItIsNotFoundWithWhatMayBeMeant() {
		assertThat(statusOf(() -> launch(RunRequest.task("snacks", "development", "bakery.bkae"))))
			.satisfies((status) -> {
				assertThat(status.getCode()).isEqualTo(Code.NOT_FOUND);
				assertThat(status.getDescription())
					.isEqualTo("Flyte has no task snacks/development/bakery.bkae; did you mean 'bakery.bake'?");
			});
		assertThat(statusOf(() -> launch(RunRequest.task("snacks", "development", "bakery.bake", "v9"))))
			.satisfies((status) -> {
				assertThat(status.getCode()).isEqualTo(Code.NOT_FOUND);
				assertThat(status.getDescription())
					.isEqualTo("Flyte has no version 'v9' of task snacks/development/bakery.bake");
			});
	}

	@Test
	void whenANameIsTakenThenTheOldRunKeepsItsInputs() {
		RunRequest.Builder first = RunRequest.task("snacks", "development", "bakery.bake")
			.input("count", 7)
			.name("monday");
		RunIdentifier id = launch(first);
		assertThat(id.getName()).isEqualTo("monday");
		Status status = statusOf(() -> launch(first.input("count", 8)));
		assertThat(status.getCode()).isEqualTo(Code.ALREADY_EXISTS);
		assertThat(status.getDescription()).contains("There is a run snacks/development/monday");
		assertThat(this.runs.inputs(id)).containsEntry("count", 7L);
	}

	@Test
	void whenFlyteIsUnavailableForAMomentThenTheRunIsCreatedOnce() {
		this.server.behaviour().failNext("CreateRun", 2, Status.UNAVAILABLE);
		RunIdentifier id = launch(RunRequest.task("snacks", "development", "bakery.bake").input("count", 3));
		assertThat(this.server.flyte2().runs().all()).singleElement()
			.satisfies((run) -> assertThat(run.getAction().getId().getRun().getName()).isEqualTo(id.getName()));
	}

	@Test
	void whenARunEndsThenTheWaitEndsWithItsOutputs() throws Exception {
		RunIdentifier id = launch(RunRequest.task("snacks", "development", "bakery.bake").input("count", 3));
		assertThat(this.runs.outputs(id)).isEmpty();
		AtomicReference<RunDetails> running = new AtomicReference<>();
		RunDetails end = this.runs.await(id, SOON, (run) -> {
			if (run.getAction().getStatus().getPhase() == ActionPhase.ACTION_PHASE_QUEUED) {
				this.server.flyte2().runs().start(id);
			}
			else if (running.compareAndSet(null, run)) {
				this.server.flyte2().runs().succeed(id, Map.of("eaten", 2));
			}
		});
		assertThat(end.getAction().getStatus().getPhase()).isEqualTo(ActionPhase.ACTION_PHASE_SUCCEEDED);
		assertThat(this.runs.outputs(id).get("eaten", Integer.class)).isEqualTo(2);
	}

	@Test
	void whenARunFailsThenItsOutputsSayWhy() throws Exception {
		RunIdentifier id = launch(RunRequest.task("snacks", "development", "bakery.bake").input("count", 3));
		this.server.flyte2().runs().fail(id, "the oven is cold");
		assertThat(this.runs.await(id, SOON).getAction().getErrorInfo().getMessage()).isEqualTo("the oven is cold");
		assertThatExceptionOfType(NoSuchElementException.class)
			.isThrownBy(() -> this.runs.outputs(id).get("eaten", Integer.class))
			.withMessageContaining("is FAILED: the oven is cold");
	}

	@Test
	void whenARunIsRecoveredThenTheWaitEnds() throws Exception {
		RunIdentifier id = launch(RunRequest.task("snacks", "development", "bakery.bake").input("count", 3));
		this.server.flyte2().runs().complete(id, ActionPhase.ACTION_PHASE_RECOVERED);
		assertThat(this.runs.await(id, SOON).getAction().getStatus().getPhase())
			.isEqualTo(ActionPhase.ACTION_PHASE_RECOVERED);
	}

	@Test
	void whenARunIsNotTakenUpThenTheEndOfTheWaitSaysSo() {
		RunIdentifier id = launch(RunRequest.task("snacks", "development", "bakery.bake").input("count", 3));
		assertThatExceptionOfType(RunNotFinishedException.class).isThrownBy(() -> this.runs.await(id, Duration.ZERO))
			.withMessageContaining("goes on: it was last seen QUEUED, and Flyte creates runs that nothing takes up")
			.satisfies((ex) -> assertThat(ex.getId()).isEqualTo(id))
			.satisfies((ex) -> assertThat(ex.getLast()).isNotNull());
	}

	@Test
	void whenFlyteIsAwayWhileARunIsWaitedForThenTheWaitGoesOn() throws Exception {
		RunIdentifier id = launch(RunRequest.task("snacks", "development", "bakery.bake").input("count", 3));
		this.server.flyte2().runs().succeed(id, Map.of("eaten", 1));
		this.server.behaviour().failNext("GetRunDetails", 3, Status.UNAVAILABLE);
		assertThat(this.runs.await(id, SOON).getAction().getStatus().getPhase())
			.isEqualTo(ActionPhase.ACTION_PHASE_SUCCEEDED);
	}

	@Test
	void whenTheThreadIsInterruptedThenTheWaitEnds() throws Exception {
		RunIdentifier id = launch(RunRequest.task("snacks", "development", "bakery.bake").input("count", 3));
		CompletableFuture<Throwable> ended = new CompletableFuture<>();
		CompletableFuture<Void> looked = new CompletableFuture<>();
		Thread waiter = new Thread(() -> {
			try {
				this.runs.await(id, SOON, (run) -> looked.complete(null));
				ended.complete(null);
			}
			catch (Throwable ex) {
				ended.complete(ex);
			}
		});
		waiter.start();
		looked.join();
		waiter.interrupt();
		assertThat(ended.join()).isInstanceOf(InterruptedException.class);
	}

	@Test
	void whenARunHasEndedThenItIsNotAborted() {
		RunIdentifier id = launch(RunRequest.task("snacks", "development", "bakery.bake").input("count", 3));
		this.server.flyte2().runs().succeed(id, Map.of("eaten", 1));
		Status status = statusOf(() -> this.runs.abort(id, "too late"));
		assertThat(status.getCode()).isEqualTo(Code.FAILED_PRECONDITION);
		assertThat(status.getDescription()).contains("has ended and cannot be aborted: it is SUCCEEDED");
		assertThat(phaseOf(id)).isEqualTo(ActionPhase.ACTION_PHASE_SUCCEEDED);
	}

	@Test
	void whenARunGoesOnThenItIsAborted() {
		RunIdentifier id = launch(RunRequest.task("snacks", "development", "bakery.bake").input("count", 3));
		this.runs.abort(id, "no flour");
		RunDetails run = this.runs.get(id);
		assertThat(phaseOf(id)).isEqualTo(ActionPhase.ACTION_PHASE_ABORTED);
		assertThat(run.getAction().getAbortInfo().getReason()).isEqualTo("no flour");
	}

	@Test
	void whenARunIsRunAgainThenItHasTheSameTaskAndInputsUnderANewName() {
		RunIdentifier id = launch(RunRequest.task("snacks", "development", "bakery.bake")
			.input("count", 3)
			.spec((spec) -> spec.setInterruptible(BoolValue.of(true))));
		RunIdentifier again = this.runs.rerun(id);
		assertThat(again.getName()).isNotEqualTo(id.getName());
		assertThat(this.runs.inputs(again)).isEqualTo(this.runs.inputs(id));
		assertThat(versionOf(again)).isEqualTo("v1");
		assertThat(this.runs.get(again).getRunSpec().getInterruptible().getValue()).isTrue();
	}

	@Test
	void whenThereAreMoreRunsThanAPageHasThenAllAreListed() {
		for (int i = 0; i < 230; i++) {
			this.server.flyte2()
				.runs()
				.create(CreateRunRequest.newBuilder()
					.setRunId(RunIdentifier.newBuilder().setProject("snacks").setDomain("development").setName("r" + i))
					.build());
		}
		List<String> names = this.runs.list("snacks", "development")
			.map((run) -> run.getAction().getId().getRun().getName())
			.toList();
		assertThat(names).hasSize(230).startsWith("r229").endsWith("r0").doesNotHaveDuplicates();
		assertThat(this.runs.list("snacks", "production")).isEmpty();
	}

	@Test
	void whenALogIsReadThenItsLinesComeInOrder() {
		RunIdentifier id = launch(RunRequest.task("snacks", "development", "bakery.bake").input("count", 3));
		this.server.flyte2().runs().log(id, "mixing");
		this.server.flyte2().runs().log(id, "baking");
		try (Stream<LogLine> log = this.runs.logs(id)) {
			assertThat(log.map(LogLine::getMessage)).containsExactly("mixing", "baking");
		}
	}

	@Test
	void whenProjectAndDomainAreConfiguredThenARequestNeedsNone() {
		FlyteRuns configured = new FlyteRuns(new FlyteRunsStub(this.channel),
				new RunSettings(null, "snacks", "development"), FAST);
		RunIdentifier id = configured.launch(RunRequest.task("bakery.bake").input("count", 1).build());
		assertThat(id.getDomain()).isEqualTo("development");
		assertThatIllegalArgumentException().isThrownBy(() -> this.runs.launch(RunRequest.task("bakery.bake").build()))
			.withMessage("It is not said in which project task 'bakery.bake' is: name it in the request, or set"
					+ " 'flyte.runs.project'");
	}

	@Test
	void whenAnIdentityIsConfiguredThenARunHasItUnlessItHasItsOwn() {
		FlyteRuns configured = new FlyteRuns(new FlyteRunsStub(this.channel), RunSettings.NONE, new ExecutionSettings(
				new ExecutionDefaults(account("baker"), null), FAST.pollInterval(), FAST.maxPollInterval()));
		RunRequest.Builder request = RunRequest.task("snacks", "development", "bakery.bake").input("count", 1);
		assertThat(accountOf(configured.launch(request.build()))).isEqualTo("baker");
		assertThat(accountOf(configured.launch(request.securityContext(account("cook")).build()))).isEqualTo("cook");
	}

	@Test
	void whenANameIsNoneThatFlyteTakesThenNothingIsSent() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RunRequest.task("snacks", "development", "bakery.bake").name("Monday-").build())
			.withMessageContaining("'Monday-' is no name of a run");
	}

	@Test
	void whenATaskIsAskedForItsInterfaceThenTypesAndDefaultsAreThere() {
		FlyteInterface types = this.runs.interfaceOf(TaskIdentifier.newBuilder()
			.setProject("snacks")
			.setDomain("development")
			.setName("bakery.bake")
			.build());
		assertThat(types.id().getVersion()).isEqualTo("v1");
		assertThat(types.inputs().values()).extracting(Object::toString)
			.containsExactly("count: integer (required)", "name: string = \"cake\"", "sweet: boolean = true");
		assertThat(types.outputs()).containsOnlyKeys("eaten");
	}

	private RunIdentifier launch(RunRequest.Builder request) {
		return this.runs.launch(request.build());
	}

	private static Status statusOf(Runnable call) {
		try {
			call.run();
		}
		catch (StatusRuntimeException ex) {
			return ex.getStatus();
		}
		return Status.OK;
	}

	private ActionPhase phaseOf(RunIdentifier id) {
		return this.server.flyte2().runs().get(id).getAction().getStatus().getPhase();
	}

	private String versionOf(RunIdentifier id) {
		return this.server.flyte2().runs().get(id).getAction().getMetadata().getTask().getId().getVersion();
	}

	private String accountOf(RunIdentifier id) {
		return this.server.flyte2().runs().get(id).getRunSpec().getSecurityContext().getRunAs().getK8SServiceAccount();
	}

	private static SecurityContext account(String name) {
		return SecurityContext.builder().runAs(Identity.builder().k8sServiceAccount(name).build()).build();
	}

}
