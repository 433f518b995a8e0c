package io.flyteconnect.integration.guest;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultReactiveOAuth2AuthorizedClientManager;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reactive applications that have security of their own, or none.
 */
@Tag("guest")
@Tag("once")
class ReactiveGuestTests {

	private static final FilteredClassLoader WITHOUT_SECURITY = new FilteredClassLoader(
			"org.springframework.security.config", "org.springframework.security.oauth2.server");

	static Stream<Arguments> applications() {
		return Stream.of(Arguments.of("no security", reactive(Pages.class).classLoader(WITHOUT_SECURITY)),
				Arguments.of("default user", reactive(Pages.class).properties(SecurityGuestTests.FORM_LOGIN)),
				Arguments.of("OAuth2 login, manager injected",
						reactive(InjectsManager.class).properties(SecurityGuestTests.OWN_LOGIN)),
				Arguments.of("resource server", reactive(Pages.class).properties(SecurityGuestTests.RESOURCE_SERVER)));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("applications")
	void whenFlyteIsThereThenTheApplicationIsAsBefore(String name, GuestApplication.Starter application) {
		try (GuestApplication with = application.withFlyte(); GuestApplication without = application.withoutFlyte()) {
			assertThat(with.beansOfFlyte()).contains("flyteConnection", "flyteAuthorizedClientManager");
			assertThat(with.beans()).isEqualTo(without.beans());
			assertThat(filters(with)).isEqualTo(filters(without));
			for (String path : List.of("/page", "/login", "/absent", "/oauth2/authorization/own",
					"/oauth2/authorization/flyte")) {
				assertThat(with.page(path)).as(path).isEqualTo(without.page(path));
				assertThat(with.page(path, "Authorization", "Bearer wrong")).as(path)
					.isEqualTo(without.page(path, "Authorization", "Bearer wrong"));
			}
			assertThat(with.text("/login")).isEqualTo(without.text("/login"));
		}
	}

	@Test
	void whenThereIsNoSecurityThenNoPageIsLocked() {
		try (GuestApplication application = reactive(Pages.class).classLoader(WITHOUT_SECURITY).withFlyte()) {
			assertThat(application.page("/page")).isEqualTo("200");
			assertThat(application.context().getBeansOfType(SecurityWebFilterChain.class)).isEmpty();
		}
	}

	@Test
	void whenThereIsAnOAuth2LoginThenManagerAndRegistrationAreTheApplicationsOwn() {
		try (GuestApplication application = reactive(InjectsManager.class).properties(SecurityGuestTests.OWN_LOGIN)
			.withFlyte()) {
			InjectsManager injected = application.bean(InjectsManager.class);
			assertThat(injected.manager).isInstanceOf(DefaultReactiveOAuth2AuthorizedClientManager.class);
			assertThat(injected.blocking.getIfAvailable()).isNull();
			ReactiveClientRegistrationRepository registrations = application
				.bean(ReactiveClientRegistrationRepository.class);
			assertThat(registrations.findByRegistrationId("own").map(ClientRegistration::getClientId).block())
				.isEqualTo("own-client");
			assertThat(registrations.findByRegistrationId("flyte").blockOptional()).isEmpty();
			assertThat(application.page("/oauth2/authorization/own"))
				.startsWith("302 to https://own.flyte.test/authorize");
			assertThat(application.context().getBean("flyteAuthorizedClientManager"))
				.isInstanceOf(OAuth2AuthorizedClientManager.class);
		}
	}

	private static GuestApplication.Starter reactive(Class<?> application) {
		return GuestApplication.of(application).web(WebApplicationType.REACTIVE);
	}

	private static List<String> filters(GuestApplication application) {
		return application.context()
			.getBeanProvider(SecurityWebFilterChain.class)
			.orderedStream()
			.flatMap((chain) -> chain.getWebFilters().toStream())
			.map((filter) -> GuestApplication.typeName(filter.getClass()))
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ PageController.class, OwnEventLoops.class })
	static class Pages {

	}

	/**
	 * Applications that share Reactor's global event loops shut them down under each
	 * other when they follow one another in one JVM.
	 */
	@Configuration(proxyBeanMethods = false)
	static class OwnEventLoops {

		@Bean
		ReactorResourceFactory reactorResourceFactory() {
			ReactorResourceFactory resources = new ReactorResourceFactory();
			resources.setUseGlobalResources(false);
			resources.setShutdownQuietPeriod(Duration.ZERO);
			return resources;
		}

	}

	@RestController
	static class PageController {

		@GetMapping("/page")
		Mono<String> page() {
			return Mono.just("page");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ PageController.class, OwnEventLoops.class })
	static class InjectsManager {

		private final ReactiveOAuth2AuthorizedClientManager manager;

		private final ObjectProvider<OAuth2AuthorizedClientManager> blocking;

		InjectsManager(ReactiveOAuth2AuthorizedClientManager manager,
				ObjectProvider<OAuth2AuthorizedClientManager> blocking) {
			this.manager = manager;
			this.blocking = blocking;
		}

	}

}
