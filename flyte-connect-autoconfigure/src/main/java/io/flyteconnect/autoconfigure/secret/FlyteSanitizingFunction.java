package io.flyteconnect.autoconfigure.secret;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Keeps the secrets of Flyte connections out of the actuator's pages, whatever these may
 * show: client secrets, API keys, proxies that may hold a password, commands that may
 * hold secrets in their arguments. Also those of named connections, those in variables,
 * and those of properties bound elsewhere; and the secrets that Flyte injects.
 */
class FlyteSanitizingFunction implements SanitizingFunction, Ordered {

	private final SecretVariables variables;

	private final InjectedSecrets injected;

	FlyteSanitizingFunction(Environment environment) {
		this.variables = new SecretVariables(environment);
		this.injected = new InjectedSecrets(environment);
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public SanitizableData apply(SanitizableData data) {
		String key = data.getKey().replace("\"", "");
		boolean secret = SecretSettingNames.matches(key) || isNamedVariable(data) || this.injected.isIn(data);
		return (secret && data.getValue() != null) ? data.withSanitizedValue() : data;
	}

	private boolean isNamedVariable(SanitizableData data) {
		PropertySource<?> source = data.getPropertySource();
		return (source == null || source instanceof SystemEnvironmentPropertySource)
				&& this.variables.isNamed(data.getKey());
	}

}
