package io.flyteconnect.test.runs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import com.flyteidl2.task.TaskDetails;
import com.flyteidl2.task.TaskIdentifier;
import com.flyteidl2.task.TaskName;
import com.flyteidl2.task.TaskSpec;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a Flyte 2 in memory. Of each version, the last one that was added is the
 * newest.
 *
 * @since 0.1.0
 */
public final class TestTasks {

	private final Map<TaskIdentifier, TaskDetails> tasks = Collections.synchronizedMap(new LinkedHashMap<>());

	TestTasks() {
	}

	/**
	 * Add a task without inputs and outputs.
	 * @param project its project
	 * @param domain its domain
	 * @param name its name
	 * @param version its version
	 * @return the task, to give it inputs and outputs
	 */
	public TestTask add(String project, String domain, String name, String version) {
		TaskIdentifier id = TaskIdentifier.newBuilder()
			.setProject(project)
			.setDomain(domain)
			.setName(name)
			.setVersion(version)
			.build();
		add(id, TaskSpec.getDefaultInstance());
		return new TestTask(this, id);
	}

	/**
	 * Add a task, or replace it.
	 * @param id the task, with its version
	 * @param spec what it is
	 */
	public void add(TaskIdentifier id, TaskSpec spec) {
		TaskIdentifier key = key(id);
		this.tasks.put(key, TaskDetails.newBuilder().setTaskId(key).setSpec(spec).build());
	}

	/**
	 * Return all tasks.
	 * @return a copy, oldest first
	 */
	public List<TaskDetails> all() {
		synchronized (this.tasks) {
			return List.copyOf(this.tasks.values());
		}
	}

	/**
	 * Return one task.
	 * @param id which one, with its version
	 * @return the task, or {@code null} if there is none
	 */
	public @Nullable TaskDetails find(TaskIdentifier id) {
		return this.tasks.get(key(id));
	}

	List<String> versions(TaskName name) {
		List<String> versions = new ArrayList<>(all().stream()
			.map(TaskDetails::getTaskId)
			.filter((id) -> id.getProject().equals(name.getProject()) && id.getDomain().equals(name.getDomain())
					&& id.getName().equals(name.getName()))
			.map(TaskIdentifier::getVersion)
			.toList());
		Collections.reverse(versions);
		return versions;
	}

	void change(TaskIdentifier id, UnaryOperator<TaskSpec> change) {
		this.tasks.computeIfPresent(key(id),
				(key, task) -> task.toBuilder().setSpec(change.apply(task.getSpec())).build());
	}

	// The server ignores the organisation.
	private static TaskIdentifier key(TaskIdentifier id) {
		return id.toBuilder().clearOrg().build();
	}

}
