package io.flyteconnect.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.FlyteConnections;
import io.flyteconnect.FlyteReloadEvent;
import io.flyteconnect.autoconfigure.execution.FlyteExecutionAutoConfiguration;
import io.flyteconnect.autoconfigure.secret.FlyteSecretsAutoConfiguration;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.execution.ExecutionDefaults;
import io.flyteconnect.execution.ExecutionSettings;
import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.identity.Identity;
import io.flyteconnect.identity.SecurityContext;
import io.flyteconnect.secret.FlyteSecretChangedEvent;
import io.flyteconnect.secret.KubernetesVolume;
import io.flyteconnect.secret.Secret;
import io.flyteconnect.testsupport.LoginServer;
import io.flyteconnect.testsupport.TokenServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link FlyteRefreshAutoConfiguration}, with Spring Cloud's own refresher.
 */
@Tag("once")
@ExtendWith(OutputCaptureExtension.class)
class FlyteRefreshAutoConfigurationTests {

	private static final GetVersionRequest REQUEST = GetVersionRequest.getDefaultInstance();

	private static final FlyteSecretChangedEvent UNRELATED = new FlyteSecretChangedEvent(
			Secret.builder().group("team").key("unrelated").build());

	private final TokenServer idp = new TokenServer("token-1", "token-2", "token-1", "token-2", "token-1");

	private LoginServer one;

	private LoginServer two;

	@TempDir
	Path folder;

	@BeforeEach
	void start() throws Exception {
		this.one = LoginServer.of(this.idp, "token-1", "token-2");
		this.two = LoginServer.of(this.idp, "token-1", "token-2");
	}

	@AfterEach
	void stop() throws Exception {
		this.one.close();
		this.two.close();
		this.idp.close();
	}

