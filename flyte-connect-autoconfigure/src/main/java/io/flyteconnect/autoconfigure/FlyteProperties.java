package io.flyteconnect.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.flyteconnect.internal.config.text.SettingCheck;

/**
 * Whether an application connects to Flyte, and what it does about it when it starts. The
 * other settings of {@code flyte} become a {@link io.flyteconnect.config.PlatformConfig}.
 *
 * @param enabled Whether to connect to Flyte at all. No Flyte file is read otherwise.
 * @param startupCheck What to do about Flyte while the application starts: nothing
 * ("none"), call it and warn ("warn") or not start ("fail") if it does not answer.
 * @param startupCheckTimeout How long "flyte.startup-check" takes at most, for all
 * connections together. They are asked at once, and what is wrong is found out within a
 * third of it.
 * @param primary Name of the connection below "flyte.connections" that is injected where
 * none is named. Where not set, the connection that "flyte.*" configures.
 * @since 0.1.0
 */
@ConfigurationProperties("flyte")
public record FlyteProperties(@DefaultValue("true") boolean enabled, @DefaultValue("none") StartupCheck startupCheck,
		@DefaultValue("15s") Duration startupCheckTimeout, @Nullable String primary) {

	public FlyteProperties {
		SettingCheck.atLeastOneMillisecond("startupCheckTimeout", startupCheckTimeout);
	}

	/**
	 * What to do about Flyte while the application starts.
	 */
	public enum StartupCheck {

		/**
		 * Nothing: Flyte may be down when the application starts.
		 */
		NONE,

		/**
		 * Call Flyte, and log a warning if it does not answer.
		 */
		WARN,

		/**
		 * Call Flyte, and do not start if it does not answer.
		 */
		FAIL

	}

}
