package io.flyteconnect.integration.guest;

import java.util.List;
import java.util.Objects;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.service.Auth.OAuth2MetadataResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.web.server.ServerWebExchange;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.testsupport.LoginServer;
import io.flyteconnect.testsupport.TestProxy;
import io.flyteconnect.testsupport.TokenServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that gets tokens of its own beside those for Flyte: neither our audience
 * nor our proxy may reach its authorization server, nor its client ours.
 */
@Tag("guest")
@Tag("once")
class OwnAuthorizationServerTests {

	private final TokenServer theirs = new TokenServer("their-token");

	private final TokenServer ours = new TokenServer("our-token");

	private final TestProxy proxy = TestProxy.start("proxy-user", "proxy-password");

	private LoginServer flyte;

	@BeforeEach
	void start() throws Exception {
		this.flyte = new LoginServer();
		this.flyte.accepted.add("our-token");
		this.flyte.metadata = OAuth2MetadataResponse.newBuilder()
			.setTokenEndpoint("http://idp.flyte.test:" + this.ours.port() + "/token")
			.build();
	}

	@AfterEach
	void stop() throws Exception {
		this.flyte.close();
		this.proxy.close();
		this.ours.close();
		this.theirs.close();
	}

	@Test
	void whenSecuritysOwnManagerIsUsedThenNothingOfOursReachesIt() {
		try (GuestApplication application = application(Plain.class).withFlyte()) {
			callFlyte(application);
			OAuth2AuthorizedClient client = application.bean(FindsManager.class).manager.authorize(servletRequest());
			assertThat(Objects.requireNonNull(client).getAccessToken().getTokenValue()).isEqualTo("their-token");
			assertBothAreApart();
		}
	}

	@Test
	void whenTheApplicationsOwnManagerIsUsedThenNothingOfOursReachesIt() {
		try (GuestApplication application = application(Defining.class).withFlyte()) {
			OAuth2AuthorizedClient client = application.bean(FindsManager.class).manager.authorize(request().build());
			assertThat(Objects.requireNonNull(client).getAccessToken().getTokenValue()).isEqualTo("their-token");
			callFlyte(application);
			assertBothAreApart();
		}
	}

	@Test
	void whenTheReactiveManagerIsUsedThenNothingOfOursReachesIt() {
		try (GuestApplication application = application(Reactive.class).web(WebApplicationType.REACTIVE).withFlyte()) {
			callFlyte(application);
			ServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));
			OAuth2AuthorizedClient client = application.bean(ReactiveOAuth2AuthorizedClientManager.class)
				.authorize(request().attribute(ServerWebExchange.class.getName(), exchange).build())
				.block();
			assertThat(Objects.requireNonNull(client).getAccessToken().getTokenValue()).isEqualTo("their-token");
			assertBothAreApart();
		}
	}

	private void assertBothAreApart() {
		List<LoggedRequest> toThem = this.theirs.requests();
		assertThat(toThem).hasSize(1);
		assertThat(toThem.get(0).getBodyAsString()).contains("grant_type=client_credentials")
			.doesNotContain("audience", "our-audience", "our-client");
		assertThat(toThem.get(0).getHeaders().keys()).doesNotContain("Proxy-Authorization");
		List<LoggedRequest> toUs = this.ours.requests();
		assertThat(toUs).hasSize(1);
		assertThat(toUs.get(0).getBodyAsString()).contains("audience=our-audience").doesNotContain("their-scope");
		assertThat(this.flyte.authorizations).containsExactly("Bearer our-token");
		assertThat(this.proxy.requests()).anyMatch((line) -> line.contains("admin.flyte.test:" + this.flyte.port()))
			.anyMatch((line) -> line.contains("idp.flyte.test:" + this.ours.port()))
			.noneMatch((line) -> line.contains(":" + this.theirs.port()));
	}

	private static void callFlyte(GuestApplication application) {
		application.bean(FlyteAdminStub.class).blocking().getVersion(GetVersionRequest.getDefaultInstance());
	}

	private static OAuth2AuthorizeRequest.Builder request() {
		return OAuth2AuthorizeRequest.withClientRegistrationId("own").principal("anybody");
	}

	private static OAuth2AuthorizeRequest servletRequest() {
		return request().attribute(HttpServletRequest.class.getName(), new MockHttpServletRequest())
			.attribute(HttpServletResponse.class.getName(), new MockHttpServletResponse())
			.build();
	}

	private GuestApplication.Starter application(Class<?> application) {
		return GuestApplication.of(application)
			.properties("spring.security.oauth2.client.registration.own.client-id=own-client",
					"spring.security.oauth2.client.registration.own.client-secret=own-secret",
					"spring.security.oauth2.client.registration.own.authorization-grant-type=client_credentials",
					"spring.security.oauth2.client.registration.own.scope=their-scope",
					"spring.security.oauth2.client.provider.own.token-uri=http://localhost:" + this.theirs.port()
							+ "/token",
					"flyte.platform.url=admin.flyte.test:" + this.flyte.port(),
					"flyte.platform.http-proxy-url=http://proxy-user:proxy-password@127.0.0.1:" + this.proxy.port(),
					"flyte.credentials.auth-mode=client-credentials", "flyte.credentials.client-id=our-client",
					"flyte.credentials.client-secret=our-secret", "flyte.credentials.audience=our-audience",
					// One request, however busy the machine is.
					"flyte.credentials.request-timeout=1m");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Reactive {

	}

	@Configuration(proxyBeanMethods = false)
	static class FindsManager {

		private final OAuth2AuthorizedClientManager manager;

		FindsManager(OAuth2AuthorizedClientManager manager) {
			this.manager = manager;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(FindsManager.class)
	static class Plain {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(FindsManager.class)
	static class Defining {

		@Bean
		AuthorizedClientServiceOAuth2AuthorizedClientManager ownManager(ClientRegistrationRepository registrations,
				OAuth2AuthorizedClientService clients) {
			return new AuthorizedClientServiceOAuth2AuthorizedClientManager(registrations, clients);
		}

	}

}
