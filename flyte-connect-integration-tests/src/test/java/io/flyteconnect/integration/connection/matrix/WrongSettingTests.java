package io.flyteconnect.integration.connection.matrix;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.autoconfigure.FlyteStartupCheckException;
import io.flyteconnect.integration.connection.Applications;
import io.flyteconnect.login.LoginException;
import io.flyteconnect.login.LoginStep;
import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.test.tls.TestCertificates;
import io.flyteconnect.testsupport.FreePorts;
import io.flyteconnect.testsupport.TestProxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What a person reads when a setting is wrong in a way that only a call can tell: as the
 * failure of a call, and as that of the startup where {@code flyte.startup-check=fail}
 * asks for a call. No secret is in it.
 */
@Tag("once")
@ExtendWith(OutputCaptureExtension.class)
class WrongSettingTests {

	private static final String WITH_LOGIN = " with login";

	private static final String INSECURE = "flyte.platform.insecure";

	private static final String CA_FILE = "flyte.platform.ca-cert-file-path";

	private static final String PROXY = "flyte.platform.http-proxy-url";

	private static FlyteTestServer plaintext;

	private static FlyteTestServer tls;

	private static FlyteTestServer mutual;

	private static TestCertificates others;

	private static TestProxy proxy;

	private static HttpServer pages;

	private static int closedPort;

