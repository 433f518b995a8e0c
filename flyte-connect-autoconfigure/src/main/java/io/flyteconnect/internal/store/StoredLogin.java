package io.flyteconnect.internal.store;

import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;

/**
 * The stored part of an authorized client: its tokens, without the registration, which is
 * created from the settings and the published metadata.
 *
 * @param accessToken the access token
 * @param refreshToken the refresh token, or {@code null} if the server gave none
 * @param secretMark what the client secret is known by that the login was made with, or
 * {@code null} if it needed none
 * @since 0.1.0
 */
public record StoredLogin(OAuth2AccessToken accessToken, @Nullable OAuth2RefreshToken refreshToken,
		@Nullable String secretMark) {

	static StoredLogin of(OAuth2AuthorizedClient client, @Nullable String secretMark) {
		return new StoredLogin(client.getAccessToken(), client.getRefreshToken(), secretMark);
	}

	/**
	 * Returns the login with an expired access token.
	 */
	StoredLogin ended() {
		OAuth2AccessToken token = this.accessToken;
		return new StoredLogin(new OAuth2AccessToken(token.getTokenType(), token.getTokenValue(), Instant.EPOCH,
				Instant.EPOCH.plusSeconds(1), token.getScopes()), this.refreshToken, this.secretMark);
	}

	OAuth2AuthorizedClient toClient(ClientRegistration registration) {
		return new OAuth2AuthorizedClient(registration, registration.getRegistrationId(), this.accessToken,
				this.refreshToken);
	}

	boolean isNewerThan(StoredLogin other) {
		return Objects.requireNonNullElse(this.accessToken.getIssuedAt(), Instant.EPOCH)
			.isAfter(Objects.requireNonNullElse(other.accessToken.getIssuedAt(), Instant.EPOCH));
	}

	@Override
	public String toString() {
		return "StoredLogin[expiresAt=" + this.accessToken.getExpiresAt() + ", refreshable="
				+ (this.refreshToken != null) + "]";
	}

}
