package io.flyteconnect.test.identity;

import java.util.Map;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Lets a public client name itself where Spring Authorization Server knows no way: at the
 * device authorization endpoint and for the grants {@code device_code} and
 * {@code refresh_token} (RFC 8628 section 3.1, RFC 6749 section 6).
 */
class PublicClientAuthentication implements AuthenticationConverter, AuthenticationProvider {

	private static final Set<String> GRANTS = Set.of("refresh_token", "urn:ietf:params:oauth:grant-type:device_code");

	private final RegisteredClientRepository clients;

	PublicClientAuthentication(RegisteredClientRepository clients) {
		this.clients = clients;
	}

	@Override
	public @Nullable Authentication convert(HttpServletRequest request) {
		String clientId = request.getParameter("client_id");
		String grant = request.getParameter("grant_type");
		boolean device = request.getRequestURI().equals("/oauth2/device_authorization");
		boolean secret = request.getParameter("client_secret") != null || request.getHeader("Authorization") != null;
		if (clientId == null || secret || !(device || (grant != null && GRANTS.contains(grant)))) {
			return null;
		}
		return new NamedClient(clientId);
	}

	@Override
	public Authentication authenticate(Authentication authentication) {
		RegisteredClient client = this.clients.findByClientId(authentication.getName());
		if (client == null || !client.getClientAuthenticationMethods().contains(ClientAuthenticationMethod.NONE)) {
			throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
		}
		return new OAuth2ClientAuthenticationToken(client, ClientAuthenticationMethod.NONE, null);
	}

	@Override
	public boolean supports(Class<?> authentication) {
		return NamedClient.class.isAssignableFrom(authentication);
	}

	private static final class NamedClient extends OAuth2ClientAuthenticationToken {

		private static final long serialVersionUID = 1L;

		private NamedClient(String clientId) {
			super(clientId, ClientAuthenticationMethod.NONE, null, Map.of());
		}

	}

}
