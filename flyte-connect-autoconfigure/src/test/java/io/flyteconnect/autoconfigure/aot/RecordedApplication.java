package io.flyteconnect.autoconfigure.aot;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.service.Auth.OAuth2MetadataResponse;
import org.springframework.aot.agent.RecordedInvocation;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.test.agent.RuntimeHintsInvocations;
import org.springframework.aot.test.agent.RuntimeHintsRecorder;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;
import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.config.ConnectionProperties;
import io.flyteconnect.literal.FlyteLiterals;
import io.flyteconnect.testsupport.LoginServer;
import io.flyteconnect.testsupport.TokenServer;

/**
 * Does what applications do while the agent of {@code spring-core-test} looks at what our
 * classes find by reflection, and says what of it a native image would not have.
 */
@SuppressWarnings({ "deprecation", "removal" })
public final class RecordedApplication {

	private RecordedApplication() {
	}

	public static void main(String[] arguments) throws Exception {
		Path folder = Path.of(arguments[0]);
		try (TokenServer idp = new TokenServer("token-1"); LoginServer server = new LoginServer()) {
			server.accepted.add("token-1");
			server.metadata = OAuth2MetadataResponse.newBuilder()
				.setTokenEndpoint("http://localhost:" + idp.port() + "/token")
				.build();
			RuntimeHintsInvocations invocations = RuntimeHintsRecorder.record(() -> use(folder, server));
			RuntimeHints hints = new RuntimeHints();
			new FlyteRuntimeHints().registerHints(hints, null);
			// As Spring Boot does for the beans of properties.
			BindableRuntimeHintsRegistrar.forTypes(ConnectionProperties.class).registerHints(hints);
			System.out.println("RECORDED " + notMatching(invocations, new RuntimeHints()).size());
			notMatching(invocations, hints).forEach((invocation) -> System.out.println("MISSING " + invocation));
		}
		// Whatever the libraries have left running.
		System.exit(0);
	}

	private static List<? extends RecordedInvocation> notMatching(RuntimeHintsInvocations invocations,
			RuntimeHints hints) {
		return invocations.assertThat().notMatching(hints).actual();
	}

	private static void use(Path folder, LoginServer server) {
		try {
			Path file = Files.writeString(folder.resolve("config.yaml"),
					"admin:\n  endpoint: dns:///localhost:" + server.port() + "\n  insecure: true\n  clientId: me\n");
			SpringApplication application = new SpringApplication(AheadOfTimeApplication.class);
			application.setWebApplicationType(WebApplicationType.NONE);
			try (ConfigurableApplicationContext context = application.run("--flyte.config-file=" + file,
					"--flyte.platfrom.url=misspelt", "--flyte.credentials.client-secret=s3cret",
					"--flyte.credentials.store=jdbc", "--flyte.credentials.store-key=0123456789abcdef",
					"--flyte.execution.run-as.iam-role=role")) {
				FlyteConnection connection = context.getBean(FlyteConnection.class);
				connection.admin().blocking().getVersion(GetVersionRequest.getDefaultInstance()).toString();
			}
			try (FlyteConnection connection = new FlyteConnectionFactory().create(PlatformConfig.auto(file))) {
				connection.admin();
			}
			FlyteLiterals.toLiteral(Instant.EPOCH).toString();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
