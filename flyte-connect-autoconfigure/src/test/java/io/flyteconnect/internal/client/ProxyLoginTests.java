package io.flyteconnect.internal.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import flyteidl.admin.VersionOuterClass.GetVersionResponse;
import flyteidl.service.AdminServiceGrpc;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import flyteidl.service.AuthMetadataServiceGrpc;
import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.util.UriComponentsBuilder;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfigBuilder;
import io.flyteconnect.internal.grant.command.Processes;
import io.flyteconnect.login.FlyteBrowserLoginEvent;
import io.flyteconnect.login.LoginException;
import io.flyteconnect.login.LoginStep;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The second token, for a proxy in front of Flyte and of the authorization server.
 */
class ProxyLoginTests {

	@TempDir
	Path folder;

	private final TestLogin login = new TestLogin();

	private IapServer iap;

	@BeforeEach
	void start() throws Exception {
		this.iap = new IapServer(Map.of("/" + AdminServiceGrpc.getGetVersionMethod().getFullMethodName(),
				GetVersionResponse.getDefaultInstance(),
				"/" + AuthMetadataServiceGrpc.getGetOAuth2MetadataMethod().getFullMethodName(),
				this.login.server.metadata,
				"/" + AuthMetadataServiceGrpc.getGetPublicClientConfigMethod().getFullMethodName(),
				this.login.server.client));
		print("proxy-1");
	}

	@AfterEach
	void stop() throws Exception {
		this.login.close();
		this.iap.close();
	}

	@Test
	void whenThereIsAProxyCommandThenEachRequestCarriesItsToken() throws Exception {
		this.login.grant("token-1", "");
		AdminServiceBlockingStub stub = connect(AuthMode.CLIENT_CREDENTIALS);
		TestLogin.version(stub);
		TestLogin.version(stub);
		assertThat(this.iap.calls).extracting(IapServer.Call::method)
			.containsExactlyInAnyOrder("GetOAuth2Metadata", "GetPublicClientConfig", "GetVersion", "GetVersion");
		assertThat(this.iap.calls).extracting(IapServer.Call::proxyToken).containsOnly("Bearer proxy-1");
		assertThat(this.iap.calls).filteredOn((call) -> call.method().equals("GetVersion"))
			.extracting(IapServer.Call::token)
			.containsOnly("Bearer token-1");
		assertThat(this.iap.calls).filteredOn((call) -> !call.method().equals("GetVersion"))
			.extracting(IapServer.Call::token)
			.containsOnlyNulls();
		assertThat(this.login.tokenRequests()).hasSize(1);
		LoggedRequest request = this.login.tokenRequests().get(0);
		assertThat(request.getHeader("Proxy-Authorization")).isEqualTo("Bearer proxy-1");
		assertThat(request.getHeader("Authorization")).startsWith("Basic ");
		assertThat(runs()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403, 302 })
	void whenTheProxyRefusesACallThenTheCommandRunsOnceMoreAndTheCallIsRepeated(int status) throws Exception {
		this.iap.refusal = status;
		AdminServiceBlockingStub stub = connect(AuthMode.NONE);
		TestLogin.version(stub);
		this.iap.accepted.clear();
		print("proxy-2");
		TestLogin.version(stub);
		assertThat(runs()).isEqualTo(2);
		assertThat(this.iap.calls).extracting(IapServer.Call::proxyToken)
			.containsExactly("Bearer proxy-1", "Bearer proxy-1", "Bearer proxy-2");
		assertThat(this.login.tokenRequests()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403 })
	void whenTheProxyRefusesTheQuestionForMetadataThenTheErrorNamesItsCommandAndNothingIsAskedAgain(int status)
			throws Exception {
		this.iap.refusal = status;
		this.iap.accepted.clear();
		StatusRuntimeException ex = TestLogin.failure(connect(AuthMode.CLIENT_CREDENTIALS));
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
		assertThat(ex).hasMessageContaining("step: discovery")
			.hasMessageContaining("Check the proxy in front, whose token comes from flyte.credentials.proxy-command");
		assertThat(this.login.tokenRequests()).isEmpty();
	}

