package io.flyteconnect.test.identity;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.token.DelegatingOAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;

/**
 * The beans of the identity provider's own application context.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class ProviderConfiguration {

	@Bean
	@Order(1)
	SecurityFilterChain protocolEndpoints(HttpSecurity http, ClientDirectory clients) {
		PublicClientAuthentication publicClients = new PublicClientAuthentication(clients);
		OAuth2AuthorizationServerConfigurer server = new OAuth2AuthorizationServerConfigurer();
		http.securityMatcher(server.getEndpointsMatcher());
		http.with(server, (configurer) -> configurer.oidc(Customizer.withDefaults())
			.clientAuthentication((authentication) -> authentication.authenticationConverter(publicClients)
				.authenticationProvider(publicClients))
			.authorizationServerMetadataEndpoint(
					(metadata) -> metadata.authorizationServerMetadataCustomizer((claims) -> claims.scopes((scopes) -> {
						scopes.clear();
						scopes.addAll(ClientDirectory.SCOPES);
					})))
			.deviceAuthorizationEndpoint((device) -> device.verificationUri("/activate"))
			.deviceVerificationEndpoint(
					(device) -> device.deviceVerificationResponseHandler((request, response, authentication) -> {
						response.setContentType("text/html");
						response.getWriter().write("<h1>The device is logged in</h1>");
					})));
		http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
		MediaTypeRequestMatcher html = new MediaTypeRequestMatcher(MediaType.TEXT_HTML);
		http.exceptionHandling((errors) -> errors
			.defaultAuthenticationEntryPointFor(new LoginUrlAuthenticationEntryPoint("/login"), html));
		return http.build();
	}

	@Bean
	@Order(2)
	SecurityFilterChain pages(HttpSecurity http) {
		http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
		http.formLogin(Customizer.withDefaults());
		return http.build();
	}

	@Bean
	JWKSource<SecurityContext> jwkSource(SigningKey key) {
		return key.source();
	}

	@Bean
	OAuth2TokenGenerator<OAuth2Token> tokenGenerator(JWKSource<SecurityContext> keys, IssuedTokens tokens) {
		JwtGenerator jwt = new JwtGenerator(new NimbusJwtEncoder(keys));
		jwt.setJwtCustomizer(tokens);
		return new DelegatingOAuth2TokenGenerator(jwt, new RefreshTokenGenerator());
	}

	@Bean
	JwtDecoder jwtDecoder(IssuedTokens tokens) {
		return tokens::verify;
	}

	@Bean
	PasswordEncoder passwordEncoder() {
		return new PlainSecretEncoder();
	}

}
