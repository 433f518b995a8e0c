package io.flyteconnect.test.admin;

import java.net.URI;
import java.util.List;

/**
 * What a Flyte Admin publishes about how to log in.
 *
 * @param issuer the authorization server
 * @param clientId the public client
 * @param redirectUri where its browser login ends
 * @param scopes the scopes to ask for
 * @param header the metadata key of the token
 * @param audience the audience to ask for, may be empty
 * @param grantTypes the grant types of the authorization server
 * @since 0.1.0
 */
public record PublishedLogin(URI issuer, String clientId, String redirectUri, List<String> scopes, String header,
		String audience, List<String> grantTypes) {

}