	@Test
	void whenTheProxyRefusesEveryTokenThenThereIsNoLoop() throws Exception {
		this.iap.accepted.clear();
		AdminServiceBlockingStub stub = connect(AuthMode.NONE);
		for (int call = 0; call < 5; call++) {
			StatusRuntimeException ex = TestLogin.failure(stub);
			assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
			TestLogin.assertNoSecret(ex, "proxy-1", "s3cret-argument");
		}
		assertThat(runs()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403, 302, 407 })
	void whenTheProxyRefusesATokenRequestThenTheCommandRunsOnceMoreAndTheRequestIsRepeated(int status)
			throws Exception {
		this.login.grant("token-1", "");
		this.login.idp.stubFor(post("/token").atPriority(1)
			.withHeader("Proxy-Authorization", equalTo("Bearer proxy-1"))
			.willReturn(page(status)));
		// The next run of the command prints another token.
		this.iap.accepted.add("proxy-2");
		AdminServiceBlockingStub stub = this.login.connect(this.iap.port(), AuthMode.CLIENT_CREDENTIALS,
				(credentials) -> {
					credentials.property("flyte.credentials.client-id", "id");
					credentials.property("flyte.credentials.client-secret", "s3cret");
					credentials.property("flyte.credentials.proxy-command", List.of("sh", "-c",
							"echo x >> " + file("runs") + "; echo proxy-$(wc -l < " + file("runs") + " | tr -d ' ')"));
				});
		TestLogin.version(stub);
		assertThat(runs()).isEqualTo(2);
		assertThat(this.login.tokenRequests()).extracting((request) -> request.getHeader("Proxy-Authorization"))
			.containsExactly("Bearer proxy-1", "Bearer proxy-2");
		assertThat(this.iap.calls.get(this.iap.calls.size() - 1).proxyToken()).isEqualTo("Bearer proxy-2");
	}

	@Test
	void whenTheAuthorizationServerItselfRefusesThenTheProxyTokenIsKept() throws Exception {
		this.login.answer(aResponse().withStatus(401)
			.withHeader("Content-Type", "application/json")
			.withBody("{\"error\":\"invalid_client\"}"));
		StatusRuntimeException ex = TestLogin.failure(connect(AuthMode.CLIENT_CREDENTIALS));
		assertThat(ex).hasMessageContaining("HTTP 401 invalid_client");
		assertThat(runs()).isEqualTo(1);
		assertThat(this.login.tokenRequests()).as("the secret in the header, and in the body")
			.hasSize(2)
			.allSatisfy((request) -> assertThat(request.getHeader("Proxy-Authorization")).isEqualTo("Bearer proxy-1"));
	}

	@Test
	void whenTheProxyTokenEndsThenOnlyTheCommandRunsAgain() throws Exception {
		this.login.grant("token-1", "");
		AdminServiceBlockingStub stub = connect(AuthMode.CLIENT_CREDENTIALS);
		TestLogin.version(stub);
		this.login.move(Duration.ofSeconds(61));
		print("proxy-2");
		TestLogin.version(stub);
		assertThat(runs()).isEqualTo(2);
		assertThat(this.login.tokenRequests()).hasSize(1);
		assertThat(this.iap.calls.get(this.iap.calls.size() - 1))
			.isEqualTo(new IapServer.Call("GetVersion", "Bearer proxy-2", "Bearer token-1"));
	}

	@Test
	void whenTheProxyCommandSaysWhenItsTokenEndsThenThatCounts() throws Exception {
		String end = this.login.clock().instant().plusSeconds(30).toString();
		Files.writeString(file("token"), "{\"kind\":\"ExecCredential\",\"status\":{\"token\":\"proxy-1\","
				+ "\"expirationTimestamp\":\"" + end + "\"}}");
		AdminServiceBlockingStub stub = connect(AuthMode.NONE);
		TestLogin.version(stub);
		this.login.move(Duration.ofSeconds(31));
		print("proxy-2");
		TestLogin.version(stub);
		assertThat(this.iap.calls).extracting(IapServer.Call::proxyToken)
			.containsExactly("Bearer proxy-1", "Bearer proxy-2");
		assertThat(runs()).isEqualTo(2);
	}

