package io.flyteconnect.autoconfigure.secret;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Knows the properties of Flyte connections that are secrets, or may have one in them:
 * client secrets, API keys, keys of stores, proxies that may hold a password, commands
 * that may hold secrets in their arguments. Also those of named connections, and those in
 * variables.
 */
final class SecretSettingNames {

	private static final List<String> PLAIN_NAMES = List.of("api[-_]?key", "credentials\\.client[-_]?secret",
			"credentials\\.store[-_]?key", "platform\\.http[-_]?proxy[-_]?url", "credentials\\.(?:proxy[-_]?)?command");

	private static final String SECRET = "(?:" + String.join("|", PLAIN_NAMES) + ")";

	// Below flyte and below flyte.connections.<name>, an element of a list included.
	private static final Pattern PROPERTY = Pattern.compile(
			"flyte\\.(?:connections\\.(?:[^.]+|\\[.+?])\\.)?" + SECRET + "(?:\\[\\d+])?", Pattern.CASE_INSENSITIVE);

	private static final Pattern VARIABLE = Pattern.compile("FLYTE_(?:CONNECTIONS_.+_)?(?:API_?KEY"
			+ "|CREDENTIALS_CLIENT_?SECRET|CREDENTIALS_STORE_?KEY|PLATFORM_HTTP_?PROXY_?URL|CREDENTIALS_(?:PROXY_?)?COMMAND)(?:_\\d+_?)?",
			Pattern.CASE_INSENSITIVE);

	private SecretSettingNames() {
	}

	/**
	 * Return whether a property or variable is one of them.
	 * @param name its name
	 * @return whether it is
	 */
	static boolean matches(String name) {
		return PROPERTY.matcher(name).matches() || VARIABLE.matcher(name).matches();
	}

}
