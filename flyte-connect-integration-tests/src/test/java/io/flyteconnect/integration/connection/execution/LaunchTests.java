package io.flyteconnect.integration.connection.execution;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import flyteidl.admin.Common.ObjectGetRequest;
import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.admin.ExecutionOuterClass.ExecutionCreateRequest;
import flyteidl.admin.ExecutionOuterClass.ExecutionMetadata.ExecutionMode;
import flyteidl.admin.ExecutionOuterClass.ExecutionSpec;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanCreateRequest;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanSpec;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanState;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanUpdateRequest;
import flyteidl.admin.TaskOuterClass.TaskCreateRequest;
import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.IdentifierOuterClass.ResourceType;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import flyteidl.core.Interface.Variable;
import flyteidl.core.Literals.Literal;
import flyteidl.core.Security.Identity;
import io.grpc.ClientInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.execution.LaunchRequest;
import io.flyteconnect.identity.AuthRole;
import io.flyteconnect.identity.SecurityContext;
import io.flyteconnect.integration.connection.Applications;
import io.flyteconnect.secret.Secret;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * An application launches executions: what Flyte makes of them.
 */
@ExtendWith(OutputCaptureExtension.class)
class LaunchTests {

	private static final SecurityContext SECRETS = SecurityContext.builder().secret(Secret.of("own", "key")).build();

	private static FlyteTestServer server;

	private static ConfigurableApplicationContext context;

	private static FlyteExecutions executions;

	@BeforeAll
	static void start() {
		server = FlyteTestServer.builder().clientCredentials("launcher", "secret").withSampleData().start();
		context = application().property("flyte.execution.run-as.k8s-service-account", "robot")
			.property("flyte.execution.secrets[0].group", "database")
			.property("flyte.execution.secrets[0].key", "password")
			.property("flyte.platform.console-endpoint", "https://flyte.example.com/console")
			.run();
		executions = context.getBean(FlyteExecutions.class);
	}

	@AfterAll
	static void stop() {
		context.close();
		server.close();
	}

	@BeforeEach
	void behave() {
		server.behaviour().reset();
		server.calls().clear();
	}

	@Test
	void whenLaunchedThenTheExecutionHasTheConfiguredContext() {
		WorkflowExecutionIdentifier id = executions.launch(plan().build());
		assertThat(id.getName()).matches("a[a-z0-9]{19}");
		ExecutionSpec spec = execution(id).getSpec();
		assertThat(spec.getLaunchPlan().getVersion()).isEqualTo("v1");
		assertThat(spec.getSecurityContext().getRunAs())
			.isEqualTo(Identity.newBuilder().setK8SServiceAccount("robot").setExecutionIdentity("launcher").build());
		assertThat(spec.getSecurityContext().getSecretsList())
			.containsExactly(Secret.of("database", "password").toIdl());
		assertThat(server.calls().count("CreateExecution")).isOne();
	}

	@Test
	void whenTheRequestHasItsOwnSettingsThenTheseWin() {
		SecurityContext own = SecurityContext.builder()
			.runAs(io.flyteconnect.identity.Identity.builder().iamRole("own-role").build())
			.secrets(SECRETS.secrets())
			.build();
		ExecutionSpec spec = execution(executions.launch(plan().securityContext(own).build())).getSpec();
		assertThat(spec.getSecurityContext().getRunAs().getIamRole()).isEqualTo("own-role");
		assertThat(spec.getSecurityContext().getRunAs().getK8SServiceAccount()).isEmpty();
		assertThat(spec.getSecurityContext().getSecretsList()).containsExactly(SECRETS.secrets().get(0).toIdl());
	}

	@Test
	void whenARequestOfTheIdlIsLaunchedThenItGetsTheSame() {
		Identifier target = server.executions().all().get(0).getSpec().getLaunchPlan();
		ExecutionCreateRequest request = ExecutionCreateRequest.newBuilder()
			.setProject(target.getProject())
			.setDomain(target.getDomain())
			.setName("of-the-idl")
			.setSpec(ExecutionSpec.newBuilder().setLaunchPlan(target))
			.build();
		WorkflowExecutionIdentifier id = executions.launch(request);
		assertThat(id.getName()).isEqualTo("of-the-idl");
		assertThat(execution(id).getSpec().getSecurityContext().getSecretsCount()).isOne();
		assertThat(server.calls().count("GetActiveLaunchPlan")).isZero();
	}

