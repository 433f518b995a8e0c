package io.flyteconnect.integration.connection.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.flyteconnect.integration.connection.Applications;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What a person reads when a setting is wrong in a way that no server has to be asked
 * for: the application does not start, and nothing is connected.
 */
@Tag("once")
@ExtendWith(OutputCaptureExtension.class)
class WrongConfigurationTests {

	private static final String CA_FILE = "flyte.platform.ca-cert-file-path";

	private static final String BUNDLE = "flyte.platform.ssl-bundle";

	private static final String MODE = "flyte.credentials.auth-mode";

	private static final String ID = "flyte.credentials.client-id";

	private static final String SECRET = "flyte.credentials.client-secret";

	private static final String PROXY = "flyte.platform.http-proxy-url";

	@TempDir
	private static Path folder;

	static Stream<Arguments> wrongConfigurations() throws IOException {
		Path missing = folder.resolve("missing.pem");
		Path empty = Files.writeString(folder.resolve("empty.pem"), "# no certificate in here\n");
		Path secret = folder.resolve("missing-secret");
		return Stream.of(
				Arguments.of("CA file is missing", Map.of(CA_FILE, missing), CA_FILE, missing, "Correct the path"),
				Arguments.of("CA file has no certificate", Map.of(CA_FILE, empty), CA_FILE, empty,
						"certificates in PEM form"),
				Arguments.of("SSL bundle is unknown", Map.of(BUNDLE, "nope"), BUNDLE, "no SSL bundle named 'nope'",
						"spring.ssl.bundle.pem.nope"),
				Arguments.of("client id is missing", Map.of(SECRET, Login.SECRET), ID, "no client id is set",
						"Set " + ID),
				Arguments.of("client secret is missing", Map.of(MODE, "client-credentials", ID, Login.CLIENT_ID),
						SECRET, "no client secret is set", SECRET + "-location"),
				Arguments.of("file of the client secret is missing",
						Map.of(ID, Login.CLIENT_ID, SECRET + "-location", secret), SECRET + "-location",
						secret + " does not exist", "Put the client secret into the file"),
				Arguments.of("variable of the client secret is not set",
						Map.of(ID, Login.CLIENT_ID, SECRET + "-env-var", "NO_SUCH_SECRET"), SECRET + "-env-var",
						"NO_SUCH_SECRET is not set", "Set the variable"),
				Arguments.of("proxy is of another kind", Map.of(PROXY, "socks5://proxy-user:wr0ng-pr%40xy@proxy:1080"),
						PROXY, "'socks5' proxies are not supported", PROXY),
				Arguments.of("endpoint has a path", Map.of("flyte.platform.url", "flyte.example.com/console"),
						"flyte.platform.url", "an endpoint has no path", "flyte.example.com:443"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("wrongConfigurations")
	void whenConfiguredThenTheAnalysisSaysWhatIsWrongAndWhatToDo(String name, Map<String, Object> settings,
			String property, Object reason, String action, CapturedOutput output) {
		try (FlyteTestServer server = FlyteTestServer.builder().tls().start()) {
			Applications application = Applications.create()
				.property("flyte.platform.url", server.endpoint())
				.property("logging.level.io.flyteconnect", "trace");
			settings.forEach(application::property);
			Throwable failure = catchThrowable(() -> application.run().close());
			assertThat(failure).as(name).isNotNull();
			assertThat(output.toString()).contains("APPLICATION FAILED TO START");
			String[] analysis = output.toString().split("Description:\\R|Action:\\R", 3);
			assertThat(analysis[1]).contains("Property: " + property + "\n").contains(reason.toString());
			if (settings.containsKey(property)) {
				assertThat(analysis[1]).contains("Origin: \"" + property + "\" from property source");
			}
			assertThat(analysis[2]).contains(action);
			assertThat(server.acceptedConnections()).isZero();
			Secrecy.check(failure, output);
		}
	}

}
