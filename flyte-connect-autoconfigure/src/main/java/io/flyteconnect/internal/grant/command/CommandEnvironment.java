package io.flyteconnect.internal.grant.command;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.ClientSecret;
import io.flyteconnect.config.CredentialSettings;

/**
 * The environment variables that a command is given: those of this process, without the
 * ones that hold secrets of connections. A command logs in with what is its own, and may
 * well be traced, or print its environment when it fails.
 *
 * @since 0.1.0
 */
public final class CommandEnvironment {

	private static final String CONNECTION = "FLYTE_(?:CONNECTIONS_.+_)?";

	private static final Pattern SECRET = Pattern.compile(CONNECTION
			+ "(?:API_?KEY|CREDENTIALS_(?:CLIENT_?SECRET|STORE_?KEY|(?:PROXY_?)?COMMAND)|PLATFORM_HTTP_?PROXY_?URL)(?:_\\d+_?)?",
			Pattern.CASE_INSENSITIVE);

	/** Its value is the name of a variable that holds a secret. */
	private static final Pattern NAME_OF_VARIABLE = Pattern.compile(CONNECTION + "CREDENTIALS_CLIENT_?SECRET_?ENV_?VAR",
			Pattern.CASE_INSENSITIVE);

	/** All settings in one; an API key in it shows nothing of the secret as it is. */
	private static final Pattern SETTINGS = Pattern.compile("SPRING[._]APPLICATION[._]JSON", Pattern.CASE_INSENSITIVE);

	private final @Nullable ClientSecret secret;

	private final @Nullable String storeKey;

	private CommandEnvironment(@Nullable ClientSecret secret, @Nullable String storeKey) {
		this.secret = secret;
		this.storeKey = storeKey;
	}

	/**
	 * Return what keeps the secrets of a connection from its commands.
	 * @param credentials the settings of the connection
	 * @return what does that
	 */
	public static CommandEnvironment of(CredentialSettings credentials) {
		return new CommandEnvironment(credentials.clientSecret(), credentials.store().key());
	}

	/**
	 * Return what keeps the secrets from a command that any connection may have.
	 */
	static CommandEnvironment ofAny() {
		return new CommandEnvironment(null, null);
	}

	/**
	 * Remove the variables that hold secrets: by the names that Spring knows the
	 * properties under, those that such a variable names, and those that the properties
	 * of this connection took a secret from.
	 * @param variables the variables, changed in place
	 */
	void removeSecrets(Map<String, String> variables) {
		Set<String> named = new HashSet<>();
		if (this.secret != null && this.secret.variable() != null) {
			named.add(this.secret.variable());
		}
		variables.forEach((name, value) -> {
			if (NAME_OF_VARIABLE.matcher(name).matches()) {
				named.add(value.strip());
			}
		});
		variables.entrySet()
			.removeIf((variable) -> SECRET.matcher(variable.getKey()).matches() || isOurSettings(variable)
					|| named.contains(variable.getKey()) || isOurs(variable.getValue().strip()));
	}

	private static boolean isOurSettings(Map.Entry<String, String> variable) {
		return SETTINGS.matcher(variable.getKey()).matches()
				&& variable.getValue().toLowerCase(Locale.ROOT).contains("flyte");
	}

	private boolean isOurs(String value) {
		return !value.isEmpty() && ((this.storeKey != null && value.contains(this.storeKey))
				|| (this.secret != null && this.secret.isWritten(value)));
	}

}