	@Test
	void whenSpringCloudIsAbsentThenThereIsNothing() {
		ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
				AutoConfigurations.of(FlyteAutoConfiguration.class, FlyteRefreshAutoConfiguration.class));
		runner.run((context) -> assertThat(context).hasBean("flyteEnvironmentRefresh"));
		runner.withPropertyValues("flyte.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean("flyteEnvironmentRefresh")
				.doesNotHaveBean("flyteConnectionRefresh"));
		runner.withClassLoader(new FilteredClassLoader(EnvironmentChangeEvent.class))
			.run((context) -> assertThat(context).hasSingleBean(FlyteConnection.class)
				.hasBean("flyteConnectionRefresh")
				.doesNotHaveBean("flyteEnvironmentRefresh"));
	}

	@Test
	void whenTheEndpointIsRefreshedThenInjectedStubsCallItAndWhereNothingChangesNothingHappens() throws Exception {
		write(this.one, "s3cret");
		try (ConfigurableApplicationContext context = run()) {
			FlyteAdminStub stub = context.getBean(FlyteAdminStub.class);
			stub.blocking().getVersion(REQUEST);
			refresh(context);
			assertThat(context.getBean(Reloads.class).events).isEmpty();
			write(this.two, "s3cret");
			assertThat(refresh(context)).contains("flyte.platform.url");
			stub.blocking().getVersion(REQUEST);
			assertThat(this.one.authorizations).hasSize(1);
			assertThat(this.two.authorizations).hasSize(1);
			assertThat(context.getBean(Reloads.class).events)
				.containsExactly(new FlyteReloadEvent("default", FlyteReloadEvent.Part.CONNECTION, null));
			refresh(context);
			assertThat(context.getBean(Reloads.class).events).hasSize(1);
		}
	}

	@Test
	void whenACredentialIsRefreshedThenTheNextCallLogsInWithIt() throws Exception {
		write(this.one, "s3cret");
		try (ConfigurableApplicationContext context = run()) {
			FlyteAdminStub stub = context.getBean(FlyteAdminStub.class);
			stub.blocking().getVersion(REQUEST);
			write(this.one, "other-s3cret");
			refresh(context);
			stub.blocking().getVersion(REQUEST);
			assertThat(this.one.authorizations).containsExactly("Bearer token-1", "Bearer token-2");
		}
	}

	@Test
	void whenAPropertyThatASettingIsMadeOfIsRefreshedThenItIsTakenOver() throws Exception {
		write(this.one, "${team.secret}\nteam.secret: s3cret");
		try (ConfigurableApplicationContext context = run()) {
			FlyteAdminStub stub = context.getBean(FlyteAdminStub.class);
			stub.blocking().getVersion(REQUEST);
			write(this.one, "${team.secret}\nteam.secret: other-s3cret");
			assertThat(refresh(context)).containsExactly("team.secret");
			stub.blocking().getVersion(REQUEST);
			assertThat(this.one.authorizations).containsExactly("Bearer token-1", "Bearer token-2");
		}
	}

	@Test
	void whenAFlyteFileChangesThenItIsTakenOver() throws Exception {
		Path file = this.folder.resolve("flyte.yaml");
		Files.writeString(file, flyteFile(this.one));
		Files.writeString(this.folder.resolve("application.yml"),
				"flyte.config-file: " + file + "\nflyte.credentials.auth-mode: none\n");
		this.one.tokenWanted = false;
		this.two.tokenWanted = false;
		try (ConfigurableApplicationContext context = run()) {
			FlyteAdminStub stub = context.getBean(FlyteAdminStub.class);
			stub.blocking().getVersion(REQUEST);
			Files.writeString(file, flyteFile(this.two));
			refresh(context);
			stub.blocking().getVersion(REQUEST);
			assertThat(this.one.headers).hasSize(1);
			assertThat(this.two.headers).hasSize(1);
		}
	}

	@Test
	void whenASecretThatASettingIsMadeOfChangesThenTheNextCallLogsInWithIt() throws Exception {
		KubernetesVolume volume = new KubernetesVolume(Files.createDirectory(this.folder.resolve("secrets")));
		volume.write(Map.of("flyte/client-secret", "s3cret"));
		write(this.one, "${flyte-secret.flyte.client-secret}\nflyte.secrets.refresh: 10ms\nflyte.secrets.default-dir: "
				+ this.folder.resolve("secrets"));
		try (ConfigurableApplicationContext context = run()) {
			FlyteAdminStub stub = context.getBean(FlyteAdminStub.class);
			stub.blocking().getVersion(REQUEST);
			volume.write(Map.of("flyte/client-secret", "other-s3cret"));
			await().atMost(60, TimeUnit.SECONDS).until(() -> !context.getBean(Reloads.class).events.isEmpty());
			stub.blocking().getVersion(REQUEST);
			assertThat(this.one.authorizations).containsExactly("Bearer token-1", "Bearer token-2");
		}
	}

	@Test
	void whenCodeHasTakenOverOtherSettingsThenTheyStayUntilTheEnvironmentChanges() throws Exception {
		write(this.one, "s3cret");
		try (ConfigurableApplicationContext context = run()) {
			FlyteConnection connection = context.getBean(FlyteConnection.class);
			List<FlyteReloadEvent> events = context.getBean(Reloads.class).events;
			for (String secret : List.of("other-s3cret", "third-s3cret")) {
				int calls = this.two.authorizations.size();
				toSecond(connection);
				context.publishEvent(UNRELATED);
				refresh(context);
				connection.admin().blocking().getVersion(REQUEST);
				assertThat(this.two.authorizations).hasSize(calls + 1);
				assertThat(this.one.authorizations).hasSize(calls);
				write(this.one, secret);
				refresh(context);
				connection.admin().blocking().getVersion(REQUEST);
				assertThat(this.one.authorizations).hasSize(calls + 1);
			}
			await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> assertThat(events).hasSize(4));
			toSecond(connection);
			// The environment follows what code has done, and then goes back.
			write(this.two, "third-s3cret");
			refresh(context);
			write(this.one, "third-s3cret");
			refresh(context);
			assertThat(connection.config().endpoint().port()).isEqualTo(this.one.port());
			await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> assertThat(events).hasSize(6));
		}
	}

	@Test
	void whenCodeHasTakenOverOtherSettingsThenASecretThatFeedsOneReplacesThemAndNoOther() throws Exception {
		KubernetesVolume volume = new KubernetesVolume(Files.createDirectory(this.folder.resolve("secrets")));
		volume.write(Map.of("flyte/client-secret", "s3cret"));
		write(this.one, "${flyte-secret.flyte.client-secret}\nflyte.secrets.refresh: 10ms\nflyte.secrets.default-dir: "
				+ this.folder.resolve("secrets"));
		try (ConfigurableApplicationContext context = run()) {
			FlyteConnection connection = context.getBean(FlyteConnection.class);
			toSecond(connection);
			context.publishEvent(UNRELATED);
			connection.admin().blocking().getVersion(REQUEST);
			assertThat(this.two.authorizations).containsExactly("Bearer token-1");
			volume.write(Map.of("flyte/client-secret", "other-s3cret"));
			await().atMost(60, TimeUnit.SECONDS).until(() -> context.getBean(Reloads.class).events.size() == 2);
			connection.admin().blocking().getVersion(REQUEST);
			assertThat(this.one.authorizations).containsExactly("Bearer token-2");
		}
		assertThat(this.idp.requests()).extracting((request) -> request.getHeader("Authorization"))
			.containsExactly(basic("me:s3cret"), basic("me:other-s3cret"));
	}

	@Test
	void whenCodeHasTakenOverOtherSettingsOfANamedConnectionThenAChangeOfAnotherLeavesThem() throws Exception {
		this.one.tokenWanted = false;
		this.two.tokenWanted = false;
		named(this.one, this.one, "");
		try (ConfigurableApplicationContext context = run()) {
			FlyteConnections connections = context.getBean(FlyteConnections.class);
			toSecond(connections.get("a"));
			named(this.one, this.two, "");
			refresh(context);
			context.publishEvent(UNRELATED);
			Stream.of("a", "b").forEach((name) -> connections.get(name).admin().blocking().getVersion(REQUEST));
			assertThat(this.one.headers).isEmpty();
			assertThat(this.two.headers).hasSize(2);
			named(this.one, this.two, "  a.channel.user-agent: changed\n");
			refresh(context);
			connections.get("a").admin().blocking().getVersion(REQUEST);
			assertThat(this.one.headers).hasSize(1);
		}
	}

	private void toSecond(FlyteConnection connection) {
		connection.reload(connection.config().withEndpoint("localhost:" + this.two.port()));
	}

	@Test
	void whenTheFileOfTheClientSecretChangesThenTheNextLoginReadsIt() throws Exception {
		KubernetesVolume volume = new KubernetesVolume(Files.createDirectory(this.folder.resolve("secrets")));
		volume.write(Map.of("client-secret", "s3cret"));
		write(this.one, "\nflyte.credentials.client-secret-location: " + this.folder.resolve("secrets/client-secret"));
		try (ConfigurableApplicationContext context = run()) {
			FlyteConnection connection = context.getBean(FlyteConnection.class);
			connection.admin().blocking().getVersion(REQUEST);
			volume.write(Map.of("client-secret", "other-s3cret"));
			connection.dropToken();
			connection.admin().blocking().getVersion(REQUEST);
		}
		assertThat(this.idp.requests()).extracting((request) -> request.getHeader("Authorization"))
			.containsExactly(basic("me:s3cret"), basic("me:other-s3cret"));
	}

	@Test
	void whenTheKeyOfTheStoreIsASecretThatChangesThenTheLoginIsKeptUnderTheNewOne() throws Exception {
		KubernetesVolume volume = new KubernetesVolume(Files.createDirectory(this.folder.resolve("secrets")));
		volume.write(Map.of("flyte/store-key", "0123456789abcdef"));
		Path login = this.folder.resolve("login");
		write(this.one,
				"s3cret\nflyte.credentials.store: file\nflyte.credentials.store-file: " + login
						+ "\nflyte.credentials.store-key: ${flyte-secret.flyte.store-key}\nflyte.secrets.refresh: 10ms"
						+ "\nflyte.secrets.default-dir: " + this.folder.resolve("secrets"));
		try (ConfigurableApplicationContext context = run()) {
			FlyteConnection connection = context.getBean(FlyteConnection.class);
			connection.admin().blocking().getVersion(REQUEST);
			String first = Files.readString(login);
			volume.write(Map.of("flyte/store-key", "fedcba9876543210"));
			await().atMost(60, TimeUnit.SECONDS)
				.until(() -> "fedcba9876543210".equals(connection.config().credentials().store().key()));
			connection.admin().blocking().getVersion(REQUEST);
			await().atMost(60, TimeUnit.SECONDS).until(() -> !Files.readString(login).equals(first));
		}
		int requests = this.idp.requests().size();
		try (ConfigurableApplicationContext context = run()) {
			context.getBean(FlyteAdminStub.class).blocking().getVersion(REQUEST);
		}
		assertThat(this.idp.requests()).as("the stored login is read by the new key").hasSize(requests);
	}

	@Test
	void whenTheKeyOfTheStoreIsRefreshedThenTheLoginIsKeptUnderIt() throws Exception {
		String store = "s3cret\nflyte.credentials.store: file\nflyte.credentials.store-file: "
				+ this.folder.resolve("login") + "\nflyte.credentials.store-key: ";
		write(this.one, store + "0123456789abcdef");
		try (ConfigurableApplicationContext context = run()) {
			FlyteConnection connection = context.getBean(FlyteConnection.class);
			connection.admin().blocking().getVersion(REQUEST);
			String first = Files.readString(this.folder.resolve("login"));
			write(this.one, store + "fedcba9876543210");
			refresh(context);
			connection.admin().blocking().getVersion(REQUEST);
			await().atMost(60, TimeUnit.SECONDS)
				.until(() -> !Files.readString(this.folder.resolve("login")).equals(first));
		}
		try (ConfigurableApplicationContext context = run()) {
			context.getBean(FlyteAdminStub.class).blocking().getVersion(REQUEST);
		}
		assertThat(this.one.authorizations).containsExactly("Bearer token-1", "Bearer token-2", "Bearer token-2");
	}

	@Test
	void whenARefreshNamesTheStoreFileOfAnotherConnectionThenTheSettingsBeforeStay(CapturedOutput output)
			throws Exception {
		stored("first", "second");
		try (ConfigurableApplicationContext context = run()) {
			FlyteConnections connections = context.getBean(FlyteConnections.class);
			stored("shared", "sub/../shared");
			refresh(context);
			assertThat(connections.get("b").config().credentials().store().file()).hasFileName("second");
			assertThat(output).contains("Flyte connection 'b' keeps its settings")
				.contains("The Flyte connections 'a' and 'b' both keep their login in ");
			Path link = Files.createSymbolicLink(this.folder.resolve("link"), this.folder);
			FlyteConnectionFactory factory = context.getBean(FlyteConnectionFactory.class);
			PlatformConfig another = PlatformConfig.builder()
				.name("another")
				.endpoint("localhost:" + this.one.port())
				.clientCredentials("me", "s3cret")
				.property("flyte.credentials.store", "file")
				.property("flyte.credentials.store-file", link.resolve("shared").toString())
				.build();
			assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
				.isThrownBy(() -> factory.create(another))
				.withMessageContaining("'a' and 'another'");
			stored("first", "second");
			refresh(context);
			try (FlyteConnection made = factory.create(another)) {
				stored("shared", "second");
				refresh(context);
				assertThat(connections.get("a").config().credentials().store().file()).hasFileName("first");
				assertThat(made.name()).isEqualTo("another");
			}
			refresh(context);
			assertThat(connections.get("a").config().credentials().store().file()).hasFileName("shared");
		}
	}

	private void stored(String a, String b) throws Exception {
		StringBuilder text = new StringBuilder("flyte.config-file: none\n");
		for (String setting : List.of("a.credentials.store-file: " + this.folder + "/" + a,
				"b.credentials.store-file: " + this.folder + "/" + b)) {
			String prefix = "flyte.connections." + setting.charAt(0) + ".";
			text.append("flyte.connections." + setting + "\n");
			text.append(prefix + "platform.url: localhost:" + this.one.port() + "\n");
			text.append(prefix + "platform.insecure: true\n");
			text.append(prefix + "credentials.auth-mode: client-credentials\n");
			text.append(prefix + "credentials.client-id: me\n");
			text.append(prefix + "credentials.client-secret: s3cret\n");
			text.append(prefix + "credentials.store: file\n");
		}
		Files.writeString(this.folder.resolve("application.yml"), text);
	}

	@Test
	void whenSettingsOfNamedConnectionsAreRefreshedThenEachTakesOverItsOwn(CapturedOutput output) throws Exception {
		this.one.tokenWanted = false;
		this.two.tokenWanted = false;
		named(this.one, this.one, "");
		try (ConfigurableApplicationContext context = run()) {
			FlyteConnections connections = context.getBean(FlyteConnections.class);
			Stream.of("a", "b").forEach((name) -> connections.get(name).admin().blocking().getVersion(REQUEST));
			named(this.one, this.two, "");
			refresh(context);
			Stream.of("a", "b").forEach((name) -> connections.get(name).admin().blocking().getVersion(REQUEST));
			assertThat(this.one.headers).hasSize(3);
			assertThat(this.two.headers).hasSize(1);
			named(this.two, this.one, "    channel.deadline: soon\n");
			refresh(context);
			assertThat(context.getBean(Reloads.class).events).extracting(FlyteReloadEvent::connection)
				.containsExactly("b", "a", "b");
			assertThat(connections.get("a").config().endpoint().port()).isEqualTo(this.two.port());
			assertThat(connections.get("b").config().endpoint().port()).isEqualTo(this.two.port());
			assertThat(output).contains("Flyte connection 'b' keeps its settings");
			// Spring Cloud reads no setting anew where a post-processor refuses to.
			Files.writeString(this.folder.resolve("application.yml"),
					"flyte.config-file: none\nflyte.connections.a: text\n");
			assertThatExceptionOfType(InvalidFlyteConfigurationException.class).isThrownBy(() -> refresh(context));
			connections.get("a").admin().blocking().getVersion(REQUEST);
		}
	}

	@Test
	void whenSettingsOfExecutionsAreRefreshedThenLaunchesHaveThem(CapturedOutput output) throws Exception {
		executions("first", "one");
		try (ConfigurableApplicationContext context = run()) {
			refresh(context);
			assertThat(context.getBean(Reloads.class).events).isEmpty();
			executions("second", "two");
			refresh(context);
			assertThat(serviceAccounts(context)).containsExactly("second", "two");
			assertThat(context.getBean(Reloads.class).events).extracting(FlyteReloadEvent::connection)
				.containsExactly("default", "a");
			executions("third", "three\n      poll-interval: soon");
			refresh(context);
			assertThat(serviceAccounts(context)).containsExactly("third", "two");
			assertThat(output).contains("Flyte connection 'a' keeps its settings")
				.contains("flyte.connections.a.execution.poll-interval");
		}
	}

	@Test
	void whenOneRefreshChangesConnectionAndExecutionsThenTheEventsAreToldApart() throws Exception {
		executions("first", "one");
		try (ConfigurableApplicationContext context = run()) {
			assertThat(context.getBeansOfType(FlyteExecutions.class)).hasSize(2);
			executions("second", "one\n    channel.user-agent: changed");
			refresh(context);
			List<FlyteReloadEvent> events = context.getBean(Reloads.class).events;
			await().atMost(60, TimeUnit.SECONDS)
				.untilAsserted(() -> assertThat(events).containsExactlyInAnyOrder(
						new FlyteReloadEvent("default", FlyteReloadEvent.Part.EXECUTIONS, null),
						new FlyteReloadEvent("a", FlyteReloadEvent.Part.CONNECTION, null)));
			executions("third", "two\n    channel.user-agent: changed again");
			refresh(context);
			await().atMost(60, TimeUnit.SECONDS)
				.untilAsserted(() -> assertThat(events.stream().filter((event) -> "a".equals(event.connection())))
					.extracting(FlyteReloadEvent::part)
					.containsExactlyInAnyOrder(FlyteReloadEvent.Part.CONNECTION, FlyteReloadEvent.Part.CONNECTION,
							FlyteReloadEvent.Part.EXECUTIONS));
		}
	}

	@Test
	void whenCodeHasTakenOverOtherSettingsOfExecutionsThenTheyStayUntilTheEnvironmentChanges() throws Exception {
		executions("first", "one");
		try (ConfigurableApplicationContext context = run()) {
			Identity identity = Identity.builder().k8sServiceAccount("code").build();
			ExecutionSettings settings = new ExecutionSettings(
					new ExecutionDefaults(SecurityContext.builder().runAs(identity).build(), null),
					Duration.ofSeconds(1), Duration.ofSeconds(10));
			context.getBeansOfType(FlyteExecutions.class).values().forEach((all) -> all.reload(settings));
			context.publishEvent(UNRELATED);
			refresh(context);
			assertThat(serviceAccounts(context)).containsExactly("code", "code");
			assertThat(context.getBean(Reloads.class).events).isEmpty();
			executions("second", "one");
			refresh(context);
			assertThat(serviceAccounts(context)).containsExactly("second", "code");
			executions("second", "two");
			refresh(context);
			assertThat(serviceAccounts(context)).containsExactly("second", "two");
		}
	}

	private static List<String> serviceAccounts(ConfigurableApplicationContext context) {
		return Stream.of("flyteExecutions", "aFlyteExecutions")
			.map((bean) -> context.getBean(bean, FlyteExecutions.class).settings().defaults())
			.map((defaults) -> Objects.requireNonNull(defaults.securityContext().runAs()).k8sServiceAccount())
			.toList();
	}

	private void executions(String unnamed, String named) throws Exception {
		Files.writeString(this.folder.resolve("application.yml"),
				"flyte:\n  config-file: none\n  platform.url: flyte.test\n  execution.run-as.k8s-service-account: "
						+ unnamed + "\n  connections.a:\n    platform.url: a.flyte.test\n    execution:\n"
						+ "      run-as.k8s-service-account: " + named + "\n");
	}

	private void named(LoginServer a, LoginServer b, String more) throws Exception {
		String settings = "    config-file: none\n    platform:\n      insecure: true\n      url: localhost:";
		Files.writeString(this.folder.resolve("application.yml"), "flyte.config-file: none\nflyte.connections:\n  a:\n"
				+ settings + a.port() + "\n  b:\n" + settings + b.port() + "\n" + more);
	}

	@Test
	void whenARefreshedValueCannotBeUsedThenItIsExplainedWithoutItsSecretsAndTheOldOnesStay(CapturedOutput output)
			throws Exception {
		write(this.one, "s3cret");
		try (ConfigurableApplicationContext context = run()) {
			FlyteConnection connection = context.getBean(FlyteConnection.class);
			PlatformConfig config = connection.config();
			connection.admin().blocking().getVersion(REQUEST);
			for (String wrong : List.of("flyte.channel.deadline: soon", "flyte.platform.ca-cert-file-path: absent.pem",
					"flyte.platform.http-proxy-url: ftp://user:pr0xy@proxy:1")) {
				write(this.one, "s3cret\n" + wrong);
				refresh(context);
				connection.admin().blocking().getVersion(REQUEST);
				assertThat(output).contains(wrong.replaceFirst(":.*", ""));
			}
			assertThat(connection.config()).isSameAs(config);
			assertThat(context.getBean(Reloads.class).events).hasSize(3).noneMatch(FlyteReloadEvent::isTakenOver);
			assertThat(this.one.authorizations).hasSize(4).containsOnly("Bearer token-1");
			assertThat(output).contains("Flyte connection 'default' keeps its settings", "'soon' is no duration")
				.doesNotContain("pr0xy", "s3cret");
		}
	}

	@Test
	void whenTheConnectionIsTheApplicationsOwnThenItIsLeftAlone() {
		PlatformConfig own = PlatformConfig.forEndpoint("own.example.com");
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(FlyteAutoConfiguration.class, FlyteRefreshAutoConfiguration.class))
			.withBean("flytePlatformConfig", PlatformConfig.class, () -> own)
			.withPropertyValues("flyte.platform.url=other.example.com")
			.run((context) -> {
				context.publishEvent(new EnvironmentChangeEvent(Set.of("flyte.platform.url")));
				assertThat(context.getBean(FlyteConnection.class).config()).isSameAs(own);
			});
	}

	private static String basic(String text) {
		return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	private Set<String> refresh(ConfigurableApplicationContext context) {
		return context.getBean(ContextRefresher.class).refresh();
	}

	private ConfigurableApplicationContext run() {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setDefaultProperties(Map.of("spring.config.location", this.folder.toUri().toString()));
		return application.run();
	}

	private void write(LoginServer server, String secret) throws Exception {
		Files.writeString(this.folder.resolve("application.yml"),
				"flyte.config-file: none\nflyte.platform.url: localhost:" + server.port()
						+ "\nflyte.platform.insecure: true\nflyte.credentials.client-id: me\n"
						+ "flyte.credentials.client-secret: " + secret + "\n");
	}

	private static String flyteFile(LoginServer server) {
		return "admin:\n  endpoint: dns:///localhost:" + server.port() + "\n  insecure: true\n";
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ RefreshAutoConfiguration.class, FlyteAutoConfiguration.class,
			FlyteRefreshAutoConfiguration.class, FlyteSecretsAutoConfiguration.class,
			FlyteExecutionAutoConfiguration.class })
	static class Application {

		@Bean
		Reloads reloads() {
			return new Reloads();
		}

	}

	static class Reloads {

		private final List<FlyteReloadEvent> events = new CopyOnWriteArrayList<>();

		@EventListener
		void reloaded(FlyteReloadEvent event) {
			this.events.add(event);
		}

	}

}
