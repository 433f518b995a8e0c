package io.flyteconnect.test.admin;

import java.time.Clock;
import java.util.Optional;

import flyteidl.admin.LaunchPlanOuterClass.LaunchPlan;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanCreateRequest;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanSpec;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanState;
import flyteidl.admin.LaunchPlanOuterClass.LaunchPlanUpdateRequest;
import flyteidl.admin.ProjectOuterClass.Project;
import flyteidl.admin.TaskOuterClass.Task;
import flyteidl.admin.WorkflowOuterClass.Workflow;
import flyteidl.admin.WorkflowOuterClass.WorkflowSpec;
import flyteidl.core.IdentifierOuterClass.Identifier;
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

	/**
	 * Find an active launch plan, or make it with what it needs.
	 * @param project its project
	 * @param domain its domain
	 * @param name its name
	 * @return the launch plan
	 */
	Identifier activePlan(String project, String domain, String name) {
		Identifier.Builder id = Identifier.newBuilder().setProject(project).setDomain(domain).setName(name);
		Optional<LaunchPlan> active = this.launchPlans.findActive(id.build());
		if (active.isPresent()) {
			return active.get().getId();
		}
		if (!this.projects.isKnown(project)) {
			this.projects.register(Project.newBuilder().setId(project).setName(project).build());
		}
		this.projects.checkUsable(project, domain);
		Identifier workflow = id.setResourceType(ResourceType.WORKFLOW).setVersion("v1").build();
		if (this.workflows.find(workflow) == null) {
			this.workflows.create(Workflow.newBuilder().setId(workflow).build(), WorkflowSpec.getDefaultInstance());
		}
		Identifier plan = id.setResourceType(ResourceType.LAUNCH_PLAN).build();
		if (this.launchPlans.find(plan) == null) {
			this.launchPlans.create(LaunchPlanCreateRequest.newBuilder()
				.setId(plan)
				.setSpec(LaunchPlanSpec.newBuilder().setWorkflowId(workflow))
				.build());
		}
		this.launchPlans
			.update(LaunchPlanUpdateRequest.newBuilder().setId(plan).setState(LaunchPlanState.ACTIVE).build());
		return plan;
	}

}
