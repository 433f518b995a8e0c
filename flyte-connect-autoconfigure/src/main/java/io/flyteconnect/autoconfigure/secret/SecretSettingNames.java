package io.flyteconnect.autoconfigure.secret;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Matches the properties of Flyte connections that are secrets or may contain one: client
 * secrets, API keys, keys of stores, proxies that may contain a password, and commands
 * that may have secrets in their arguments. This includes those of named connections and
 * those in variables.
 */
final class SecretSettingNames {

	private static final List<String> PLAIN_NAMES = List.of("api[-_]?key", "credentials\\.client[-_]?secret",
			"credentials\\.store[-_]?key", "platform\\.http[-_]?proxy[-_]?url", "credentials\\.(?:proxy[-_]?)?command");

	private static final String SECRET = "(?:" + String.join("|", PLAIN_NAMES) + ")";

	// Properties below flyte and flyte.connections.<name>, including elements of lists.
	private static final Pattern PROPERTY = Pattern.compile(
			"flyte\\.(?:connections\\.(?:[^.]+|\\[.+?])\\.)?" + SECRET + "(?:\\[\\d+])?", Pattern.CASE_INSENSITIVE);

	private static final Pattern VARIABLE = Pattern.compile("FLYTE_(?:CONNECTIONS_.+_)?(?:API_?KEY"
			+ "|CREDENTIALS_CLIENT_?SECRET|CREDENTIALS_STORE_?KEY|PLATFORM_HTTP_?PROXY_?URL|CREDENTIALS_(?:PROXY_?)?COMMAND)(?:_\\d+_?)?",
			Pattern.CASE_INSENSITIVE);

	private SecretSettingNames() {
	}

	/**
	 * Return whether a property or variable may contain a secret.
	 * @param name its name
	 * @return whether it is
	 */
	static boolean matches(String name) {
		return PROPERTY.matcher(name).matches() || VARIABLE.matcher(name).matches();
	}

}
