package io.flyteconnect.internal.grant.direct;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

/**
 * Renews a token with the refresh token that came with it (RFC 6749 section 6), whenever
 * it is asked.
 *
 * @since 0.1.0
 */
public final class RefreshTokenAuthorizedClientProvider implements OAuth2AuthorizedClientProvider {

	private final OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> endpoint;

	/**
	 * Create a provider.
	 * @param endpoint sends the grant
	 */
	public RefreshTokenAuthorizedClientProvider(
			OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> endpoint) {
		this.endpoint = endpoint;
	}

	@Override
	public @Nullable OAuth2AuthorizedClient authorize(OAuth2AuthorizationContext context) {
		OAuth2AuthorizedClient client = context.getAuthorizedClient();
		OAuth2RefreshToken refreshToken = (client != null) ? client.getRefreshToken() : null;
		if (client == null || refreshToken == null) {
			return null;
		}
		OAuth2AccessToken ended = client.getAccessToken();
		OAuth2AccessTokenResponse answer = this.endpoint
			.getTokenResponse(new OAuth2RefreshTokenGrantRequest(client.getClientRegistration(), ended, refreshToken));
		OAuth2AccessToken token = answer.getAccessToken();
		// What a server does not name again stays as it was.
		return new OAuth2AuthorizedClient(client.getClientRegistration(), context.getPrincipal().getName(),
				token.getScopes().isEmpty() ? withScopes(token, ended) : token,
				(answer.getRefreshToken() != null) ? answer.getRefreshToken() : refreshToken);
	}

	private static OAuth2AccessToken withScopes(OAuth2AccessToken token, OAuth2AccessToken ended) {
		return new OAuth2AccessToken(token.getTokenType(), token.getTokenValue(), token.getIssuedAt(),
				token.getExpiresAt(), ended.getScopes());
	}

}
