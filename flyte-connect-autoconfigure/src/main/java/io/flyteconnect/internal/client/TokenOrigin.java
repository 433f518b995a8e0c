package io.flyteconnect.internal.client;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;

import io.flyteconnect.internal.discovery.LoginSettings;
import io.flyteconnect.internal.grant.command.ExternalCommandAuthorizedClientProvider;

/**
 * Who is asked for a token: a command where there is one, and not the token endpoint that
 * a server publishes all the same.
 */
final class TokenOrigin {

	private TokenOrigin() {
	}

	static @Nullable String of(OAuth2AuthorizedClientProvider provider, LoginSettings settings) {
		return (provider instanceof ExternalCommandAuthorizedClientProvider command) ? command.source()
				: settings.tokenEndpoint();
	}

	/**
	 * The same as the part of a sentence.
	 */
	static String from(OAuth2AuthorizedClientProvider provider, LoginSettings settings) {
		String origin = of(provider, settings);
		return (origin != null) ? " from " + origin : "";
	}

}
