package io.flyteconnect.autoconfigure.aot;

import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.Environment;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.internal.config.origin.PropertyOrigin;

/**
 * Settings that decide which beans are defined. Ahead-of-time processing defines the
 * beans before the settings at run time are known.
 *
 * @since 0.1.0
 */
public final class SetAtRunTime {

	private static final String ENABLED = "flyte.enabled";

	private SetAtRunTime() {
	}

	/**
	 * Return whether beans are being defined before the settings at run time are known.
	 * @return whether the application is being processed ahead of time
	 */
	public static boolean isUnknown() {
		return SpringProperties.getFlag(AbstractAotProcessor.AOT_PROCESSING);
	}

	/**
	 * Fail if the beans of a connection were defined, but Flyte is disabled at run time.
	 * @param environment the environment of the application that runs
	 * @throws InvalidFlyteConfigurationException if {@code flyte.enabled} is false
	 */
	public static void requireEnabled(Environment environment) {
		if (!environment.getProperty(ENABLED, Boolean.class, true)) {
			throw new InvalidFlyteConfigurationException(ENABLED, PropertyOrigin.of(environment, ENABLED),
					"It is false, but this application was processed ahead of time with Flyte switched on, so the beans"
							+ " that call Flyte are there.",
					"Set flyte.enabled=false when the application is built, or leave it away when it runs.", null);
		}
	}

	/**
	 * Fail if the beans of a connection were not defined, but Flyte is enabled at run
	 * time. If the setting is absent, the one at build time applies.
	 */
	static void requireDisabled(Environment environment) {
		if (environment.getProperty(ENABLED, Boolean.class, false)) {
			throw new InvalidFlyteConfigurationException(ENABLED, PropertyOrigin.of(environment, ENABLED),
					"It is true, but this application was processed ahead of time with Flyte switched off, so there are"
							+ " no beans that call Flyte.",
					"Set flyte.enabled=true when the application is built, or leave it away when it runs.", null);
		}
	}

}
