package io.flyteconnect.autoconfigure.execution;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.autoconfigure.FlyteAutoConfiguration;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.identity.AuthRole;
import io.flyteconnect.identity.FlyteUsers;
import io.flyteconnect.identity.Identity;
import io.flyteconnect.identity.OAuth2Client;
import io.flyteconnect.identity.OAuth2TokenRequest;
import io.flyteconnect.identity.SecurityContext;
import io.flyteconnect.internal.config.connection.NamedConnection;
import io.flyteconnect.secret.MountRequirement;
import io.flyteconnect.secret.Secret;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code flyte.execution.*} becomes, and each condition and bean that gives way.
 */
class FlyteExecutionAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FlyteExecutionAutoConfiguration.class, FlyteAutoConfiguration.class))
		.withPropertyValues("flyte.config-file=none");

	@Test
	void whenNothingIsSetThenTheContextIsEmptyAndThereIsNoAuthRole() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(FlyteExecutions.class)
				.hasSingleBean(FlyteUsers.class)
				.doesNotHaveBean(AuthRole.class);
			assertThat(context.getBean(SecurityContext.class).isEmpty()).isTrue();
		});
	}

	@Test
	void whenEverythingIsSetThenTheContextHasIt() {
		Secret clientSecret = Secret.of("oauth", "v1", "client-secret");
		this.runner.withPropertyValues("flyte.execution.run-as.iam-role=arn:aws:iam::1:role/r",
				"flyte.execution.run-as.k8s-service-account=robot", "flyte.execution.run-as.execution-identity=user-1",
				"flyte.execution.run-as.oauth2-client.client-id=client",
				"flyte.execution.run-as.oauth2-client.client-secret.group=oauth",
				"flyte.execution.run-as.oauth2-client.client-secret.group-version=v1",
				"flyte.execution.run-as.oauth2-client.client-secret.key=client-secret",
				"flyte.execution.secrets[0].group=one", "flyte.execution.secrets[1].group=two",
				"flyte.execution.secrets[1].key=key", "flyte.execution.secrets[1].mount-requirement=env-var",
				"flyte.execution.secrets[1].env-var=THE_KEY", "flyte.execution.tokens[0].name=token",
				"flyte.execution.tokens[0].client.client-id=client",
				"flyte.execution.tokens[0].client.client-secret.group=oauth",
				"flyte.execution.tokens[0].client.client-secret.key=k",
				"flyte.execution.tokens[0].idp-discovery-endpoint=https://idp.example.com",
				"flyte.execution.tokens[0].token-endpoint=https://idp.example.com/token",
				"flyte.execution.auth-role.assumable-iam-role=role",
				"flyte.execution.auth-role.kubernetes-service-account=account")
			.run((context) -> {
				assertThat(context.getBean(SecurityContext.class)).isEqualTo(SecurityContext.builder()
					.runAs(Identity.builder()
						.iamRole("arn:aws:iam::1:role/r")
						.k8sServiceAccount("robot")
						.executionIdentity("user-1")
						.oauth2Client(new OAuth2Client("client", clientSecret))
						.build())
					.secret(Secret.builder().group("one").build())
					.secret(Secret.builder()
						.group("two")
						.key("key")
						.mountRequirement(MountRequirement.ENV_VAR)
						.envVar("THE_KEY")
						.build())
					.token(new OAuth2TokenRequest("token", OAuth2TokenRequest.Type.CLIENT_CREDENTIALS,
							new OAuth2Client("client", Secret.of("oauth", "k")), "https://idp.example.com",
							"https://idp.example.com/token"))
					.build());
				assertThat(context.getBean(AuthRole.class)).isEqualTo(new AuthRole("role", "account"));
				assertThat(context).hasSingleBean(FlyteExecutions.class);
			});
	}

	@Test
	void whenVariablesAreSetThenTheyAreBound() {
		this.runner.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
					Map.of("FLYTE_EXECUTION_RUN_AS_K8S_SERVICE_ACCOUNT", "robot", "FLYTE_EXECUTION_SECRETS_0_GROUP",
							"group", "FLYTE_EXECUTION_AUTH_ROLE_ASSUMABLE_IAM_ROLE", "role"))))
			.run((context) -> {
				assertThat(context.getBean(SecurityContext.class))
					.isEqualTo(new SecurityContext(Identity.builder().k8sServiceAccount("robot").build(),
							List.of(Secret.builder().group("group").build()), List.of()));
				assertThat(context.getBean(AuthRole.class).assumableIamRole()).isEqualTo("role");
			});
	}

	@Test
	void whenPropertiesAreEmptyThenTheyAreAbsent() {
		this.runner
			.withPropertyValues("flyte.execution.run-as.iam-role=", "flyte.execution.auth-role.assumable-iam-role=",
					"flyte.execution.auth-role.kubernetes-service-account=")
			.run((context) -> {
				assertThat(context).doesNotHaveBean(AuthRole.class);
				assertThat(context.getBean(SecurityContext.class).runAs()).isEqualTo(Identity.builder().build());
			});
	}

	@Test
	void whenOnlyTheAuthRoleSaysWhomToRunAsThenSecretsAreKept() {
		this.runner
			.withPropertyValues("flyte.execution.secrets[0].group=group",
					"flyte.execution.auth-role.kubernetes-service-account=robot")
			.run((context) -> assertThat(context).hasSingleBean(FlyteExecutions.class));
	}

	@Test
	void whenAnAuthRoleIsDefinedThenOursGivesWayAndSecretsAreKept() {
		AuthRole own = new AuthRole(null, "own");
		this.runner.withBean("own", AuthRole.class, () -> own)
			.withPropertyValues("flyte.execution.secrets[0].group=group",
					"flyte.execution.auth-role.kubernetes-service-account=robot")
			.run((context) -> assertThat(context).getBean(AuthRole.class).isSameAs(own));
	}

	@Test
	void whenBeansAreDefinedThenOursGiveWay() {
		SecurityContext own = SecurityContext.builder().runAs(Identity.builder().iamRole("own").build()).build();
		FlyteConnection connection = new FlyteConnectionFactory().create(PlatformConfig.forEndpoint("own.test"));
		FlyteExecutions executions = new FlyteExecutions(connection);
		FlyteUsers users = new FlyteUsers(connection);
		this.runner.withBean("context", SecurityContext.class, () -> own)
			.withBean("flyteExecutions", FlyteExecutions.class, () -> executions)
			.withBean("flyteUsers", FlyteUsers.class, () -> users)
			.withPropertyValues("flyte.execution.run-as.iam-role= ")
			.run((context) -> {
				assertThat(context).getBean(SecurityContext.class).isSameAs(own);
				assertThat(context).getBean(FlyteExecutions.class).isSameAs(executions);
				assertThat(context).getBean(FlyteUsers.class).isSameAs(users);
			});
		connection.close();
	}

	@Test
	void whenADefinedContextWouldBeDroppedThenTheApplicationDoesNotStart() {
		SecurityContext own = SecurityContext.builder().secret(Secret.of("group", "key")).build();
		this.runner.withBean("own", SecurityContext.class, () -> own)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(IllegalArgumentException.class)
				.hasMessageContaining("Flyte Admin drops"));
	}

	@Test
	void whenThereIsNoConnectionThenThereIsNothing() {
		this.runner.withPropertyValues("flyte.enabled=false", "flyte.execution.run-as.iam-role= ")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(SecurityContext.class)
				.doesNotHaveBean(FlyteExecutions.class)
				.doesNotHaveBean(FlyteUsers.class)
				.doesNotHaveBean(FlyteExecutionProperties.class));
		this.runner.withClassLoader(new FilteredClassLoader(NettyChannelBuilder.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(FlyteExecutions.class));
	}

	@Test
	void whenThereAreFurtherOnesThenThoseOfTheConfiguredConnectionAreInjected() {
		FlyteConnection other = other();
		this.runner.withBean("other", FlyteConnection.class, () -> other)
			.withBean("otherExecutions", FlyteExecutions.class, () -> new FlyteExecutions(other))
			.withBean("otherUsers", FlyteUsers.class, () -> new FlyteUsers(other))
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(SecurityContext.class);
				assertThat(context.getBean(FlyteExecutions.class)).isSameAs(context.getBean("flyteExecutions"));
				assertThat(context.getBean(FlyteUsers.class)).isSameAs(context.getBean("flyteUsers"));
			});
	}

	@Test
	void whenAnAdminStubIsDefinedThenUsersAreAskedOverIt() {
		ManagedChannel channel = NettyChannelBuilder.forTarget("localhost:1").build();
		this.runner.withBean("own", FlyteAdminStub.class, () -> new FlyteAdminStub(channel))
			.run((context) -> assertThat(context).hasSingleBean(FlyteUsers.class));
		channel.shutdownNow();
	}

	@Test
	void whenBoundElsewhereThenTheFormIsTheSame() {
		this.runner
			.withPropertyValues("flyte.connections.research.execution.run-as.k8s-service-account=researcher",
					"flyte.connections.research.execution.poll-interval=3s")
			.run((context) -> {
				NamedConnection research = new NamedConnection("research", "flyte.connections.research");
				ExecutionModels models = new ExecutionModels(context.getEnvironment(),
						research.lookup(context.getEnvironment()));
				FlyteExecutionProperties properties = models.bind();
				assertThat(models.securityContext(properties).runAs())
					.isEqualTo(Identity.builder().k8sServiceAccount("researcher").build());
				assertThat(properties.getPollInterval()).isEqualTo(Duration.ofSeconds(3));
			});
	}

	private static FlyteConnection other() {
		return new FlyteConnectionFactory()
			.create(PlatformConfig.builder().name("other").endpoint("other.flyte.test:443").build());
	}

}
