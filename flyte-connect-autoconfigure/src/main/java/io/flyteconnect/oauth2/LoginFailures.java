package io.flyteconnect.oauth2;

import java.io.IOException;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;

import io.flyteconnect.oauth2.command.CommandFailedException;
import io.flyteconnect.oauth2.endpoint.SafeText;
import io.flyteconnect.oauth2.endpoint.TokenRequestException;
import io.flyteconnect.oauth2.person.PersonLoginException;

/**
 * Turns what Spring Security throws at a failed token request into the exception that
 * says what happened.
 */
final class LoginFailures {

	private LoginFailures() {
	}

	static LoginException translate(OAuth2AuthorizationException ex, @Nullable String tokenEndpoint) {
		LoginException nested = find(ex, LoginException.class);
		if (nested != null) {
			return nested;
		}
		String at = " (" + tokenEndpoint + ")";
		TokenRequestException answer = find(ex, TokenRequestException.class);
		if (answer != null) {
			return LoginException.tokenRequest(
					answer.getMessage() + ((answer.getEndpoint() != null) ? " (" + answer.getEndpoint() + ")" : at),
					answer);
		}
		PersonLoginException person = find(ex, PersonLoginException.class);
		if (person != null) {
			return LoginException.interaction(String.valueOf(person.getMessage()), person);
		}
		CommandFailedException command = find(ex, CommandFailedException.class);
		if (command != null) {
			return LoginException.command(String.valueOf(command.getMessage()), command);
		}
		IOException network = find(ex, IOException.class);
		if (network != null) {
			String message = SafeText.of(network.getMessage());
			return LoginException.tokenRequest(message + (message.contains("://") ? "" : at), network);
		}
		// With a cause, the description may quote the answer.
		String description = (ex.getCause() == null || ex.getCause().getCause() == null)
				? SafeText.of(ex.getError().getDescription()) : "";
		return LoginException.tokenRequest(SafeText.of(ex.getError().getErrorCode() + " " + description) + at, ex);
	}

	private static <T extends Throwable> @Nullable T find(Throwable ex, Class<T> type) {
		for (Throwable candidate = ex; candidate != null; candidate = candidate.getCause()) {
			if (type.isInstance(candidate)) {
				return type.cast(candidate);
			}
		}
		return null;
	}

}
