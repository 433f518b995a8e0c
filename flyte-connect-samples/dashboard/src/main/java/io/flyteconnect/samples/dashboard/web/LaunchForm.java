package io.flyteconnect.samples.dashboard.web;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import io.flyteconnect.samples.dashboard.flyte.FlyteFailure;

/**
 * What a person has filled in to launch something, and why it was refused.
 *
 * @param launchPlan the name of the launch plan
 * @param name the name of the execution, may be empty
 * @param inputs the inputs as JSON, may be empty
 * @param failure why it was refused, or {@code null} if it was not
 */
record LaunchForm(String launchPlan, String name, String inputs, @Nullable FlyteFailure failure) {

	static final LaunchForm EMPTY = new LaunchForm("", "", "", null);

	LaunchForm refused(FlyteFailure why) {
		return new LaunchForm(this.launchPlan, this.name, this.inputs, why);
	}

	/**
	 * How many lines the inputs need.
	 * @return at least 2 and at most 12
	 */
	public int lines() {
		return Math.min(Math.max(2, 1 + StringUtils.countOccurrencesOf(this.inputs, "\n")), 12);
	}

}
