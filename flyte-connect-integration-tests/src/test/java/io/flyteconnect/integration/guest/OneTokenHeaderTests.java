package io.flyteconnect.integration.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import flyteidl.service.Auth.PublicClientAuthConfigResponse;
import io.grpc.CallCredentials;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.grpc.client.GlobalClientInterceptor;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.testsupport.LogCapture;
import io.flyteconnect.testsupport.LoginServer;
import io.flyteconnect.testsupport.TokenServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications whose global interceptor writes a token for their own services.
 */
@Tag("guest")
@Tag("once")
class OneTokenHeaderTests {

	private static final String CANARY = "mesh-canary";

	private final TokenServer idp = new TokenServer("our-token");

	private LoginServer flyte;

	@BeforeEach
	void start() throws Exception {
		this.flyte = new LoginServer();
		this.flyte.tokenWanted = false;
	}

	@AfterEach
	void stop() throws Exception {
		this.flyte.close();
		this.idp.close();
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			authorization,       ''
			Authorization,       authorization
			flyte-authorization, flyte-authorization
			x-flyte-token,       x-flyte-token
			X-Flyte-Token,       x-flyte-token
			""")
	void whenAnInterceptorWritesThePublishedHeaderThenFlyteGetsItsOwnTokenAlone(String header, String published) {
		publish(published);
		try (GuestApplication application = application(Map.of(header, "Bearer " + CANARY)).withFlyte()) {
			callTwice(application);
			assertThat(this.flyte.headers).hasSize(2)
				.allSatisfy((headers) -> assertThat(values(headers, header)).containsExactly("Bearer our-token"));
			if (!published.startsWith("x-")) {
				// Another name is known by their answer only.
				assertMetadataCallsAreAnonymous();
			}
		}
	}

	@Test
	void whenAnInterceptorWritesTheConfiguredHeaderThenFlyteGetsItsOwnTokenAlone() {
		try (GuestApplication application = application(Map.of("x-own", CANARY, "authorization", "Basic ingress"))
			.properties("flyte.credentials.authorization-header=x-own")
			.withFlyte()) {
			callTwice(application);
			assertThat(this.flyte.headers).allSatisfy((headers) -> {
				assertThat(values(headers, "x-own")).containsExactly("Bearer our-token");
				assertThat(values(headers, "authorization")).containsExactly("Basic ingress");
			});
			assertMetadataCallsAreAnonymous();
		}
	}

	@Test
	void whenAnInterceptorWritesTheHeaderOfTheProxyThenTheProxyGetsItsOwnTokenAlone() {
		publish("");
		try (GuestApplication application = application(
				Map.of("authorization", "Bearer " + CANARY, "proxy-authorization", "Bearer " + CANARY))
			.properties("flyte.credentials.proxy-command=echo proxy-token")
			.withFlyte()) {
			callTwice(application);
			assertThat(this.flyte.headers).allSatisfy((headers) -> {
				assertThat(values(headers, "authorization")).containsExactly("Bearer our-token");
				assertThat(values(headers, "proxy-authorization")).containsExactly("Bearer proxy-token");
			});
			assertThat(this.flyte.metadataHeaders).isNotEmpty().allSatisfy((headers) -> {
				assertThat(values(headers, "authorization")).isEmpty();
				assertThat(values(headers, "proxy-authorization")).containsExactly("Bearer proxy-token");
			});
		}
	}

	@Test
	void whenACallBringsCredentialsThenTheyGoAlone() {
		publish("");
		CallCredentials own = new CallCredentials() {

			@Override
			public void applyRequestMetadata(RequestInfo request, Executor executor, MetadataApplier applier) {
				applier.apply(headers(Map.of("authorization", "Bearer callers-own")));
			}

		};
		try (GuestApplication application = application(Map.of("authorization", "Bearer " + CANARY)).withFlyte()) {
			stub(application).withCallCredentials(own).getVersion(GetVersionRequest.getDefaultInstance());
			assertThat(values(this.flyte.headers.get(0), "authorization")).containsExactly("Bearer callers-own");
		}
	}

	@Test
	void whenAnInterceptorWritesAnotherHeaderThenItIsKept() {
		try (GuestApplication application = application(Map.of("x-team", "billing", "proxy-authorization", "Bearer x"))
			.withFlyte(); LogCapture log = new LogCapture()) {
			callTwice(application);
			assertThat(this.flyte.headers).allSatisfy((headers) -> {
				assertThat(values(headers, "x-team")).containsExactly("billing");
				assertThat(values(headers, "proxy-authorization")).containsExactly("Bearer x");
			});
			assertThat(values(this.flyte.metadataHeaders.get(0), "x-team")).containsExactly("billing");
			assertThat(log.text()).doesNotContain("writes the header");
		}
	}

	@Test
	void whenTheConnectionSendsNoTokenThenTheHeaderOfTheInterceptorIsKept() {
		try (GuestApplication application = GuestApplication.of(Mesh.class)
			.web(WebApplicationType.NONE)
			.properties("mesh[authorization]=Bearer gateway", "flyte.platform.url=localhost:" + this.flyte.port(),
					"flyte.credentials.auth-mode=none")
			.withFlyte()) {
			callTwice(application);
			assertThat(this.flyte.headers).allSatisfy(
					(headers) -> assertThat(values(headers, "authorization")).containsExactly("Bearer gateway"));
		}
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			authorization, flyte-authorization, flyte-authorization
			Authorization, X-Flyte-Token,       x-flyte-token
			authorization, x-own,               x-own
			""")
	void whenAnInterceptorWritesTheUsualHeaderBesideAnUnusualOneThenThatIsWarnedOfOnce(String header, String published,
			String own) {
		publish(published);
		try (GuestApplication application = application(Map.of(header, "Bearer " + CANARY)).withFlyte();
				LogCapture log = new LogCapture("io.grpc")) {
			callTwice(application);
			assertThat(this.flyte.headers)
				.allSatisfy((headers) -> assertThat(values(headers, own)).containsExactly("Bearer our-token"));
			assertThat(log.text().lines()).filteredOn((line) -> line.contains("writes the header"))
				.filteredOn((line) -> line.contains("both go out"))
				.singleElement()
				.satisfies((line) -> assertThat(line).contains("'authorization'", "'default'",
						"flyte.credentials.authorization-header=" + own, "flyteidl.*"));
			assertThat(log.text()).doesNotContain(CANARY);
			assertMetadataCallsAreAnonymous();
		}
	}

