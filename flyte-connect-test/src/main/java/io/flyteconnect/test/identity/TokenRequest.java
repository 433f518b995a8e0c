package io.flyteconnect.test.identity;

import java.time.Instant;
import java.util.SortedSet;

import org.jspecify.annotations.Nullable;

/**
 * A request that the identity provider got at its token, device authorization or
 * authorization endpoint. It holds no secret: of the parameters only the names and the
 * few values that are public.
 *
 * @param time when it came
 * @param path the path, {@code /oauth2/token} for example
 * @param grantType the grant type asked for, or {@code null}
 * @param clientId the client, from the form or from Basic authentication, or {@code null}
 * @param scope the scopes asked for, or {@code null}
 * @param audience the audience asked for, or {@code null}
 * @param parameterNames the names of all parameters
 * @param authorizationScheme the scheme of the {@code Authorization} header, or
 * {@code null} if there was none
 * @param proxyAuthorization whether a {@code Proxy-Authorization} header was there
 * @param userAgent the user agent, or {@code null}
 * @since 0.1.0
 */
public record TokenRequest(Instant time, String path, @Nullable String grantType, @Nullable String clientId,
		@Nullable String scope, @Nullable String audience, SortedSet<String> parameterNames,
		@Nullable String authorizationScheme, boolean proxyAuthorization, @Nullable String userAgent) {

}
