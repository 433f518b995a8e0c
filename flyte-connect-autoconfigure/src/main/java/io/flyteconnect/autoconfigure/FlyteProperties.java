package io.flyteconnect.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;

import io.flyteconnect.config.ConnectionProperties;

/**
 * The settings of the Flyte connection of an application.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("flyte")
public class FlyteProperties extends ConnectionProperties {

	/**
	 * Whether to connect to Flyte at all. No Flyte file is read otherwise.
	 */
	private boolean enabled = true;

	/**
	 * What to do about Flyte while the application starts: nothing ("none"), call it and
	 * warn ("warn") or not start ("fail") if it does not answer.
	 */
	private StartupCheck startupCheck = StartupCheck.NONE;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public StartupCheck getStartupCheck() {
		return this.startupCheck;
	}

	public void setStartupCheck(StartupCheck startupCheck) {
		this.startupCheck = startupCheck;
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
