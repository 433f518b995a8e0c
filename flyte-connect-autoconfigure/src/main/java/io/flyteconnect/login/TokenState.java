package io.flyteconnect.login;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.AuthMode;

/**
 * What a connection knows of its token at the moment, never the token itself.
 *
 * @param mode how the connection logs in
 * @param presence whether there is a token
 * @param issuer the authorization server as Flyte publishes it (RFC 8414), or
 * {@code null} if it was not asked yet or publishes none
 * @param scopes the scopes of the token, or those that were asked for where the server
 * does not name them; empty without a token
 * @param obtainedAt when the token was got, or {@code null} without one
 * @param endsAt when the token ends, or {@code null} without one, or if it counts until
 * it is refused
 * @param underWay the step of the login that is under way, or {@code null} if none is
 * @param lastFailure the last login that failed, which may be long ago and older than the
 * token, or {@code null} if none did
 * @since 0.1.0
 */
public record TokenState(AuthMode mode, Presence presence, @Nullable String issuer, List<String> scopes,
		@Nullable Instant obtainedAt, @Nullable Instant endsAt, @Nullable LoginStep underWay,
		@Nullable LoginFailure lastFailure) {

	public TokenState {
		scopes = List.copyOf(scopes);
	}

	/**
	 * Whether there is a token.
	 */
	public enum Presence {

		/**
		 * There is none that is good: no call has needed one yet, it has ended, or it was
		 * dropped. The next call gets one.
		 */
		ABSENT,

		/**
		 * There is one that is good.
		 */
		PRESENT,

		/**
		 * Calls go without one: the mode is {@code none}, or the server asks for none as
		 * far as is known.
		 */
		NOT_NEEDED

	}

}
