package io.flyteconnect.internal.client;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.util.UriComponentsBuilder;

import io.flyteconnect.login.FlyteBrowserLoginEvent;
import io.flyteconnect.testsupport.LogCapture;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every request of a login meets everything that an authorization server can do wrong:
 * each time a clear error within the time limit, and no secret in exception, log, page or
 * thread name.
 */
@Tag("once")
class ProviderFaultTests {

	/**
	 * Which only a fault that hangs could reach.
	 */
	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final String CODE = "c0de+/of the login";

	/**
	 * Write tokens and codes of their own accord, at DEBUG and below, which the starter
	 * does not let them without being asked to.
	 */
	private static final String[] OUTSPOKEN = { "io.grpc.netty.NettyClientHandler" };

	private final LogCapture log = new LogCapture(OUTSPOKEN);

	private final TestLogin login = new TestLogin();

	private final HttpClient browser = HttpClient.newHttpClient();

	private final List<CompletableFuture<String>> pages = new CopyOnWriteArrayList<>();

	@AfterEach
	void stop() throws Exception {
		this.login.close();
		this.log.close();
	}

	static Stream<Arguments> requestsAndFaults() {
		return Arrays.stream(FaultyRequest.values())
			.flatMap((request) -> Arrays.stream(ProviderFault.values())
				.filter((fault) -> request != FaultyRequest.DEVICE_AUTHORIZATION || !fault.isAboutTokens())
				.map((fault) -> Arguments.of(request, fault)));
	}

	@ParameterizedTest
	@MethodSource("requestsAndFaults")
	void whenTheProviderMisbehavesThenTheErrorIsClearAndInTimeAndHasNoSecret(FaultyRequest request, ProviderFault fault)
			throws Exception {
		Duration limit = fault.isSlow() ? ProviderFault.SHORT_LIMIT : LIMIT;
		AdminServiceBlockingStub stub = prepare(request, limit);
		request.answer(this.login, fault.answer());
		long start = System.nanoTime();
		StatusRuntimeException ex = TestLogin.failure(stub);
		// Before a device asks for the last time, its code has a second.
		assertThat(Duration.ofNanos(System.nanoTime() - start)).as("time to the error")
			.isBetween(fault.isSlow() ? limit : Duration.ZERO, ProviderFault.SHORT_LIMIT.plusSeconds(13));
		assertThat(ex.getStatus().getCode()).isEqualTo(fault.code());
		assertThat(ex).hasMessageContaining("step: token request")
			.hasMessageContaining(fault.message())
			.hasMessageContaining(this.login.issuer() + request.path());
		assertThat(ex.getMessage()).hasSizeLessThan(1000);
		assertThat(this.login.idp.getAllServeEvents()).as("no redirect is followed")
			.noneMatch((event) -> event.getRequest().getUrl().contains("elsewhere"));
		assertThat(this.pages.isEmpty()).as("no browser was there").isEqualTo(!request.isWithBrowser());
		assertThatNothingIsToldOf(ex);
	}

	@ParameterizedTest
	@EnumSource(value = FaultyRequest.class, mode = Mode.EXCLUDE, names = "DEVICE_AUTHORIZATION")
	void whenTheAnswerHasNoExpiresInThenTheTokenIsGoodUntilItIsRefused(FaultyRequest request) throws Exception {
		AdminServiceBlockingStub stub = prepare(request, LIMIT);
		this.login.server.accepted.add("token-1");
		request.answer(this.login, okJson("{\"access_token\":\"token-1\",\"token_type\":\"Bearer\"}"));
		assertThat(TestLogin.version(stub)).isNotNull();
		this.login.move(Duration.ofDays(365));
		assertThat(TestLogin.version(stub)).isNotNull();
		assertThat(requests(request)).hasSize(1);
		assertThatNothingIsToldOf(new IllegalStateException("There is no error"));
	}

	@ParameterizedTest
	@EnumSource(value = FaultyRequest.class, mode = Mode.EXCLUDE, names = "DEVICE_POLL")
	void whenTheProviderAsksToBeLeftAloneThenItIsAndNobodyIsAskedAgain(FaultyRequest request) {
		AdminServiceBlockingStub stub = prepare(request, LIMIT);
		request.answer(this.login, ProviderFault.TOO_MANY_REQUESTS.answer());
		assertThat(TestLogin.failure(stub)).hasMessageContaining("HTTP 429");
		int asked = this.login.events.size();
		this.login.move(Duration.ofMillis(6900));
		assertThat(TestLogin.failure(stub)).hasMessageContaining("HTTP 429");
		assertThat(requests(request)).hasSize(1);
		assertThat(this.login.events).hasSize(asked);
		this.login.move(Duration.ofMillis(200));
		assertThat(TestLogin.failure(stub)).hasMessageContaining("HTTP 429");
		assertThat(requests(request)).hasSize(2);
	}

