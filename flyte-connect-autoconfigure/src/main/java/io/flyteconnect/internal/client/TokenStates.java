package io.flyteconnect.internal.client;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.internal.discovery.ServerMetadata;
import io.flyteconnect.internal.discovery.ServerMetadataSource;
import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.internal.token.AccessToken;
import io.flyteconnect.internal.token.TokenManager;
import io.flyteconnect.login.TokenState;
import io.flyteconnect.login.TokenState.Presence;

/**
 * Looks at the token of a connection without using it: nothing is asked of any server.
 *
 * @param mode how the connection logs in
 * @param tokens has the token
 * @param metadata knows what Flyte publishes
 */
record TokenStates(AuthMode mode, TokenManager tokens, ServerMetadataSource metadata) {

	TokenState current() {
		AccessToken held = this.tokens.held();
		AccessToken token = (held != null && !held.isAnonymous()) ? held : null;
		OAuth2AuthorizedClient client = (token != null) ? token.client() : null;
		return new TokenState(this.mode, presence(held), issuer(), scopes(client),
				(client != null) ? client.getAccessToken().getIssuedAt() : null, (token != null) ? token.end() : null,
				this.tokens.underWay(), this.tokens.lastFailure());
	}

	private Presence presence(@Nullable AccessToken held) {
		if (this.mode == AuthMode.NONE || (held != null && held.isAnonymous())) {
			return Presence.NOT_NEEDED;
		}
		return (held != null) ? Presence.PRESENT : Presence.ABSENT;
	}

	private @Nullable String issuer() {
		ServerMetadata known = this.metadata.known();
		return (known != null && known.issuer() != null) ? SafeText.of(known.issuer()) : null;
	}

	private static List<String> scopes(@Nullable OAuth2AuthorizedClient client) {
		if (client == null) {
			return List.of();
		}
		Set<String> granted = client.getAccessToken().getScopes();
		Set<String> asked = client.getClientRegistration().getScopes();
		Set<String> scopes = (granted.isEmpty() && asked != null) ? asked : granted;
		return new TreeSet<>(scopes).stream().map(SafeText::of).toList();
	}

	/**
	 * Drop the token, and what is known of the server's login, so that the next call asks
	 * anew for both.
	 */
	void drop() {
		this.metadata.forget();
		this.tokens.drop();
	}

}
