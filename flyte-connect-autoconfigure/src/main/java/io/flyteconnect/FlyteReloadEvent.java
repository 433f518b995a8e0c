package io.flyteconnect;

import org.jspecify.annotations.Nullable;

/**
 * Published when a connection was to take over other settings
 * ({@link FlyteConnection#reload}), or what launches executions over it was. Where one
 * refresh changes both, there is an event for each {@link #part}.
 *
 * @param connection the name of the connection
 * @param part what the settings are for
 * @param failure why the settings could not be taken over, so that those before stay in
 * force, or {@code null} if they are in force now
 * @since 0.1.0
 */
public record FlyteReloadEvent(String connection, Part part, @Nullable RuntimeException failure) {

	/**
	 * Return whether the settings are in force.
	 * @return {@code false} if those before still are
	 */
	public boolean isTakenOver() {
		return this.failure == null;
	}

	/**
	 * What takes over settings.
	 */
	public enum Part {

		/**
		 * The connection itself: platform, credentials, channel, secrets.
		 */
		CONNECTION,

		/**
		 * What launches executions over it: {@code execution.*}.
		 */
		EXECUTIONS

	}

}
