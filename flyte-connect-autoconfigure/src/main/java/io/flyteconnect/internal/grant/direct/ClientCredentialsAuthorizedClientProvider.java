package io.flyteconnect.internal.grant.direct;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;

/**
 * Asks for a token as the client itself (RFC 6749 section 4.4), whenever it is asked.
 *
 * @since 0.1.0
 */
public final class ClientCredentialsAuthorizedClientProvider implements OAuth2AuthorizedClientProvider {

	private final OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest> endpoint;

	/**
	 * Create a provider.
	 * @param endpoint sends the grant
	 */
	public ClientCredentialsAuthorizedClientProvider(
			OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest> endpoint) {
		this.endpoint = endpoint;
	}

	@Override
	public @Nullable OAuth2AuthorizedClient authorize(OAuth2AuthorizationContext context) {
		ClientRegistration registration = context.getClientRegistration();
		if (!AuthorizationGrantType.CLIENT_CREDENTIALS.equals(registration.getAuthorizationGrantType())) {
			return null;
		}
		return new OAuth2AuthorizedClient(registration, context.getPrincipal().getName(),
				this.endpoint.getTokenResponse(new OAuth2ClientCredentialsGrantRequest(registration)).getAccessToken());
	}

}
