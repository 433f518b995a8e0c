package io.flyteconnect.integration.guest;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizedClientManager;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servlet applications that have security of their own, or none.
 */
@Tag("guest")
@Tag("once")
class SecurityGuestTests {

	static final String[] OWN_LOGIN = { "spring.security.oauth2.client.registration.own.client-id=own-client",
			"spring.security.oauth2.client.registration.own.client-secret=own-secret",
			"spring.security.oauth2.client.registration.own.authorization-grant-type=authorization_code",
			"spring.security.oauth2.client.registration.own.redirect-uri={baseUrl}/login/oauth2/code/{registrationId}",
			"spring.security.oauth2.client.provider.own.authorization-uri=https://own.flyte.test/authorize",
			"spring.security.oauth2.client.provider.own.token-uri=https://own.flyte.test/token" };

	static final String[] RESOURCE_SERVER = {
			"spring.security.oauth2.resourceserver.jwt.jwk-set-uri=https://own.flyte.test/jwks" };

	static final String[] FORM_LOGIN = { "spring.security.user.name=jane", "spring.security.user.password=doe" };

	private static final String BASIC = "Basic amFuZTpkb2U=";

	static Stream<Arguments> applications() {
		FilteredClassLoader withoutSecurity = new FilteredClassLoader("org.springframework.security.config",
				"org.springframework.security.oauth2.server");
		return Stream.of(Arguments.of("no security", GuestApplication.of(Pages.class).classLoader(withoutSecurity)),
				Arguments.of("default user", GuestApplication.of(Pages.class).properties(FORM_LOGIN)),
				Arguments.of("OAuth2 login", GuestApplication.of(Pages.class).properties(OWN_LOGIN)),
				Arguments.of("OAuth2 login, manager injected",
						GuestApplication.of(InjectsManager.class).properties(OWN_LOGIN)),
				Arguments.of("OAuth2 login, manager defined",
						GuestApplication.of(DefinesManager.class).properties(OWN_LOGIN)),
				Arguments.of("resource server", GuestApplication.of(Pages.class).properties(RESOURCE_SERVER)),
				Arguments.of("resource server and OAuth2 login",
						GuestApplication.of(InjectsManager.class).properties(RESOURCE_SERVER).properties(OWN_LOGIN)));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("applications")
	void whenFlyteIsThereThenTheApplicationIsAsBefore(String name, GuestApplication.Starter application) {
		try (GuestApplication with = application.withFlyte(); GuestApplication without = application.withoutFlyte()) {
			assertThat(with.beansOfFlyte()).contains("flyteConnection", "flyteAuthorizedClientManager");
			assertThat(without.beansOfFlyte()).isEmpty();
			assertThat(with.beans()).isEqualTo(without.beans());
			assertThat(seen(with)).isEqualTo(seen(without));
			assertThat(filterChains(with)).isEqualTo(filterChains(without));
			for (String path : List.of("/page", "/login", "/logout", "/absent", "/oauth2/authorization/own",
					"/oauth2/authorization/flyte", "/actuator/health")) {
				assertThat(with.page(path)).as(path).isEqualTo(without.page(path));
				assertThat(with.page(path, "Authorization", BASIC)).as(path)
					.isEqualTo(without.page(path, "Authorization", BASIC));
				assertThat(with.page(path, "Authorization", "Bearer wrong")).as(path)
					.isEqualTo(without.page(path, "Authorization", "Bearer wrong"));
			}
			assertThat(with.text("/login")).isEqualTo(without.text("/login"));
		}
	}

	@Test
	void whenThereIsNoSecurityThenNoPageIsLocked() {
		FilteredClassLoader withoutSecurity = new FilteredClassLoader("org.springframework.security.config",
				"org.springframework.security.oauth2.server");
		try (GuestApplication application = GuestApplication.of(Pages.class).classLoader(withoutSecurity).withFlyte()) {
			assertThat(application.page("/page")).isEqualTo("200");
			assertThat(application.context().getBeansOfType(jakarta.servlet.Filter.class)).isNotEmpty()
				.allSatisfy((name, filter) -> assertThat(filter.getClass().getName()).doesNotContain("security"));
			assertThat(application.context().getBeansOfType(SecurityFilterChain.class)).isEmpty();
		}
	}

	@Test
	void whenThereIsADefaultUserThenPagesAreLockedForOthersOnly() {
		try (GuestApplication application = GuestApplication.of(Pages.class).properties(FORM_LOGIN).withFlyte()) {
			assertThat(application.page("/page")).isEqualTo("302 to http://here/login");
			assertThat(application.page("/page", "Authorization", BASIC)).isEqualTo("200");
			assertThat(application.text("/login")).contains("name=\"password\"").doesNotContain("OAuth");
		}
	}

	@Test
	void whenThereIsAnOAuth2LoginThenItIsTheApplicationsOwn() {
		try (GuestApplication application = GuestApplication.of(InjectsManager.class)
			.properties(OWN_LOGIN)
			.withFlyte()) {
			assertThat(application.page("/oauth2/authorization/own"))
				.startsWith("302 to https://own.flyte.test/authorize");
			ClientRegistrationRepository registrations = application.bean(ClientRegistrationRepository.class);
			assertThat(Objects.requireNonNull(registrations.findByRegistrationId("own")).getClientId())
				.isEqualTo("own-client");
			assertThat(registrations.findByRegistrationId("flyte")).isNull();
			InjectsManager injected = application.bean(InjectsManager.class);
			assertThat(injected.manager).isInstanceOf(DefaultOAuth2AuthorizedClientManager.class);
			assertThat(injected.ours).isNotNull()
				.isNotSameAs(injected.manager)
				.isSameAs(application.context().getBean("flyteAuthorizedClientManager"));
		}
	}

	@Test
	void whenTheApplicationDefinesAManagerThenItGetsThatOne() {
		try (GuestApplication application = GuestApplication.of(DefinesManager.class)
			.properties(OWN_LOGIN)
			.withFlyte()) {
			assertThat(application.bean(InjectsManager.class).manager)
				.isInstanceOf(AuthorizedClientServiceOAuth2AuthorizedClientManager.class)
				.isSameAs(application.context().getBean("ownManager"));
		}
	}

	@Test
	void whenThereIsAResourceServerThenBearerTokensAreItsOwnAffair() {
		try (GuestApplication application = GuestApplication.of(Pages.class).properties(RESOURCE_SERVER).withFlyte()) {
			assertThat(application.page("/page")).isEqualTo("401");
			assertThat(application.page("/page", "Authorization", "Bearer wrong")).isEqualTo("401");
		}
	}

	/**
	 * What an application sees that looks at security by type.
	 */
	private static Map<String, String> seen(GuestApplication application) {
		Look look = application.bean(Look.class);
		Map<String, String> seen = new TreeMap<>();
		seen.put("manager", unique(look.managers));
		seen.put("repository", unique(look.repositories));
		seen.put("service", unique(look.services));
		seen.put("providers", look.providers.stream().toList().toString());
		seen.put("clients", look.clients.stream().toList().toString());
		return seen;
	}

	private static String unique(ObjectProvider<?> provider) {
		Object bean = provider.getIfUnique();
		return ((bean != null) ? GuestApplication.typeName(bean.getClass()) : "none") + " of "
				+ provider.stream().count();
	}

	private static Map<String, List<String>> filterChains(GuestApplication application) {
		Map<String, List<String>> chains = new TreeMap<>();
		application.context().getBeansOfType(SecurityFilterChain.class).forEach((name, chain) -> {
			String matcher = ((DefaultSecurityFilterChain) chain).getRequestMatcher().toString();
			List<String> filters = chain.getFilters()
				.stream()
				.map((filter) -> GuestApplication.typeName(filter.getClass()))
				.toList();
			chains.put(name + " " + matcher, filters);
		});
		return chains;
	}

	static final class Look {

		private final ObjectProvider<OAuth2AuthorizedClientManager> managers;

		private final ObjectProvider<ClientRegistrationRepository> repositories;

		private final ObjectProvider<OAuth2AuthorizedClientService> services;

		private final ObjectProvider<OAuth2AuthorizedClientProvider> providers;

		private final ObjectProvider<OAuth2AccessTokenResponseClient<?>> clients;

		Look(ObjectProvider<OAuth2AuthorizedClientManager> managers,
				ObjectProvider<ClientRegistrationRepository> repositories,
				ObjectProvider<OAuth2AuthorizedClientService> services,
				ObjectProvider<OAuth2AuthorizedClientProvider> providers,
				ObjectProvider<OAuth2AccessTokenResponseClient<?>> clients) {
			this.managers = managers;
			this.repositories = repositories;
			this.services = services;
			this.providers = providers;
			this.clients = clients;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ PageController.class, Look.class })
	static class Pages {

	}

	@RestController
	static class PageController {

		@GetMapping("/page")
		String page() {
			return "page";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ PageController.class, Look.class })
	static class InjectsManager {

		private final OAuth2AuthorizedClientManager manager;

		private final @Nullable OAuth2AuthorizedClientManager ours;

		InjectsManager(OAuth2AuthorizedClientManager manager,
				@Qualifier("flyteAuthorizedClientManager") ObjectProvider<OAuth2AuthorizedClientManager> ours) {
			this.manager = manager;
			this.ours = ours.getIfAvailable();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(InjectsManager.class)
	static class DefinesManager {

		@Bean
		AuthorizedClientServiceOAuth2AuthorizedClientManager ownManager(ClientRegistrationRepository registrations,
				OAuth2AuthorizedClientService clients) {
			return new AuthorizedClientServiceOAuth2AuthorizedClientManager(registrations, clients);
		}

	}

}
