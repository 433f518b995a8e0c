package io.flyteconnect.samples.dashboard.flyte;

import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What to launch. What is left out is empty; Flyte Admin says so where it needs it.
 *
 * @param project the project
 * @param domain the domain
 * @param launchPlan the name of the launch plan
 * @param version its version, empty for the newest one
 * @param name the name of the execution, empty to have one made
 * @param inputs the inputs by their names, as JSON has them
 * @since 0.1.0
 */
public record LaunchRequest(String project, String domain, String launchPlan, String version, String name,
		Map<String, Object> inputs) {

	public LaunchRequest(@Nullable String project, @Nullable String domain, @Nullable String launchPlan,
			@Nullable String version, @Nullable String name, @Nullable Map<String, Object> inputs) {
		this.project = Objects.requireNonNullElse(project, "");
		this.domain = Objects.requireNonNullElse(domain, "");
		this.launchPlan = Objects.requireNonNullElse(launchPlan, "");
		this.version = Objects.requireNonNullElse(version, "");
		this.name = Objects.requireNonNullElse(name, "");
		this.inputs = Objects.requireNonNullElse(inputs, Map.of());
	}

}