	@Test
	void whenATaskIsLaunchedThenItGetsTheSame() {
		Identifier task = task("one_task");
		WorkflowExecutionIdentifier id = executions.launch(LaunchRequest.of(task).build());
		assertThat(execution(id).getSpec().getLaunchPlan()).isEqualTo(task);
		assertThat(execution(id).getSpec().getSecurityContext().getRunAs().getK8SServiceAccount()).isEqualTo("robot");
	}

	@Test
	void whenFlyteWouldDropSecretsThenNothingIsLaunched() {
		try (ConfigurableApplicationContext plain = application().run()) {
			FlyteExecutions unnamed = plain.getBean(FlyteExecutions.class);
			assertThatIllegalArgumentException()
				.isThrownBy(() -> unnamed.launch(plan().securityContext(SECRETS).build()))
				.withMessageContaining("Flyte Admin drops");
			assertThat(server.calls().calls()).isEmpty();
			AuthRole role = AuthRole.builder().kubernetesServiceAccount("robot").build();
			ExecutionSpec spec = execution(unnamed.launch(plan().securityContext(SECRETS).authRole(role).build()))
				.getSpec();
			assertThat(spec.getSecurityContext().getRunAs().getK8SServiceAccount()).isEqualTo("robot");
			assertThat(spec.getSecurityContext().getSecretsList()).containsExactly(SECRETS.secrets().get(0).toIdl());
		}
	}

	@Test
	void whenOnlyAnAuthRoleIsConfiguredThenFlyteRunsItAsThat() {
		try (ConfigurableApplicationContext older = application()
			.property("flyte.execution.auth-role.assumable-iam-role", "older")
			.run()) {
			ExecutionSpec spec = execution(older.getBean(FlyteExecutions.class).launch(plan().build())).getSpec();
			assertThat(spec.getSecurityContext().getRunAs().getIamRole()).isEqualTo("older");
			assertThat(authRole(spec)).isEqualTo("older");
		}
	}

	@Test
	void whenFlyteIsUnavailableThenItIsLaunchedOnceAllTheSame() {
		int before = server.executions().all().size();
		server.behaviour().failNext("CreateExecution", 2, Status.UNAVAILABLE.withDescription("restarting"));
		executions.launch(plan().build());
		assertThat(server.calls().count("CreateExecution")).isEqualTo(3);
		assertThat(server.executions().all()).hasSize(before + 1);
	}

	@Test
	void whenTheAnswerIsLostThenItIsLaunchedOnceAllTheSame() {
		int before = server.executions().all().size();
		LostAnswers lost = new LostAnswers();
		try (FlyteConnection connection = connection(lost)) {
			FlyteExecutions lossyExecutions = new FlyteExecutions(connection);
			lost.loseNext(1);
			WorkflowExecutionIdentifier id = lossyExecutions.launch(plan().build());
			assertThat(server.executions().all()).hasSize(before + 1);
			assertThat(execution(id).getId()).isEqualTo(id);
			lost.loseNext(1);
			WorkflowExecutionIdentifier again = lossyExecutions.relaunch(id);
			assertThat(again).isNotEqualTo(id);
			assertThat(execution(again).getSpec().getMetadata().getReferenceExecution()).isEqualTo(id);
			assertThat(server.executions().all()).hasSize(before + 2);
			assertThat(server.calls().outcomes(Status.Code.ALREADY_EXISTS)).isEqualTo(2);
		}
	}

