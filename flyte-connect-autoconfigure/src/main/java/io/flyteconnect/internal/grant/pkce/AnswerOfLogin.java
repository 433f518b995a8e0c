package io.flyteconnect.internal.grant.pkce;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;

import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.internal.token.JwtClaims;
import io.flyteconnect.login.PersonLoginException;

/**
 * Checks that an answer belongs to the login that it ends.
 */
final class AnswerOfLogin {

	private AnswerOfLogin() {
	}

	/**
	 * A code of another server must not go to this one's token endpoint (RFC 9207 section
	 * 2.4).
	 */
	static void checkIssuer(ClientRegistration registration, @Nullable String issuer, List<String> secrets) {
		String expected = registration.getProviderDetails().getIssuerUri();
		if (issuer != null && expected != null && !expected.equals(issuer)) {
			throw new PersonLoginException("wrong_issuer", "the answer came from the authorization server "
					+ SafeText.of(issuer, secrets) + " where " + expected + " was asked", null);
		}
	}

	/**
	 * An ID token that was made for another login must not end this one (OpenID Connect
	 * Core section 3.1.3.7). Who does not speak OpenID Connect sends none, and no nonce
	 * was sent without its scope.
	 */
	static void checkNonce(OAuth2AuthorizationRequest request, OAuth2AccessTokenResponse tokens) {
		Object sent = request.getAdditionalParameters().get(OidcParameterNames.NONCE);
		if (sent == null
				|| !(tokens.getAdditionalParameters().get(OidcParameterNames.ID_TOKEN) instanceof String idToken)) {
			return;
		}
		if (!MessageDigest.isEqual(bytes(sent), bytes(JwtClaims.of(idToken).get(OidcParameterNames.NONCE)))) {
			throw new PersonLoginException("wrong_nonce",
					"the ID token does not carry the nonce of this login: it was made for another one", null);
		}
	}

	private static byte[] bytes(@Nullable Object value) {
		return String.valueOf(value).getBytes(StandardCharsets.UTF_8);
	}

}
