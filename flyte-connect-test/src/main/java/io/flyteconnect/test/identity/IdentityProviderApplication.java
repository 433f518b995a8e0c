package io.flyteconnect.test.identity;

import java.net.URI;

import jakarta.servlet.Filter;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.servlets.DefaultServlet;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.web.context.support.GenericWebApplicationContext;

import io.flyteconnect.test.tls.TestCertificates;
import io.flyteconnect.test.web.EmbeddedTomcat;

/**
 * The web application of the identity provider. It is no {@code SpringApplication} on
 * purpose: nothing that the tested application brings along (listeners, post-processors,
 * configuration files, auto-configurations, the logging system) takes part in it.
 */
final class IdentityProviderApplication {

	private final EmbeddedTomcat tomcat;

	private final GenericWebApplicationContext context;

	private final URI issuer;

	private IdentityProviderApplication(EmbeddedTomcat tomcat, GenericWebApplicationContext context, URI issuer) {
		this.tomcat = tomcat;
		this.context = context;
		this.issuer = issuer;
	}

	static IdentityProviderApplication start(ProviderSettings settings, @Nullable TestCertificates certificates) {
		EmbeddedTomcat tomcat = new EmbeddedTomcat("flyte-test-identity-provider", certificates);
		tomcat.add("/activate", "activate", new ActivationServlet());
		tomcat.add("/", "default", new DefaultServlet());
		try {
			String scheme = (certificates != null) ? "https" : "http";
			URI issuer = URI.create(scheme + "://localhost:" + tomcat.bind());
			GenericWebApplicationContext context = context(settings, issuer);
			tomcat.context().addServletContainerInitializer((classes, servletContext) -> {
				context.setServletContext(servletContext);
				context.refresh();
				servletContext.addFilter("behaviour", new BehaviourFilter(settings))
					.addMappingForUrlPatterns(null, false, "/*");
				servletContext.addFilter("security", context.getBean("springSecurityFilterChain", Filter.class))
					.addMappingForUrlPatterns(null, false, "/*");
			}, null);
			tomcat.start();
			return new IdentityProviderApplication(tomcat, context, issuer);
		}
		catch (LifecycleException | RuntimeException ex) {
			tomcat.stop();
			throw new IllegalStateException("The identity provider of the test did not start", ex);
		}
	}

	private static GenericWebApplicationContext context(ProviderSettings settings, URI issuer) {
		GenericWebApplicationContext context = new GenericWebApplicationContext();
		context.setDisplayName("Flyte test identity provider");
		context.setClassLoader(IdentityProviderApplication.class.getClassLoader());
		context.registerBean(ClientDirectory.class, settings::clients);
		context.registerBean(SigningKey.class, settings::key);
		context.registerBean(IssuedTokens.class, settings::tokens);
		context.registerBean(OAuth2AuthorizationService.class, settings::authorizations);
		context.registerBean(AuthorizationServerSettings.class,
				() -> AuthorizationServerSettings.builder().issuer(issuer.toString()).build());
		context.registerBean(UserDetailsService.class, () -> new InMemoryUserDetailsManager(
				User.withUsername(settings.userName()).password(settings.password()).roles("USER").build()));
		new AnnotatedBeanDefinitionReader(context).register(ProviderConfiguration.class);
		return context;
	}

	URI issuer() {
		return this.issuer;
	}

	void close() {
		this.tomcat.stop();
		this.context.close();
	}

}