	@BeforeAll
	static void start() throws IOException {
		plaintext = FlyteTestServer.builder().clientCredentials(Login.CLIENT_ID, Login.SECRET).start();
		tls = FlyteTestServer.builder().tls().clientCredentials(Login.CLIENT_ID, Login.SECRET).start();
		mutual = FlyteTestServer.builder()
			.requireClientCertificates()
			.clientCredentials(Login.CLIENT_ID, Login.SECRET)
			.start();
		others = TestCertificates.create();
		proxy = TestProxy.start(Transport.PROXY_USER, Transport.PROXY_PASSWORD);
		pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		pages.createContext("/", (exchange) -> {
			byte[] page = "<html>a page</html>".getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "text/html");
			exchange.sendResponseHeaders(200, page.length);
			exchange.getResponseBody().write(page);
			exchange.close();
		});
		pages.start();
		closedPort = FreePorts.reserve();
	}

	@AfterAll
	static void stop() {
		plaintext.close();
		tls.close();
		mutual.close();
		others.close();
		proxy.close();
		pages.stop(0);
	}

	static Stream<WrongSetting> wrongSettings() {
		return Stream.of(transport(), proxies(), logins()).flatMap((settings) -> settings);
	}

	private static Stream<WrongSetting> transport() {
		String page = "localhost:" + pages.getAddress().getPort();
		String nobody = "localhost:" + closedPort;
		return Stream.of(
				both(WrongSetting.of("another CA", tls.endpoint()).with(CA_FILE, others.caCertificate()),
						"has a certificate that is not trusted", "its issuer is not in the CA file", CA_FILE),
				both(WrongSetting.of("no CA", tls.endpoint()), "has a certificate that is not trusted", CA_FILE),
				both(WrongSetting.of("another host", "admin.flyte.test:" + tls.port())
					.with(CA_FILE, tls.caCertificate())
					.with(PROXY, Transport.proxyUrl(proxy, Transport.ESCAPED_PROXY_PASSWORD)),
						"has a certificate for another host name", "admin.flyte.test", "flyte.platform.url"),
				both(WrongSetting.of("plaintext to TLS", tls.endpoint()).with(INSECURE, true), INSECURE, "speaks TLS"),
				both(WrongSetting.of("TLS to plaintext", plaintext.endpoint()), "does not speak TLS", INSECURE),
				both(WrongSetting.of("no client certificate", mutual.endpoint()).with(CA_FILE, mutual.caCertificate()),
						"client certificate", "flyte.platform.ssl-bundle"),
				both(WrongSetting.of("nobody there", nobody).with(INSECURE, true), "cannot be reached",
						"flyte.platform.url"),
				both(Code.INTERNAL, WrongSetting.of("a web page", page).with(INSECURE, true), "does not speak HTTP/2",
						"flyte.platform.url"))
			.flatMap((settings) -> settings);
	}

	private static Stream<WrongSetting> proxies() {
		String wrong = Transport.proxyUrl(proxy, "wr0ng-pr%40xy");
		String down = "http://" + Transport.PROXY_USER + ":wr0ng-pr%40xy@localhost:" + closedPort;
		return Stream.of(
				both(WrongSetting.of("wrong password of the proxy", tls.endpoint())
					.with(CA_FILE, tls.caCertificate())
					.with(PROXY, wrong), "through the proxy", PROXY, "407"),
				both(WrongSetting.of("no proxy there", tls.endpoint())
					.with(CA_FILE, tls.caCertificate())
					.with(PROXY, down), "where the proxy should be", PROXY),
				Stream.of(
						WrongSetting.of("wrong password of the proxy for OAuth", tls.endpoint())
							.login()
							.with(CA_FILE, tls.caCertificate())
							.with(PROXY, wrong)
							.with("flyte.platform.http-proxy-scope", "oauth")
							.fails(Code.UNAUTHENTICATED, LoginStep.TOKEN_REQUEST, "407", PROXY,
									tls.identityProvider().tokenEndpoint().toString()),
						WrongSetting.of("no proxy for OAuth there", tls.endpoint())
							.login()
							.with(CA_FILE, tls.caCertificate())
							.with(PROXY, down)
							.with("flyte.platform.http-proxy-scope", "oauth")
							.fails(Code.UNAVAILABLE, LoginStep.TOKEN_REQUEST, "cannot connect to the proxy",
									"localhost:" + closedPort)))
			.flatMap((settings) -> settings);
	}

	private static Stream<WrongSetting> logins() {
		String tokenEndpoint = plaintext.identityProvider().tokenEndpoint().toString();
		return Stream.of(
				login("wrong client secret").with("flyte.credentials.client-secret", Secrecy.WRONG_SECRET)
					.fails(Code.UNAUTHENTICATED, LoginStep.TOKEN_REQUEST, "invalid_client", "401", tokenEndpoint),
				login("unknown client").with("flyte.credentials.client-id", "nobody")
					.fails(Code.UNAUTHENTICATED, LoginStep.TOKEN_REQUEST, "invalid_client", "401", tokenEndpoint),
				login("unknown scope").with("flyte.credentials.scopes", "nonsense")
					.fails(Code.UNAUTHENTICATED, LoginStep.TOKEN_REQUEST, "invalid_scope", "400", tokenEndpoint),
				login("no token endpoint there")
					.with("flyte.credentials.token-url", "http://localhost:" + closedPort + "/token")
					.fails(Code.UNAVAILABLE, LoginStep.TOKEN_REQUEST, "cannot connect to the server",
							"localhost:" + closedPort + "/token"),
				login("token endpoint is a web page")
					.with("flyte.credentials.token-url", "http://localhost:" + pages.getAddress().getPort() + "/token")
					// It stays one until somebody corrects the setting.
					.fails(Code.UNAUTHENTICATED, LoginStep.TOKEN_REQUEST, "200", "/token",
							"flyte.credentials.token-url"),
				login("token without the scope that Flyte wants").with("flyte.credentials.scopes", "offline")
					.fails(Code.UNAUTHENTICATED, LoginStep.REFUSED, "the token was refused, and so was a fresh one",
							"doesn't have required scope"),
				WrongSetting.of("a person is needed", plaintext.endpoint())
					.with(INSECURE, true)
					.with("flyte.credentials.auth-mode", "pkce")
					.fails(Code.UNAUTHENTICATED, LoginStep.INTERACTION, "the server wants a token",
							"flyte.credentials.auth-mode=client-credentials", "flyte.credentials.client-id",
							"flyte.credentials.client-secret", "client-secret-location", "client-secret-env-var"));
	}

	private static WrongSetting.Builder login(String name) {
		return WrongSetting.of(name, plaintext.endpoint()).with(INSECURE, true).login();
	}

	/**
	 * The failure is the same without a login and with one, which is not begun.
	 */
	private static Stream<WrongSetting> both(WrongSetting.Builder setting, String... texts) {
		return both(Code.UNAVAILABLE, setting, texts);
	}

	private static Stream<WrongSetting> both(Code code, WrongSetting.Builder setting, String... texts) {
		return Stream.of(setting.copy(" without login").without().fails(code, texts),
				setting.copy(WITH_LOGIN).login().fails(code, texts));
	}

	@ParameterizedTest
	@MethodSource("wrongSettings")
	void whenCalledThenTheFailureSaysWhatIsWrong(WrongSetting setting, CapturedOutput output) {
		try (ConfigurableApplicationContext context = setting.application().run()) {
			FlyteAdminStub flyte = context.getBean(FlyteAdminStub.class);
			StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class,
					() -> flyte.blocking().listProjects(ProjectListRequest.getDefaultInstance()));
			assertThat(failure).isNotNull();
			check(setting, failure);
			if (setting.step() == LoginStep.TOKEN_REQUEST) {
				assertThat(output).contains("WARN").contains("failed (step: token request): ");
			}
			Secrecy.check(failure, output);
		}
	}

	static Stream<WrongSetting> checkedSettings() {
		return wrongSettings().filter((setting) -> !setting.name().endsWith(WITH_LOGIN));
	}

	@ParameterizedTest
	@MethodSource("checkedSettings")
	void whenCheckedAtStartupThenTheAnalysisSaysWhatIsWrongAndWhatToDo(WrongSetting setting, CapturedOutput output) {
		Applications application = setting.application().property("flyte.startup-check", "fail");
		Throwable failure = catchThrowable(() -> application.run().close());
		assertThat(failure).isInstanceOf(FlyteStartupCheckException.class)
			.cause()
			.isInstanceOfSatisfying(StatusRuntimeException.class, (ex) -> check(setting, ex));
		assertThat(output.toString()).contains("APPLICATION FAILED TO START");
		assertThat(output.toString().split("Description:\\R", 2)[1]).contains(setting.texts())
			.contains("Endpoint: " + setting.endpoint(), "Status: " + setting.code(), "Reason: ")
			.containsPattern("Action:\\R\\R(Correct|Start)")
			.contains("set flyte.startup-check to warn or none");
		Secrecy.check(failure, output);
	}

	@Test
	void whenStartupCheckOnlyWarnsThenTheApplicationStarts(CapturedOutput output) {
		Applications application = Applications.create()
			.property("flyte.platform.url", "localhost:" + closedPort)
			.property("flyte.channel.max-retries", 0)
			.property("flyte.startup-check", "warn");
		try (ConfigurableApplicationContext context = application.run()) {
			assertThat(context.getBean(FlyteAdminStub.class)).isNotNull();
			assertThat(output).contains("WARN")
				.contains("to localhost:" + closedPort + ": Flyte does not answer: UNAVAILABLE");
		}
	}

	private static void check(WrongSetting setting, StatusRuntimeException failure) {
		String description = String.valueOf(failure.getStatus().getDescription());
		assertThat(description).contains(setting.endpoint()).contains(setting.texts()).doesNotContain("<html>");
		assertThat(failure.getStatus().getCode()).as(description).isEqualTo(setting.code());
		LoginStep step = setting.step();
		if (step == null) {
			assertThat(description).doesNotContain("Login of");
			return;
		}
		String mode = (step == LoginStep.INTERACTION) ? "pkce" : "client-credentials";
		assertThat(description).startsWith("Login of Flyte connection 'default' to " + setting.endpoint() + " (mode "
				+ mode + ") failed (step: " + step + "): ");
		assertThat(failure).cause()
			.isInstanceOfSatisfying(LoginException.class, (cause) -> assertThat(cause.getStep()).isEqualTo(step));
	}

}