	@Test
	void whenFlyteStaysUnavailableThenTheFailureIsThatAndTheNameIsLogged(CapturedOutput output) {
		server.behaviour().failNext("CreateExecution", 5, Status.UNAVAILABLE.withDescription("restarting"));
		StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class,
				() -> executions.launch(plan().build()));
		assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
		assertThat(server.calls().count("CreateExecution")).isEqualTo(5);
		assertThat(output).containsPattern("WARN .*flytesnacks/development/a[a-z0-9]{19} may exist");
	}

	@Test
	void whenTheNameIsTheCallersOwnThenNothingIsRepeated() {
		server.behaviour().failNext("CreateExecution", 1, Status.UNAVAILABLE);
		assertThat(code(() -> executions.launch(plan().name("mine").build()))).isEqualTo(Status.Code.UNAVAILABLE);
		assertThat(server.calls().count("CreateExecution")).isOne();
		assertThat(executions.launch(plan().name("mine").build()).getName()).isEqualTo("mine");
		assertThat(code(() -> executions.launch(plan().name("mine").build()))).isEqualTo(Status.Code.ALREADY_EXISTS);
	}

	@Test
	void whenFlyteRefusesThenNothingIsRepeated() {
		server.behaviour().failNext("CreateExecution", 1, Status.ALREADY_EXISTS);
		assertThat(code(() -> executions.launch(plan().build()))).isEqualTo(Status.Code.ALREADY_EXISTS);
		assertThat(
				code(() -> executions.launch(LaunchRequest.launchPlan("flytesnacks", "development", "none").build())))
			.isEqualTo(Status.Code.NOT_FOUND);
		assertThat(server.calls().count("CreateExecution")).isOne();
	}

	@Test
	void whenTheNameIsMisspeltThenTheFailureSaysWhichOneMayBeMeant() {
		StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class,
				() -> executions.launch(LaunchRequest.launchPlan("forecasting", "production", "daily_demnd").build()));
		assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
		assertThat(failure.getStatus().getDescription()).isEqualTo(
				"There is no launch plan 'daily_demnd' in" + " forecasting/production; did you mean 'daily_demand'?");
	}

	@Test
	void whenInterruptedWhileRepeatingThenTheFailureComesAtOnce() throws Exception {
		server.behaviour().failNext("CreateExecution", 5, Status.UNAVAILABLE);
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		Thread launching = new Thread(
				() -> failure.complete(catchThrowableOfType(Throwable.class, () -> executions.launch(plan().build()))));
		launching.start();
		server.calls().awaitCalls("CreateExecution", 2, Duration.ofSeconds(20));
		launching.interrupt();
		assertThat(failure.get(60, TimeUnit.SECONDS)).isInstanceOf(StatusRuntimeException.class);
		assertThat(server.calls().count("CreateExecution")).isLessThan(5);
	}

	@Test
	void whenRelaunchedThenInputsAndContextAreThoseOfTheFirst() {
		Literal input = Literal.newBuilder().setHash("of-the-first").build();
		WorkflowExecutionIdentifier first = executions
			.launch(LaunchRequest.of(task("relaunched", "n")).input("n", input).build());
		assertThat(inputs(first)).containsExactly(Map.entry("n", input));
		for (WorkflowExecutionIdentifier id : List.of(executions.relaunch(first),
				executions.relaunch(first, "once-more"))) {
			ExecutionSpec spec = execution(id).getSpec();
			assertThat(inputs(id)).containsExactly(Map.entry("n", input));
			assertThat(spec.getMetadata().getMode()).isEqualTo(ExecutionMode.RELAUNCH);
			assertThat(spec.getMetadata().getReferenceExecution()).isEqualTo(first);
			assertThat(spec.getSecurityContext()).isEqualTo(execution(first).getSpec().getSecurityContext());
		}
		assertThat(code(() -> executions.relaunch(first, "once-more"))).isEqualTo(Status.Code.ALREADY_EXISTS);
		assertThatIllegalArgumentException().isThrownBy(() -> executions.relaunch(first, "Once_More"));
	}

	@Test
	void whenTheLaunchPlanHasSecretsOfItsOwnThenTheirLossIsWarnedOf(CapturedOutput output) {
		FlyteExecutions withoutSecrets;
		try (ConfigurableApplicationContext other = application()
			.property("flyte.execution.run-as.k8s-service-account", "robot")
			.run()) {
			withoutSecrets = other.getBean(FlyteExecutions.class);
			LaunchRequest own = LaunchRequest.launchPlan("flytesnacks", "development", planWithSecrets()).build();
			executions.launch(own);
			assertThat(output).doesNotContain("of its own, which Flyte Admin drops");
			withoutSecrets.launch(own);
		}
		assertThat(output).containsOnlyOnce("Launch plan flytesnacks/development/with-secrets has secrets of its own,"
				+ " which Flyte Admin drops where a launch says whom to run as");
	}

	@Test
	void whenConsoleIsConfiguredThenThereIsALink() {
		WorkflowExecutionIdentifier id = server.executions().all().get(0).getId();
		assertThat(executions.console(id)).get()
			.hasToString("https://flyte.example.com/console/projects/" + id.getProject() + "/domains/" + id.getDomain()
					+ "/executions/" + id.getName());
		try (ConfigurableApplicationContext plain = application().run()) {
			assertThat(plain.getBean(FlyteExecutions.class).console(id)).isEmpty();
		}
	}

	private static FlyteConnection connection(ClientInterceptor interceptor) {
		GrpcChannelBuilderCustomizer<NettyChannelBuilder> customizer = (target, builder) -> builder
			.intercept(interceptor);
		return FlyteConnectionFactory.builder()
			.customizers(List.of(customizer))
			.environment(Map.of())
			.build()
			.create(PlatformConfig.builder()
				.endpoint(server.endpoint())
				.insecure(true)
				.clientCredentials("launcher", "secret")
				.build());
	}

	private static LaunchRequest.Builder plan() {
		return LaunchRequest.launchPlan("flytesnacks", "development", "hello_world");
	}

	private static Identifier task(String name, String... inputs) {
		Identifier task = Identifier.newBuilder()
			.setResourceType(ResourceType.TASK)
			.setProject("flytesnacks")
			.setDomain("development")
			.setName(name)
			.setVersion("1")
			.build();
		TaskCreateRequest.Builder request = TaskCreateRequest.newBuilder().setId(task);
		for (String input : inputs) {
			request.getSpecBuilder()
				.getTemplateBuilder()
				.getInterfaceBuilder()
				.getInputsBuilder()
				.putVariables(input, Variable.getDefaultInstance());
		}
		context.getBean(FlyteAdminStub.class).blocking().createTask(request.build());
		return task;
	}

	@SuppressWarnings("deprecation")
	private static Map<String, Literal> inputs(WorkflowExecutionIdentifier id) {
		return execution(id).getClosure().getComputedInputs().getLiteralsMap();
	}

	private static String planWithSecrets() {
		FlyteAdminStub flyte = context.getBean(FlyteAdminStub.class);
		Identifier known = server.executions().all().get(0).getSpec().getLaunchPlan();
		LaunchPlanSpec spec = flyte.blocking()
			.getLaunchPlan(ObjectGetRequest.newBuilder().setId(known).build())
			.getSpec();
		Identifier id = Identifier.newBuilder()
			.setResourceType(ResourceType.LAUNCH_PLAN)
			.setProject("flytesnacks")
			.setDomain("development")
			.setName("with-secrets")
			.setVersion("v1")
			.build();
		flyte.blocking()
			.createLaunchPlan(LaunchPlanCreateRequest.newBuilder()
				.setId(id)
				.setSpec(spec.toBuilder().setSecurityContext(SECRETS.toIdl().orElseThrow()))
				.build());
		flyte.blocking()
			.updateLaunchPlan(LaunchPlanUpdateRequest.newBuilder().setId(id).setState(LaunchPlanState.ACTIVE).build());
		return id.getName();
	}

	private static Execution execution(WorkflowExecutionIdentifier id) {
		return server.executions().get(id);
	}

	@SuppressWarnings("deprecation")
	private static String authRole(ExecutionSpec spec) {
		return spec.getAuthRole().getAssumableIamRole();
	}

	private static Status.Code code(Runnable call) {
		return catchThrowableOfType(StatusRuntimeException.class, call::run).getStatus().getCode();
	}

	private static Applications application() {
		return Applications.create().properties(server.properties());
	}

}
