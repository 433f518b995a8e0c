package io.flyteconnect.internal.run;

import com.flyteidl2.common.RunIdentifier;
import com.flyteidl2.task.TaskIdentifier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.flyteconnect.config.RunSettings;

/**
 * Fills in organisation, project and domain where a request does not say them.
 */
public final class RunPlace {

	private final RunSettings defaults;

	public RunPlace(RunSettings defaults) {
		this.defaults = defaults;
	}

	public String org() {
		return either("", this.defaults.org());
	}

	/**
	 * Complete the name of a task.
	 * @param task the task
	 * @return the task with a project and a domain
	 * @throws IllegalArgumentException if there is none
	 */
	public TaskIdentifier complete(TaskIdentifier task) {
		TaskIdentifier complete = task.toBuilder()
			.setOrg(either(task.getOrg(), this.defaults.org()))
			.setProject(either(task.getProject(), this.defaults.project()))
			.setDomain(either(task.getDomain(), this.defaults.domain()))
			.build();
		require(complete.getProject(), "project", complete);
		require(complete.getDomain(), "domain", complete);
		return complete;
	}

	/**
	 * Complete the name of a run.
	 * @param run the run
	 * @param task what it is of, where it runs if nothing else is said
	 * @return the run with the project and domain
	 */
	public RunIdentifier complete(RunIdentifier run, TaskIdentifier task) {
		return run.toBuilder()
			.setOrg(either(run.getOrg(), task.getOrg()))
			.setProject(either(run.getProject(), task.getProject()))
			.setDomain(either(run.getDomain(), task.getDomain()))
			.build();
	}

	private static void require(String value, String what, TaskIdentifier task) {
		Assert.isTrue(!value.isEmpty(), () -> "It is not said in which " + what + " task '" + task.getName()
				+ "' is: name it in the request, or set 'flyte.runs." + what + "'");
	}

	private static String either(String own, @Nullable String preset) {
		return (own.isEmpty() && preset != null) ? preset : own;
	}

}
