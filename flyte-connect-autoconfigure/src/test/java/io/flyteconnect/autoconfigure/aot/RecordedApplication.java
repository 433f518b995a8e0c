package io.flyteconnect.autoconfigure.aot;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.literal.FlyteLiterals;
import io.flyteconnect.testsupport.LoginServer;
import io.flyteconnect.testsupport.TokenServer;
import io.flyteconnect.testsupport.hints.MissingHints;

/**
 * Does what applications do while the agent of {@code spring-core-test} looks at what our
 * classes find by reflection, and says what of it a native image would not have.
 */
public final class RecordedApplication {

	private RecordedApplication() {
	}

	public static void main(String[] arguments) throws Exception {
		Path folder = Path.of(arguments[0]);
		try (TokenServer idp = new TokenServer("token-1"); LoginServer server = LoginServer.of(idp, "token-1")) {
			MissingHints missing = MissingHints.record();
			use(folder, server);
			System.out.println("RECORDED " + missing.recorded());
			missing.missing().forEach((found) -> System.out.println("MISSING " + found));
		}
		// Whatever the libraries have left running.
		System.exit(0);
	}

	private static void use(Path folder, LoginServer server) {
		try {
			Path file = Files.writeString(folder.resolve("config.yaml"),
					"admin:\n  endpoint: dns:///localhost:" + server.port() + "\n  insecure: true\n  clientId: me\n");
			SpringApplication application = new SpringApplication(AheadOfTimeApplication.class);
			application.setWebApplicationType(WebApplicationType.NONE);
			try (ConfigurableApplicationContext context = application.run("--flyte.config-file=" + file,
					"--flyte.platfrom.url=misspelt", "--flyte.credentials.client-secret=s3cret",
					"--flyte.credentials.auth-mode=ClientSecret", "--flyte.credentials.store=jdbc",
					"--flyte.credentials.store-key=0123456789abcdef", "--flyte.execution.run-as.iam-role=role")) {
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
