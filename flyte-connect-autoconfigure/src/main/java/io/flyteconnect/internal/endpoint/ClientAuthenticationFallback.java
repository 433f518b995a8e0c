package io.flyteconnect.internal.endpoint;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

import io.flyteconnect.internal.text.SettingNames;

/**
 * Sends the client secret in the other way (header or body, RFC 6749 section 2.3.1) where
 * an {@code invalid_client} may mean that: once for each secret, or whenever the server
 * says in words that the way is the matter, as Ory Hydra and Spring Authorization Server
 * do. What worked is kept.
 */
class ClientAuthenticationFallback implements OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest> {

	private static final Log logger = LogFactory.getLog(ClientAuthenticationFallback.class);

	private final OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest> client;

	private final AtomicInteger secondRequests;

	private final SettingNames names;

	private final byte[] salt = new byte[16];

	private volatile boolean other;

	private byte @Nullable [] tried;

	/**
	 * Create a client.
	 * @param client sends a request as it is
	 * @param secondRequests counts the requests in the other way
	 * @param names names settings as the connection has them
	 */
	ClientAuthenticationFallback(OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest> client,
			AtomicInteger secondRequests, SettingNames names) {
		this.client = client;
		this.names = names;
		this.secondRequests = secondRequests;
		new SecureRandom().nextBytes(this.salt);
	}

	@Override
	public OAuth2AccessTokenResponse getTokenResponse(OAuth2ClientCredentialsGrantRequest grant) {
		ClientAuthenticationMethod method = other(grant.getClientRegistration());
		if (method == null) {
			return this.client.getTokenResponse(grant);
		}
		OAuth2ClientCredentialsGrantRequest swapped = swap(grant, method);
		boolean first = this.other;
		try {
			OAuth2AccessTokenResponse response = this.client.getTokenResponse(first ? swapped : grant);
			forget();
			return response;
		}
		catch (OAuth2AuthorizationException ex) {
			if (!isWorthIt(ex, grant.getClientRegistration().getClientSecret())) {
				throw ex;
			}
			OAuth2ClientCredentialsGrantRequest second = first ? grant : swapped;
			OAuth2AccessTokenResponse response = inTheOtherWay(second, ex);
			this.other = !first;
			forget();
			logger.info(this.names.in("The authorization server takes the client secret as "
					+ second.getClientRegistration().getClientAuthenticationMethod().getValue()
					+ " only; set flyte.credentials.client-authentication-method to that to save a request"));
			return response;
		}
	}

	private OAuth2AccessTokenResponse inTheOtherWay(OAuth2ClientCredentialsGrantRequest grant,
			OAuth2AuthorizationException first) {
		this.secondRequests.incrementAndGet();
		try {
			return this.client.getTokenResponse(grant);
		}
		catch (OAuth2AuthorizationException ex) {
			// The first refusal is about the way that the server is known to take.
			first.addSuppressed(ex);
			throw first;
		}
	}

	private boolean isWorthIt(OAuth2AuthorizationException ex, String secret) {
		TokenRequestException answer = TokenRequestException.find(ex);
		if (answer == null || !OAuth2ErrorCodes.INVALID_CLIENT.equals(answer.getError().getErrorCode())) {
			return false;
		}
		byte[] hash = hash(secret);
		synchronized (this) {
			boolean fresh = !MessageDigest.isEqual(hash, this.tried);
			this.tried = hash;
			return fresh || String.valueOf(answer.getError().getDescription())
				.matches("(?i).*(client_secret_(basic|post)|auth(entication)?[_ ]method).*");
		}
	}

	// The secret is right, so that a refusal to come may be about the way again.
	private synchronized void forget() {
		this.tried = null;
	}

	private byte[] hash(String secret) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			digest.update(this.salt);
			return digest.digest(secret.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static @Nullable ClientAuthenticationMethod other(ClientRegistration registration) {
		Object method = registration.getProviderDetails()
			.getConfigurationMetadata()
			.get(TokenEndpointClients.OTHER_AUTHENTICATION);
		return (method != null) ? new ClientAuthenticationMethod(method.toString()) : null;
	}

	private static OAuth2ClientCredentialsGrantRequest swap(OAuth2ClientCredentialsGrantRequest grant,
			ClientAuthenticationMethod method) {
		return new OAuth2ClientCredentialsGrantRequest(
				ClientRegistration.withClientRegistration(grant.getClientRegistration())
					.clientAuthenticationMethod(method)
					.build());
	}

}
