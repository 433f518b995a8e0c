package io.flyteconnect.internal.discovery;

import java.util.List;

import flyteidl.service.Auth.OAuth2MetadataResponse;
import flyteidl.service.Auth.PublicClientAuthConfigResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import io.flyteconnect.internal.config.text.WebAddress;

/**
 * The metadata of the login that Flyte Admin publishes with its
 * {@code AuthMetadataService}.
 *
 * @param issuer the authorization server
 * @param authorizationEndpoint where a browser logs in
 * @param tokenEndpoint where tokens are issued
 * @param deviceAuthorizationEndpoint where a device login starts
 * @param tokenEndpointAuthMethods how clients may authenticate at the token endpoint
 * @param clientId the public client
 * @param redirectUri where the public client's browser login ends
 * @param scopes the scopes to ask for
 * @param authorizationHeader the metadata key of the token
 * @param audience the audience to ask for
 */
public record ServerMetadata(@Nullable String issuer, @Nullable String authorizationEndpoint,
		@Nullable String tokenEndpoint, @Nullable String deviceAuthorizationEndpoint,
		List<String> tokenEndpointAuthMethods, @Nullable String clientId, @Nullable String redirectUri,
		List<String> scopes, @Nullable String authorizationHeader, @Nullable String audience) {

	static ServerMetadata of(OAuth2MetadataResponse metadata, PublicClientAuthConfigResponse client) {
		return new ServerMetadata(address(metadata.getIssuer()), address(metadata.getAuthorizationEndpoint()),
				address(metadata.getTokenEndpoint()), address(metadata.getDeviceAuthorizationEndpoint()),
				List.copyOf(metadata.getTokenEndpointAuthMethodsSupportedList()), text(client.getClientId()),
				text(client.getRedirectUri()), client.getScopesList().stream().filter(StringUtils::hasText).toList(),
				header(client.getAuthorizationMetadataKey()), text(client.getAudience()));
	}

	/**
	 * An empty value counts as absent. A blank one does not, so that it is reported as
	 * invalid.
	 */
	private static @Nullable String header(String value) {
		return value.isEmpty() ? null : value.strip();
	}

	/**
	 * Removes user and password, which requests do not send and messages must not
	 * contain.
	 */
	private static @Nullable String address(String value) {
		String text = text(value);
		return (text != null) ? WebAddress.withoutUser(text) : null;
	}

	private static @Nullable String text(String value) {
		return StringUtils.hasText(value) ? value.strip() : null;
	}

}
