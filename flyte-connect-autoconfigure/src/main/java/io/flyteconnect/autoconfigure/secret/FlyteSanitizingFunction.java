package io.flyteconnect.autoconfigure.secret;

import java.util.List;
import java.util.regex.Pattern;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Keeps the secrets of Flyte connections out of the actuator's pages, whatever these may
 * show: client secrets, API keys, proxies that may hold a password, commands that may
 * hold secrets in their arguments. Also those of named connections, those in variables,
 * and those of properties bound elsewhere; and the secrets that Flyte injects.
 *
 * @author Flyte Connect
 */
class FlyteSanitizingFunction implements SanitizingFunction, Ordered {

	private static final List<String> PLAIN_NAMES = List.of("api[-_]?key", "credentials\\.client[-_]?secret",
			"credentials\\.store[-_]?key", "platform\\.http[-_]?proxy[-_]?url", "credentials\\.(?:proxy[-_]?)?command");

	private static final String SECRET = "(?:" + String.join("|", PLAIN_NAMES) + ")";

	// Below flyte and below flyte.connections.<name>, an element of a list included.
	private static final Pattern PROPERTY = Pattern.compile(
			"flyte\\.(?:connections\\.(?:[^.]+|\\[.+?])\\.)?" + SECRET + "(?:\\[\\d+])?", Pattern.CASE_INSENSITIVE);

	private static final Pattern VARIABLE = Pattern.compile("FLYTE_(?:CONNECTIONS_.+_)?(?:API_?KEY"
			+ "|CREDENTIALS_CLIENT_?SECRET|CREDENTIALS_STORE_?KEY|PLATFORM_HTTP_?PROXY_?URL|CREDENTIALS_(?:PROXY_?)?COMMAND)(?:_\\d+_?)?",
			Pattern.CASE_INSENSITIVE);

	private final NamedVariables named;

	private final InjectedSecrets injected;

	FlyteSanitizingFunction(Environment environment) {
		this.named = new NamedVariables(environment);
		this.injected = new InjectedSecrets(environment);
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public SanitizableData apply(SanitizableData data) {
		String key = data.getKey().replace("\"", "");
		boolean secret = PROPERTY.matcher(key).matches() || VARIABLE.matcher(key).matches() || this.named.isIn(data)
				|| this.injected.isIn(data);
		return (secret && data.getValue() != null) ? data.withSanitizedValue() : data;
	}

}
