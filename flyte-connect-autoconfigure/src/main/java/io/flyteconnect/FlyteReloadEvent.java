package io.flyteconnect;

import org.jspecify.annotations.Nullable;

/**
 * Published when a connection was to take over other settings
 * ({@link FlyteConnection#reload}), or what launches executions over it was.
 *
 * @param connection the name of the connection
 * @param failure why the settings could not be taken over, so that those before stay in
 * force, or {@code null} if they are in force now
 * @since 0.1.0
 */
public record FlyteReloadEvent(String connection, @Nullable RuntimeException failure) {

	/**
	 * Return whether the settings are in force.
	 * @return {@code false} if those before still are
	 */
	public boolean isTakenOver() {
		return this.failure == null;
	}

}
