package io.flyteconnect.internal.discovery;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.config.text.AuthorizationHeader;
import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.login.LoginException;

/**
 * Validates published values, which become parts of requests, messages and log lines.
 */
public final class PublishedText {

	private static final int LIMIT = 2048;

	/** The characters of a scope (RFC 6749 section 3.3). */
	private static final Pattern SCOPE = Pattern.compile("[\\x20-\\x7e&&[^\"\\\\]]+");

	private static final Pattern LINE = Pattern.compile("[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

	private PublishedText() {
	}

	public static @Nullable String address(@Nullable String text, String name, String remedy) {
		return checked(text, name, LINE, remedy);
	}

	/**
	 * Returns an issuer, which is only compared, and ignored if it is not an address.
	 */
	public static @Nullable String addressOrNull(@Nullable String text) {
		return (text != null && isUsable(text, LINE)) ? text : null;
	}

	static @Nullable String line(@Nullable String text, String name, String remedy) {
		return checked(text, name, LINE, remedy);
	}

	static List<String> scopes(List<String> scopes) {
		scopes.forEach((scope) -> checked(scope, "scope", SCOPE, "set flyte.credentials.scopes"));
		return scopes;
	}

	/**
	 * Check the metadata key that a token is sent under.
	 * @param key the key, or {@code null} if none is published
	 * @return the key as gRPC wants it
	 * @throws LoginException if nothing can be sent under it
	 */
	static @Nullable String authorizationHeader(@Nullable String key) {
		String problem = (key != null) ? AuthorizationHeader.problem(key) : null;
		if (problem != null) {
			throw LoginException
				.credentials(
						"the server publishes the authorization metadata key '" + SafeText.of(key) + "', which "
								+ problem + "; set flyte.credentials.authorization-header to the key that it reads",
						null);
		}
		return (key != null) ? AuthorizationHeader.key(key) : null;
	}

	private static boolean isUsable(String text, Pattern pattern) {
		return text.length() <= LIMIT && pattern.matcher(text).matches();
	}

	private static @Nullable String checked(@Nullable String text, String name, Pattern pattern, String remedy) {
		if (text == null || isUsable(text, pattern)) {
			return text;
		}
		throw LoginException.credentials("the server publishes the "
				+ name + " '" + SafeText.of(text) + "', which " + ((text.length() > LIMIT)
						? "is too long (" + text.length() + " characters)" : "has characters that it cannot have")
				+ "; " + remedy, null);
	}

}
