package io.flyteconnect.test.admin;

import java.time.Clock;

import flyteidl.admin.TaskOuterClass.Task;
import flyteidl.admin.WorkflowOuterClass.Workflow;
import flyteidl.core.IdentifierOuterClass.ResourceType;

/**
 * Everything that a Flyte Admin knows.
 *
 * @param clock the time
 * @param projects the projects
 * @param tasks the tasks
 * @param workflows the workflows
 * @param launchPlans the launch plans
 * @param executions the executions
 * @param launcher what makes executions
 * @author Flyte Connect
 */
record FlyteModel(Clock clock, ProjectStore projects, EntityStore<Task> tasks, EntityStore<Workflow> workflows,
		LaunchPlanStore launchPlans, ExecutionStore executions, Launcher launcher) {

	static FlyteModel empty(Clock clock) {
		ProjectStore projects = new ProjectStore();
		EntityStore<Task> tasks = new EntityStore<>("task", ResourceType.TASK, Task::getId);
		tasks.columns().time("created_at", (task) -> Times.instant(task.getClosure().getCreatedAt()));
		EntityStore<Workflow> workflows = new EntityStore<>("workflow", ResourceType.WORKFLOW, Workflow::getId);
		workflows.columns().time("created_at", (workflow) -> Times.instant(workflow.getClosure().getCreatedAt()));
		LaunchPlanStore launchPlans = new LaunchPlanStore(workflows, clock);
		ExecutionStore executions = new ExecutionStore(clock);
		return new FlyteModel(clock, projects, tasks, workflows, launchPlans, executions,
				new Launcher(projects, tasks, launchPlans, executions, clock));
	}

}
