package io.flyteconnect.test.identity;

import java.security.Principal;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.OAuth2DeviceCode;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.OAuth2UserCode;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/**
 * The authorizations given so far, which a test can forget, and the devices that wait for
 * a person.
 */
class Authorizations implements OAuth2AuthorizationService {

	private volatile OAuth2AuthorizationService delegate = new InMemoryOAuth2AuthorizationService();

	void clear() {
		this.delegate = new InMemoryOAuth2AuthorizationService();
	}

	void approve(String userCode, String user) {
		OAuth2Authorization waiting = waiting(userCode);
		Set<String> scopes = waiting.getAttribute(OAuth2ParameterNames.SCOPE);
		Authentication principal = UsernamePasswordAuthenticationToken.authenticated(user, null,
				AuthorityUtils.NO_AUTHORITIES);
		save(OAuth2Authorization.from(waiting)
			.principalName(user)
			.authorizedScopes((scopes != null) ? scopes : Set.of())
			.attribute(Principal.class.getName(), principal)
			.attributes((attributes) -> attributes.remove(OAuth2ParameterNames.SCOPE))
			.invalidate(token(waiting, OAuth2UserCode.class))
			.build());
	}

	void deny(String userCode) {
		OAuth2Authorization waiting = waiting(userCode);
		save(OAuth2Authorization.from(waiting)
			.invalidate(token(waiting, OAuth2UserCode.class))
			.invalidate(token(waiting, OAuth2DeviceCode.class))
			.build());
	}

	private OAuth2Authorization waiting(String userCode) {
		OAuth2Authorization authorization = findByToken(userCode, new OAuth2TokenType(OAuth2ParameterNames.USER_CODE));
		if (authorization == null) {
			throw new IllegalArgumentException("No device waits with the user code " + userCode);
		}
		return authorization;
	}

	private <T extends OAuth2Token> T token(OAuth2Authorization authorization, Class<T> type) {
		OAuth2Authorization.Token<T> token = authorization.getToken(type);
		if (token == null) {
			throw new IllegalStateException("The authorization of the device has no " + type.getSimpleName());
		}
		return token.getToken();
	}

	@Override
	public void save(OAuth2Authorization authorization) {
		this.delegate.save(authorization);
	}

	@Override
	public void remove(OAuth2Authorization authorization) {
		this.delegate.remove(authorization);
	}

	@Override
	public @Nullable OAuth2Authorization findById(String id) {
		return this.delegate.findById(id);
	}

	@Override
	public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
		return this.delegate.findByToken(token, type);
	}

}
