package io.flyteconnect.test.identity;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/**
 * Puts the audience and the client into each access token, and remembers which ones are
 * still good.
 */
class IssuedTokens implements OAuth2TokenCustomizer<JwtEncodingContext> {

	private final Set<String> issued = ConcurrentHashMap.newKeySet();

	private final Set<String> revoked = ConcurrentHashMap.newKeySet();

	private final AtomicInteger count = new AtomicInteger();

	/**
	 * The tokens whose signature has been checked: that takes longer than all else that
	 * the server does for a call.
	 */
	private final Map<String, Jwt> signed = new ConcurrentHashMap<>();

	// A lifetime of two seconds means two seconds: no allowance for clocks that differ.
	private final JwtTimestampValidator ends = new JwtTimestampValidator(Duration.ZERO);

	private final JwtDecoder decoder;

	IssuedTokens(SigningKey key) {
		NimbusJwtDecoder decoder = NimbusJwtDecoder.withPublicKey(key.publicKey()).build();
		decoder.setJwtValidator(this.ends);
		this.decoder = decoder;
	}

	@Override
	public void customize(JwtEncodingContext context) {
		if (!"access_token".equals(context.getTokenType().getValue())) {
			return;
		}
		context.getClaims().claim("client_id", context.getRegisteredClient().getClientId());
		if (context.getAuthorizationGrant() instanceof OAuth2ClientCredentialsAuthenticationToken grant
				&& grant.getAdditionalParameters().get("audience") instanceof String audience) {
			context.getClaims().audience(List.of(audience));
		}
		context.getClaims().claims((claims) -> this.issued.add(Objects.requireNonNull(claims.get("jti")).toString()));
		this.count.incrementAndGet();
	}

	int count() {
		return this.count.get();
	}

	void revokeAll() {
		this.revoked.addAll(this.issued);
	}

	void revoke(String token) {
		this.revoked.add(Objects.requireNonNull(decode(token).getId()));
	}

	Jwt verify(String token) {
		Jwt jwt = decode(token);
		if (this.revoked.contains(Objects.requireNonNullElse(jwt.getId(), ""))) {
			throw new JwtException("Token is revoked");
		}
		return jwt;
	}

	private Jwt decode(String token) {
		Jwt known = this.signed.get(token);
		if (known != null && !this.ends.validate(known).hasErrors()) {
			return known;
		}
		Jwt jwt = this.decoder.decode(token);
		// An earlier provider may have signed with the same key.
		if (!this.issued.contains(Objects.requireNonNullElse(jwt.getId(), ""))) {
			throw new JwtException("Token was issued by another provider");
		}
		this.signed.put(token, jwt);
		return jwt;
	}

}
