package io.flyteconnect.internal.grant.direct;

import java.time.Instant;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

import static org.assertj.core.api.Assertions.assertThat;

class RefreshTokenAuthorizedClientProviderTests {

	private static final ClientRegistration REGISTRATION = ClientRegistration.withRegistrationId("flyte")
		.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
		.clientId("service")
		.tokenUri("https://idp.example.com/token")
		.build();

	@Test
	void whenTheAnswerNamesNoRefreshTokenAndNoScopesThenTheyStay() {
		OAuth2AuthorizedClient renewed = renew(
				OAuth2AccessTokenResponse.withToken("new").tokenType(TokenType.BEARER).expiresIn(60).build());
		assertThat(renewed.getAccessToken().getTokenValue()).isEqualTo("new");
		assertThat(renewed.getAccessToken().getExpiresAt()).isAfter(Instant.now());
		assertThat(renewed.getAccessToken().getScopes()).containsExactlyInAnyOrder("all", "offline");
		assertThat(renewed.getRefreshToken()).extracting(OAuth2RefreshToken::getTokenValue).isEqualTo("first");
	}

	@Test
	void whenTheAnswerNamesAnotherRefreshTokenAndFewerScopesThenTheyCount() {
		OAuth2AuthorizedClient renewed = renew(OAuth2AccessTokenResponse.withToken("new")
			.tokenType(TokenType.BEARER)
			.scopes(Set.of("all"))
			.refreshToken("second")
			.build());
		assertThat(renewed.getAccessToken().getScopes()).containsExactly("all");
		assertThat(renewed.getRefreshToken()).extracting(OAuth2RefreshToken::getTokenValue).isEqualTo("second");
	}

	@Test
	void whenThereIsNoRefreshTokenThenNobodyIsAsked() {
		RefreshTokenAuthorizedClientProvider provider = new RefreshTokenAuthorizedClientProvider((grant) -> {
			throw new AssertionError("asked");
		});
		assertThat(provider.authorize(context(null))).isNull();
	}

	private static OAuth2AuthorizedClient renew(OAuth2AccessTokenResponse answer) {
		RefreshTokenAuthorizedClientProvider provider = new RefreshTokenAuthorizedClientProvider((grant) -> {
			assertThat(grant.getRefreshToken().getTokenValue()).isEqualTo("first");
			return answer;
		});
		OAuth2AuthorizedClient renewed = provider.authorize(context(new OAuth2RefreshToken("first", Instant.now())));
		assertThat(renewed).isNotNull();
		assertThat(renewed.getPrincipalName()).isEqualTo("service");
		return renewed;
	}

	private static OAuth2AuthorizationContext context(OAuth2RefreshToken refreshToken) {
		Instant issued = Instant.now().minusSeconds(60);
		OAuth2AccessToken old = new OAuth2AccessToken(TokenType.BEARER, "old", issued, issued.plusSeconds(30),
				Set.of("all", "offline"));
		return OAuth2AuthorizationContext
			.withAuthorizedClient(new OAuth2AuthorizedClient(REGISTRATION, "service", old, refreshToken))
			.principal(new TestingAuthenticationToken("service", null))
			.build();
	}

}