	@Test
	void whenTheCallerBringsCredentialsThenTheProxyTokenStandsBesideThem() {
		AdminServiceBlockingStub stub = connect(AuthMode.CLIENT_CREDENTIALS).withCallCredentials(new OfTheCaller());
		TestLogin.version(stub);
		assertThat(this.iap.calls)
			.containsExactly(new IapServer.Call("GetVersion", "Bearer proxy-1", "Bearer of-the-caller"));
		assertThat(this.login.tokenRequests()).isEmpty();
	}

	@Test
	void whenFlyteRefusesTheCallersCredentialsThenTheProxyTokenIsKept() throws Exception {
		AdminServiceBlockingStub stub = connect(AuthMode.CLIENT_CREDENTIALS).withCallCredentials(new OfTheCaller());
		this.iap.refused.add("Bearer of-the-caller");
		for (int call = 0; call < 5; call++) {
			assertThat(TestLogin.failure(stub).getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
		}
		assertThat(runs()).isEqualTo(1);
		assertThat(this.iap.calls).hasSize(5)
			.containsOnly(new IapServer.Call("GetVersion", "Bearer proxy-1", "Bearer of-the-caller"));
		this.iap.accepted.clear();
		print("proxy-2");
		this.iap.refused.clear();
		TestLogin.version(stub);
		assertThat(runs()).as("what the proxy itself refuses is renewed").isEqualTo(2);
	}

	@Test
	void whenTheProxyCommandFailsWhileAPersonTypesACodeThenTheLoginGoesOn() throws Exception {
		this.login.idp.stubFor(post("/device").willReturn(okJson("{\"device_code\":\"device-code-1\","
				+ "\"user_code\":\"u\",\"verification_uri\":\"https://idp.example/device\",\"expires_in\":3600,"
				+ "\"interval\":0.2}")));
		this.login.grant("token-1", "");
		this.iap.refused.add("none");
		CompletableFuture<Integer> failed = new CompletableFuture<>();
		CompletableFuture<Void> over = new CompletableFuture<>();
		this.login.listener = (event) -> {
			int runs = breakCommand();
			CompletableFuture.runAsync(() -> {
				await().atMost(Duration.ofSeconds(60)).until(() -> runs() > runs);
				print("proxy-2");
				failed.complete(runs + 1);
				// The failure is noted some time after the command has ended, on a busy
				// machine long after it.
				for (int i = 0; i < 600 && !over.isDone(); i++) {
					this.login.move(Duration.ofSeconds(1));
					pause();
				}
			});
		};
		assertThat(TestLogin.version(connect(AuthMode.DEVICE_FLOW))).isNotNull();
		over.complete(null);
		assertThat(runs()).isEqualTo(failed.get(60, TimeUnit.SECONDS) + 1);
		assertThat(this.login.events).hasSize(1);
	}

	@Test
	void whenTheProxyCommandFailsAtTheEndOfABrowserLoginThenPageAndErrorSaySo() throws Exception {
		this.iap.refused.add("none");
		CompletableFuture<HttpResponse<String>> page = new CompletableFuture<>();
		this.login.listener = (event) -> {
			breakCommand();
			String state = UriComponentsBuilder.fromUri(((FlyteBrowserLoginEvent) event).link())
				.build()
				.getQueryParams()
				.getFirst("state");
			HttpClient.newHttpClient()
				.sendAsync(HttpRequest
					.newBuilder(URI
						.create("http://localhost:" + this.login.callbackPort + "/callback?code=c0de&state=" + state))
					.build(), BodyHandlers.ofString())
				.thenAccept(page::complete);
		};
		StatusRuntimeException ex = TestLogin.failure(connect(AuthMode.PKCE));
		assertThat(ex).hasMessageContaining("proxy command: the command 'sh' printed nothing");
		assertThat(page.get(60, TimeUnit.SECONDS).body()).contains("The login failed",
				"proxy command: the command &#39;sh&#39; printed nothing");
		assertThat(this.login.tokenRequests()).isEmpty();
	}

	/**
	 * Let the token of the proxy be over, and the command fail.
	 * @return how often it has run before
	 */
	private static void pause() {
		try {
			TimeUnit.MILLISECONDS.sleep(500);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private int breakCommand() {
		try {
			int runs = runs();
			Files.writeString(file("token"), "");
			this.login.move(Duration.ofSeconds(61));
			return runs;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void whenTheApplicationStopsThenTheProxyCommandAndItsChildrenAreEnded() throws Exception {
		Processes processes = new Processes();
		AdminServiceBlockingStub stub = this.login.connect(this.iap.port(), AuthMode.NONE, (credentials) -> credentials
			.property("flyte.credentials.proxy-command", List.of("sh", "-c", processes.script())));
		CompletableFuture<StatusRuntimeException> call = CompletableFuture.supplyAsync(() -> TestLogin.failure(stub));
		processes.awaitRunning();
		this.login.closeLogin();
		assertThat(call.get(60, TimeUnit.SECONDS)).hasMessageContaining("the connection is closed");
		processes.assertEnded();
	}

	@Test
	void whenTheProxyCommandFailsThenTheErrorNamesIt() throws Exception {
		Files.writeString(this.folder.resolve("token"), "");
		StatusRuntimeException ex = TestLogin.failure(connect(AuthMode.NONE));
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
		assertThat(ex).hasMessageContaining("proxy command: the command 'sh' printed nothing");
		TestLogin.assertNoSecret(ex, "s3cret-argument");
		assertThat(this.iap.calls).isEmpty();
	}

	@Test
	void whenTheProxyCommandFailsBeforeTheMetadataAreAskedForThenTheErrorIsTheCommands() throws Exception {
		Files.writeString(this.folder.resolve("token"), "");
		StatusRuntimeException ex = TestLogin.failure(connect(AuthMode.CLIENT_CREDENTIALS));
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
		assertThat(ex.getStatus().getCause()).isInstanceOfSatisfying(LoginException.class,
				(failure) -> assertThat(failure.getStep()).isEqualTo(LoginStep.COMMAND));
		assertThat(ex).hasMessageContaining("proxy command: the command 'sh' printed nothing")
			.hasMessageNotContaining("AuthMetadataService");
		assertThat(this.iap.calls).isEmpty();
	}

	private static ResponseDefinitionBuilder page(int status) {
		return aResponse().withStatus(status)
			.withHeader("Content-Type", "text/html")
			.withHeader("Location", "https://accounts.example/login")
			.withBody("<h1>Who are you?</h1>");
	}

	private AdminServiceBlockingStub connect(AuthMode mode) {
		return this.login.connect(this.iap.port(), mode, (credentials) -> {
			if (mode == AuthMode.CLIENT_CREDENTIALS) {
				credentials.property("flyte.credentials.client-id", "id");
				credentials.property("flyte.credentials.client-secret", "s3cret");
			}
			configure(credentials);
		});
	}

	private void configure(PlatformConfigBuilder credentials) {
		credentials.property("flyte.credentials.command-ttl", Duration.ofSeconds(60));
		credentials.property("flyte.credentials.proxy-command",
				List.of("sh", "-c", "echo x >> " + file("runs") + "; cat " + file("token"), "s3cret-argument"));
	}

	private Path file(String name) {
		return this.folder.resolve(name);
	}

	private void print(String token) {
		this.iap.accepted.add(token);
		try {
			Files.writeString(file("token"), token);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private int runs() throws Exception {
		return Files.readAllLines(file("runs")).size();
	}

	private static final class OfTheCaller extends CallCredentials {

		@Override
		public void applyRequestMetadata(RequestInfo request, Executor executor, MetadataApplier applier) {
			Metadata headers = new Metadata();
			headers.put(Metadata.Key.of("flyte-authorization", Metadata.ASCII_STRING_MARSHALLER),
					"Bearer of-the-caller");
			applier.apply(headers);
		}

	}

}
