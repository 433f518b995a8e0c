package io.flyteconnect.samples.dashboard.flyte;

import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.execution.FlyteInput;
import io.flyteconnect.execution.FlyteInterface;

/**
 * A launch plan that can be chosen, and what is launched then: its active version, or the
 * newest one where none is active.
 *
 * @param name its name
 * @param types what that version takes, or {@code null} if it is looked up by the launch
 * only
 * @param active whether that version is the active one
 * @param newest the newest version, or {@code null} if it is not known
 * @since 0.1.0
 */
public record LaunchPlanChoice(String name, @Nullable FlyteInterface types, boolean active, @Nullable String newest) {

	/**
	 * Return which version a launch takes.
	 * @return {@code v1, the active version} for example
	 */
	public String version() {
		if (this.types == null) {
			return "newest version";
		}
		String version = this.types.id().getVersion();
		if (!this.active) {
			return version + ", the newest version, as none is active";
		}
		return (this.newest != null && !this.newest.equals(version))
				? version + ", the active version; the newest is " + this.newest : version + ", the active version";
	}

	/**
	 * Return what a launch may name, and what is fixed.
	 * @return the inputs, sorted by their names
	 */
	public Collection<FlyteInput> inputs() {
		return (this.types != null) ? this.types.inputs().values() : List.of();
	}

}