	@ParameterizedTest
	@CsvSource({ "authorization,'',''", "authorization,authorization,''", "authorization,flyte-authorization,x-own",
			"flyte-authorization,flyte-authorization,''", "x-team,flyte-authorization,''" })
	void whenOneHeaderOnlyOrAConfiguredOneThenNothingIsSaidOfTwo(String header, String published, String configured) {
		publish(published);
		try (GuestApplication application = application(Map.of(header, "Bearer " + CANARY))
			.properties("flyte.credentials.authorization-header=" + configured)
			.withFlyte(); LogCapture log = new LogCapture()) {
			callTwice(application);
			assertThat(log.text()).doesNotContain("both go out");
		}
	}

	@Test
	void whenAnInterceptorWritesTheHeaderThenItIsWarnedOfOnceAndTheTokenIsNotShown() {
		publish("");
		try (GuestApplication application = application(Map.of("authorization", "Bearer " + CANARY)).withFlyte();
				LogCapture log = new LogCapture("io.grpc")) {
			callTwice(application);
			assertThat(log.text().lines()).filteredOn((line) -> line.contains("writes the header"))
				.singleElement()
				.satisfies((line) -> assertThat(line).contains("'authorization'", "'default'"));
			assertThat(log.text()).doesNotContain(CANARY);
		}
	}

	private void publish(String header) {
		this.flyte.client = PublicClientAuthConfigResponse.newBuilder().setAuthorizationMetadataKey(header).build();
	}

	private static void callTwice(GuestApplication application) {
		stub(application).getVersion(GetVersionRequest.getDefaultInstance());
		stub(application).getVersion(GetVersionRequest.getDefaultInstance());
	}

	private static AdminServiceBlockingStub stub(GuestApplication application) {
		return application.bean(FlyteAdminStub.class).blocking();
	}

	private void assertMetadataCallsAreAnonymous() {
		assertThat(this.flyte.metadataHeaders).isNotEmpty()
			.allSatisfy((headers) -> assertThat(headers.toString()).doesNotContain(CANARY));
	}

	private static List<String> values(Metadata headers, String name) {
		List<String> values = new ArrayList<>();
		Iterable<String> all = headers.getAll(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
		if (all != null) {
			all.forEach(values::add);
		}
		return values;
	}

	private static Metadata headers(Map<String, String> values) {
		Metadata headers = new Metadata();
		values.forEach((name, value) -> headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
		return headers;
	}

	private GuestApplication.Starter application(Map<String, String> headers) {
		return GuestApplication.of(Mesh.class)
			.web(WebApplicationType.NONE)
			.properties(headers.entrySet()
				.stream()
				.map((header) -> "mesh[" + header.getKey() + "]=" + header.getValue())
				.toArray(String[]::new))
			.properties("flyte.platform.url=localhost:" + this.flyte.port(),
					"flyte.credentials.token-url=http://localhost:" + this.idp.port() + "/token",
					"flyte.credentials.auth-mode=client-credentials", "flyte.credentials.client-id=our-client",
					"flyte.credentials.client-secret=our-secret");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Mesh {

		@Bean
		@GlobalClientInterceptor
		ClientInterceptor meshInterceptor(Environment environment) {
			return MetadataUtils.newAttachHeadersInterceptor(
					headers(Binder.get(environment).bind("mesh", Bindable.mapOf(String.class, String.class)).get()));
		}

	}

}
