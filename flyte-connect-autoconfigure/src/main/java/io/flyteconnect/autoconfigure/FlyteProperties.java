package io.flyteconnect.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether an application connects to Flyte, and what it does about it when it starts. The
 * other settings of {@code flyte} become a {@link io.flyteconnect.config.PlatformConfig}.
 *
 * @param enabled Whether to connect to Flyte at all. No Flyte file is read otherwise.
 * @param startupCheck What to do about Flyte while the application starts: nothing
 * ("none"), call it and warn ("warn") or not start ("fail") if it does not answer.
 * @param primary Name of the connection below "flyte.connections" that is injected where
 * none is named. Where not set, the connection that "flyte.*" configures.
 * @since 0.1.0
 */
@ConfigurationProperties("flyte")
public record FlyteProperties(@DefaultValue("true") boolean enabled, @DefaultValue("none") StartupCheck startupCheck,
		@Nullable String primary) {

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