	/**
	 * A code that another server gave away must not be sent to this one, nor be shown.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "code=%s", "error=%s", "error=access_denied&error_description=%s&code=%1$s" })
	void whenTheAnswerComesFromAnotherIssuerThenTheErrorIsClearAndHasNoSecret(String answer) throws Exception {
		this.login.listener = (event) -> {
			if (event instanceof FlyteBrowserLoginEvent asked) {
				comeBack(asked.link(), answer.formatted(encoded(CODE)) + "&iss=https%3A%2F%2Fevil.example");
			}
		};
		StatusRuntimeException ex = TestLogin.failure(FaultyRequest.CODE_EXCHANGE.prepare(this.login,
				(credentials) -> credentials.property("flyte.credentials.request-timeout", LIMIT)));
		assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
		assertThat(ex).hasMessageEndingWith("failed (step: interaction): the answer came from the authorization server "
				+ "https://evil.example where " + this.login.issuer() + " was asked");
		assertThat(this.login.tokenRequests()).isEmpty();
		assertThat(this.pages).singleElement()
			.satisfies(
					(page) -> assertThat(page.get(60, TimeUnit.SECONDS)).contains("The login failed", "evil.example"));
		assertThatNothingIsToldOf(ex);
	}

	private AdminServiceBlockingStub prepare(FaultyRequest request, Duration timeout) {
		this.login.listener = (event) -> {
			if (event instanceof FlyteBrowserLoginEvent asked) {
				comeBack(asked.link(), "code=" + encoded(CODE));
			}
		};
		return request.prepare(this.login,
				(credentials) -> credentials.property("flyte.credentials.request-timeout", timeout));
	}

	/**
	 * What a browser does after the person has logged in.
	 */
	private void comeBack(URI link, String answer) {
		String state = UriComponentsBuilder.fromUri(link).build().getQueryParams().getFirst("state");
		URI callback = URI
			.create("http://localhost:" + this.login.callbackPort + "/callback?state=" + state + "&" + answer);
		this.pages.add(this.browser.sendAsync(HttpRequest.newBuilder(callback).build(), BodyHandlers.ofString())
			.thenApply((page) -> page.body()));
	}

	private List<LoggedRequest> requests(FaultyRequest request) {
		return this.login.idp.findAll(postRequestedFor(urlEqualTo(request.path())));
	}

	private void assertThatNothingIsToldOf(Throwable failure) throws Exception {
		List<String> secrets = new ArrayList<>();
		for (String secret : List.of(FaultyRequest.CLIENT_SECRET, FaultyRequest.REFRESH_TOKEN,
				FaultyRequest.DEVICE_CODE, CODE)) {
			secrets.addAll(List.of(secret, encoded(secret), encoded(secret).replace("+", "%20"), base64(secret),
					base64("id:" + secret), base64("id:" + encoded(secret))));
		}
		this.login.tokenRequests()
			.stream()
			.map(LoggedRequest::getBodyAsString)
			.filter((form) -> form.contains("code_verifier="))
			.forEach((form) -> secrets.add(form.replaceAll(".*code_verifier=([\\w-]+).*", "$1")));
		secrets.addAll(List.of("token-0", "token-1", "late-token", "absurd-token"));
		StringWriter trace = new StringWriter();
		failure.printStackTrace(new PrintWriter(trace));
		assertThat(trace.toString()).doesNotContain(secrets);
		for (CompletableFuture<String> page : this.pages) {
			assertThat(page.get(60, TimeUnit.SECONDS)).doesNotContain(secrets);
		}
		assertThat(Thread.getAllStackTraces().keySet())
			.allSatisfy((thread) -> assertThat(thread.getName()).doesNotContain(secrets));
		assertThat(this.log.text()).as("the log at TRACE").contains("io.flyteconnect");
		assertThat(this.log.text().lines().filter((line) -> secrets.stream().anyMatch(line::contains))).isEmpty();
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private static String base64(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

}
