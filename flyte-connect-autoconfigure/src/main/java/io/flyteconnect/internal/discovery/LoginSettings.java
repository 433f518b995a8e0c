package io.flyteconnect.internal.discovery;

import java.net.URI;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.internal.token.AccessToken;

/**
 * The effective settings of a login: configured values take precedence over published
 * ones for scopes, audience, client id, metadata key and token endpoint. The published
 * client is a public client, and only used if a person logs in.
 *
 * @param authMode the mode
 * @param clientId the client id, or {@code null} if it is neither configured nor
 * published
 * @param scopes the scopes to ask for, may be empty
 * @param audience the audience to ask for, or {@code null}
 * @param tokenEndpoint the token endpoint, or {@code null} if it is neither configured
 * nor published
 * @param authorizationHeader the metadata key of the token
 */
public record LoginSettings(AuthMode authMode, @Nullable String clientId, List<String> scopes,
		@Nullable String audience, @Nullable String tokenEndpoint, String authorizationHeader) {

	public static LoginSettings of(CredentialSettings configured, @Nullable ServerMetadata published) {
		boolean interactive = configured.authMode().asksPerson();
		List<String> scopes = configured.scopes();
		String audience = configured.audience();
		String tokenEndpoint = text(configured.tokenUrl());
		String header = configured.authorizationHeader();
		String clientId = configured.clientId();
		if (published != null) {
			scopes = scopes.isEmpty() ? PublishedText.scopes(published.scopes()) : scopes;
			if (audience == null && (interactive || configured.useAudienceFromAdmin())) {
				audience = PublishedText.line(published.audience(), "audience", "set flyte.credentials.audience");
			}
			tokenEndpoint = (tokenEndpoint != null) ? tokenEndpoint : PublishedText.address(published.tokenEndpoint(),
					"token endpoint", "set flyte.credentials.token-url");
			header = (header != null) ? header : PublishedText.authorizationHeader(published.authorizationHeader());
			clientId = (interactive && clientId == null)
					? PublishedText.line(published.clientId(), "client id", "set flyte.credentials.client-id")
					: clientId;
		}
		return new LoginSettings(configured.authMode(), clientId, scopes, audience, tokenEndpoint,
				(header != null) ? header : AccessToken.AUTHORIZATION);
	}

	private static @Nullable String text(@Nullable URI uri) {
		return (uri != null) ? uri.toString() : null;
	}

}
