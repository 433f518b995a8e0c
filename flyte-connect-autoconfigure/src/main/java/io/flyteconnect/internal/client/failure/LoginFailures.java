package io.flyteconnect.internal.client.failure;

import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;

import io.flyteconnect.internal.endpoint.TokenRequestException;
import io.flyteconnect.internal.grant.command.CommandFailedException;
import io.flyteconnect.internal.proxy.ProxyRefusedException;
import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.login.LoginException;
import io.flyteconnect.login.PersonLoginException;

/**
 * Turns what Spring Security throws at a failed token request into the exception that
 * says what happened.
 */
public final class LoginFailures {

	private LoginFailures() {
	}

	/**
	 * Translate what a provider threw.
	 * @param ex what it threw
	 * @param origin who was asked, or {@code null}
	 * @return what happened
	 */
	public static LoginException translate(OAuth2AuthorizationException ex, @Nullable String origin) {
		boolean personAsked = Stream.iterate((Throwable) ex, Objects::nonNull, Throwable::getCause)
			.anyMatch(PersonAskedException.class::isInstance);
		LoginException failure = known(ex, origin);
		return personAsked ? failure.afterPerson() : failure;
	}

	private static LoginException known(OAuth2AuthorizationException ex, @Nullable String origin) {
		String at = (origin != null) ? " (" + origin + ")" : "";
		// The outermost that is known: its cause may be known, too, and says less.
		for (Throwable known = ex; known != null; known = known.getCause()) {
			if (known instanceof LoginException nested) {
				return nested;
			}
			if (known instanceof TokenRequestException answer) {
				return LoginException.answered(
						answer.getMessage() + ((answer.getEndpoint() != null) ? " (" + answer.getEndpoint() + ")" : at),
						answer.isPermanent(), answer.getHttpStatus(), answer.getRetryAfter(), answer);
			}
			if (known instanceof PersonLoginException person) {
				return LoginException.interaction(String.valueOf(person.getMessage()), person);
			}
			if (known instanceof CommandFailedException command) {
				return LoginException.command(String.valueOf(command.getMessage()), command.isPermanent(), command);
			}
		}
		IOException network = network(ex);
		if (network != null) {
			// What to do stands at its end.
			String message = SafeText.message(network.getMessage());
			return LoginException.tokenRequest(message + (message.contains("://") ? "" : at), isRefusedByProxy(ex),
					network);
		}
		// With a cause, the description may quote the answer.
		String description = (ex.getCause() == null || ex.getCause().getCause() == null)
				? SafeText.of(ex.getError().getDescription()) : "";
		return LoginException.tokenRequest(SafeText.of(ex.getError().getErrorCode() + " " + description) + at,
				TokenRequestException.INVALID_RESPONSE.equals(ex.getError().getErrorCode()), ex);
	}

	/** Somebody has to correct the user and password of the proxy. */
	private static boolean isRefusedByProxy(Throwable ex) {
		return Stream.iterate(ex, Objects::nonNull, Throwable::getCause)
			.anyMatch(ProxyRefusedException.class::isInstance);
	}

	private static @Nullable IOException network(Throwable ex) {
		for (Throwable candidate = ex; candidate != null; candidate = candidate.getCause()) {
			if (candidate instanceof IOException network) {
				return network;
			}
		}
		return null;
	}

}
