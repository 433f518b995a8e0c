package io.flyteconnect.internal.grant.command;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;
import org.springframework.web.util.UriUtils;

import io.flyteconnect.config.CredentialSettings.ClientSecret;
import io.flyteconnect.config.HttpProxySettings.HttpProxy;
import io.flyteconnect.config.PlatformConfig;

/**
 * The environment variables that a command is given: those of this process, without the
 * ones that hold secrets of connections. A command logs in with what is its own, and may
 * well be traced, or print its environment when it fails.
 *
 * @since 0.1.0
 */
public final class CommandEnvironment {

	private static final String CONNECTION = "FLYTE[._](?:CONNECTIONS[._][^=]+[._])?";

	private static final String PROPERTY = CONNECTION + "(?:API[-_.]?KEY"
			+ "|CREDENTIALS[._](?:CLIENT[-_.]?SECRET|STORE[-_.]?KEY|(?:PROXY[-_.]?)?COMMAND)"
			+ "|PLATFORM[._]HTTP[-_.]?PROXY[-_.]?URL)(?:[_\\[]\\d+[_\\]]?)?";

	private static final Pattern SECRET = Pattern.compile(PROPERTY, Pattern.CASE_INSENSITIVE);

	/** As options of the JVM and arguments of the application stand in variables. */
	private static final Pattern ASSIGNED = Pattern.compile("(?:-D|--)" + PROPERTY + "=", Pattern.CASE_INSENSITIVE);

	/** Its value is the name of a variable that holds a secret. */
	private static final Pattern NAME_OF_VARIABLE = Pattern
		.compile(CONNECTION + "CREDENTIALS[._]CLIENT[-_.]?SECRET[-_.]?ENV[-_.]?VAR", Pattern.CASE_INSENSITIVE);

	/** All settings in one; an API key in it shows nothing of the secret as it is. */
	private static final Pattern SETTINGS = Pattern.compile("SPRING[._]APPLICATION[._]JSON", Pattern.CASE_INSENSITIVE);

	/** Every program of the machine is meant to have these, and may need them. */
	private static final Pattern PROXY = Pattern.compile("(?:HTTPS?|ALL)_PROXY", Pattern.CASE_INSENSITIVE);

	private static final int LONG_ENOUGH = 8;

	private final @Nullable ClientSecret secret;

	private final @Nullable String storeKey;

	private final @Nullable String proxyPassword;

	private CommandEnvironment(@Nullable ClientSecret secret, @Nullable String storeKey,
			@Nullable String proxyPassword) {
		this.secret = secret;
		this.storeKey = storeKey;
		this.proxyPassword = proxyPassword;
	}

	/**
	 * Return what keeps the secrets of a connection from its commands.
	 * @param config the settings of the connection
	 * @return what does that
	 */
	public static CommandEnvironment of(PlatformConfig config) {
		HttpProxy proxy = config.httpProxy().proxy();
		return new CommandEnvironment(config.credentials().clientSecret(), config.credentials().store().key(),
				(proxy != null && StringUtils.hasText(proxy.password())) ? proxy.password() : null);
	}

	/**
	 * Return what keeps the secrets from a command that any connection may have.
	 */
	static CommandEnvironment ofAny() {
		return new CommandEnvironment(null, null, null);
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
					|| named.contains(variable.getKey()) || isOurs(variable.getValue().strip())
					|| !PROXY.matcher(variable.getKey()).matches() && hasProxyPassword(variable.getValue().strip()));
	}

	private static boolean isOurSettings(Map.Entry<String, String> variable) {
		return SETTINGS.matcher(variable.getKey()).matches()
				&& variable.getValue().toLowerCase(Locale.ROOT).contains("flyte");
	}

	private boolean isOurs(String value) {
		return !value.isEmpty() && ((this.storeKey != null && value.contains(this.storeKey))
				|| (this.secret != null && this.secret.isWritten(value)) || ASSIGNED.matcher(value).find());
	}

	// In a URL the password is percent-encoded, and where it is a setting of its own,
	// too.
	private boolean hasProxyPassword(String value) {
		String password = this.proxyPassword;
		if (password == null) {
			return false;
		}
		return Stream.of(value, decoded(value))
			.anyMatch((text) -> text.equals(password) || text.contains(":" + password + "@")
					|| password.length() >= LONG_ENOUGH && text.contains(password));
	}

	private static String decoded(String value) {
		try {
			return UriUtils.decode(value, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return value;
		}
	}

}
