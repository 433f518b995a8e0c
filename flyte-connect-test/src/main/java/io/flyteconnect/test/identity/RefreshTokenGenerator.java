package io.flyteconnect.test.identity;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;

/**
 * Gives refresh tokens to public clients too, as Flyte Admin does: Spring Authorization
 * Server's own generator withholds them.
 */
class RefreshTokenGenerator implements OAuth2TokenGenerator<OAuth2RefreshToken> {

	@Override
	public @Nullable OAuth2RefreshToken generate(OAuth2TokenContext context) {
		if (!OAuth2TokenType.REFRESH_TOKEN.equals(context.getTokenType())) {
			return null;
		}
		Set<String> scopes = context.getAuthorizedScopes();
		boolean code = AuthorizationGrantType.AUTHORIZATION_CODE.equals(context.getAuthorizationGrantType());
		if (code && !scopes.contains("offline") && !scopes.contains("offline_access")) {
			return null;
		}
		Instant now = Instant.now();
		return new OAuth2RefreshToken(UUID.randomUUID().toString(), now,
				now.plus(context.getRegisteredClient().getTokenSettings().getRefreshTokenTimeToLive()));
	}

}
