package io.flyteconnect.test;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.test.admin.PublishedLogin;
import io.flyteconnect.test.identity.FlyteTestIdentityProvider;
import io.flyteconnect.test.identity.FlyteTestIdentityProviderBuilder;
import io.flyteconnect.test.tls.TestCertificates;

/**
 * What a {@link FlyteTestServer} is started with.
 *
 * @param tls whether to speak TLS
 * @param clientCertificates whether clients have to show a certificate
 * @param login whether calls need a token
 * @param clientId the client that logs in with a secret, or {@code null}
 * @param clientSecret its secret, or {@code null}
 * @param tokenLifetime how long access tokens live
 * @param header the published metadata key of the token
 * @param scopes the published scopes
 * @param audience the published audience
 * @param redirectUri where a browser login ends
 * @param sampleData whether to start with sample data
 * @param flyte2 whether to be a Flyte 2
 */
record ServerOptions(boolean tls, boolean clientCertificates, boolean login, @Nullable String clientId,
		@Nullable String clientSecret, Duration tokenLifetime, String header, List<String> scopes, String audience,
		String redirectUri, boolean sampleData, boolean flyte2) {

	private static final List<String> GRANT_TYPES = List.of("authorization_code", "client_credentials", "refresh_token",
			"urn:ietf:params:oauth:grant-type:device_code");

	FlyteTestIdentityProvider startProvider(@Nullable TestCertificates certificates) {
		FlyteTestIdentityProviderBuilder builder = FlyteTestIdentityProvider.builder()
			.accessTokenLifetime(this.tokenLifetime)
			.publicClient("flytectl", this.redirectUri);
		if (this.clientId != null && this.clientSecret != null) {
			builder.client(this.clientId, this.clientSecret);
		}
		if (certificates != null) {
			builder.tls(certificates);
		}
		return builder.start();
	}

	PublishedLogin publish(URI issuer) {
		return new PublishedLogin(issuer, "flytectl", this.redirectUri, this.scopes, this.header, this.audience,
				GRANT_TYPES);
	}

	Map<String, String> loginProperties() {
		Map<String, String> properties = new LinkedHashMap<>();
		if (!this.login) {
			properties.put("flyte.credentials.auth-mode", "none");
		}
		else if (this.clientId != null && this.clientSecret != null) {
			properties.put("flyte.credentials.auth-mode", "client_credentials");
			properties.put("flyte.credentials.client-id", this.clientId);
			properties.put("flyte.credentials.client-secret", this.clientSecret);
		}
		return properties;
	}

	@Override
	public String toString() {
		return "ServerOptions[tls=" + this.tls + ", login=" + this.login + ", clientId=" + this.clientId + "]";
	}

}
