package io.flyteconnect.integration.canary;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.integration.canary.search.CanaryApplication;
import io.flyteconnect.integration.canary.search.CanaryWatch;
import io.flyteconnect.integration.canary.search.LogRecorder;
import io.flyteconnect.secret.FlyteSecretChangedEvent;
import io.flyteconnect.secret.SecretResolver;
import io.flyteconnect.secret.SecretSource;
import io.flyteconnect.secret.SecretValue;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Secrets that Flyte injects, as variables and files, wherever properties refer to them:
 * they are not to be read anywhere, nor are those that they change to.
 */
@Tag("once")
class InjectedSecretCanaryTests {

	@RegisterExtension
	final CanaryWatch watch = new CanaryWatch();

	@TempDir
	private Path folder;

	private FlyteTestServer server;

	@BeforeEach
	void start() throws Exception {
		String secret = this.watch.canaries().secret("client secret in a file");
		this.server = FlyteTestServer.builder().clientCredentials("canary-client", secret).withSampleData().start();
		Files.createDirectory(this.folder.resolve("login"));
		Files.writeString(this.folder.resolve("login/client-secret"), secret + "\n");
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	private CanaryApplication application() {
		return this.watch.application()
			.properties(this.server.properties())
			.property("flyte.secrets.default-dir", this.folder)
			.property("flyte.secrets.refresh", "100ms")
			.property("flyte.credentials.client-secret", "${flyte-secret.login.client-secret}");
	}

	@Test
	void whenSecretsAreUsedAndChangeThenNothingShows() throws Exception {
		String password = this.watch.canaries().secret("password in a variable");
		String vault = this.watch.canaries().secret("secret of another source");
		SecretSource source = (secret) -> "vault".equals(secret.group()) ? SecretValue.of(vault, "the vault") : null;
		try (ConfigurableApplicationContext context = application().variable("_FSEC_DB_PASSWORD", password)
			.variable("_FSEC_UNUSED", this.watch.canaries().secret("variable that nobody asks for"))
			.property("my.database.password", "${flyte-secret.db.password}")
			.property("my.database.url", "jdbc:h2://me:${flyte-secret.db.password}@database/it")
			.bean(source)
			.run()) {
			assertThat(CanaryTestSupport.projects(context)).isEqualTo(3);
			this.watch.learnTokens(context);
			SecretResolver resolver = context.getBean(SecretResolver.class);
			for (String group : new String[] { "db", "vault", "login" }) {
				SecretValue value = resolver.get(group, "login".equals(group) ? "client-secret" : "password");
				this.watch.look("secret of " + group, value + " " + value.origin() + " " + value.hashCode());
				value.close();
				this.watch.failureOf(value::text);
			}
			assertThat(context.getEnvironment().getProperty("my.database.password")).isEqualTo(password);
			Files.writeString(this.folder.resolve("login/client-secret"),
					this.watch.canaries().secret("client secret that it changed to"));
			this.watch.events().await(FlyteSecretChangedEvent.class);
			this.watch.look(context);
		}
	}

	@Test
	void whenASecretIsNowhereOrCannotBeReadThenNothingShows() throws Exception {
		Files.write(this.folder.resolve("login/binary"),
				(this.watch.canaries().token("binary secret") + "\u00ff").getBytes("ISO-8859-1"));
		try (ConfigurableApplicationContext context = application()
			.variable("_FSEC_DB_PASSWORD", this.watch.canaries().secret("password in a variable"))
			.withoutWeb()
			.run()) {
			SecretResolver resolver = context.getBean(SecretResolver.class);
			this.watch.failureOf(() -> resolver.get("db", "nothing"));
			this.watch.failureOf(() -> resolver.get("..", "db"));
			this.watch.failureOf(() -> resolver.get("login", "binary").text());
		}
	}

	@Test
	void whenAPropertyNeedsASecretThatIsNowhereThenTheAnalysisHoldsNoSecret() {
		CanaryApplication application = application().withoutWeb()
			.variable("_FSEC_DB_PASSWORD", this.watch.canaries().secret("password in a variable"))
			.property("flyte.credentials.store-key", "${flyte-secret.db.password}${flyte-secret.db.nothing}");
		this.watch.failureOf(() -> application.run().close());
		assertThat(LogRecorder.lines()).anyMatch((line) -> line.contains("APPLICATION FAILED TO START"));
	}

}
