package io.flyteconnect.test.runs;

import java.time.Clock;
import java.util.List;

import io.grpc.BindableService;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.test.admin.PublishedLogin;

/**
 * What a Flyte 2 knows, with the services that ask it: tasks and runs. It answers as the
 * server of Flyte 2.0 does, its bad manners included: a name that is taken is answered
 * with OK and the old run, whose inputs are overwritten; what has succeeded can be
 * aborted; a task that is not there is {@code UNKNOWN} to a run.
 *
 * @since 0.1.0
 */
public final class InMemoryFlyte2 {

	private final TestTasks tasks = new TestTasks();

	private final TestRuns runs;

	private final @Nullable PublishedLogin login;

	/**
	 * Create an empty Flyte.
	 * @param clock the time of what happens
	 * @param login how to log in, or {@code null} if nobody has to
	 */
	public InMemoryFlyte2(Clock clock, @Nullable PublishedLogin login) {
		this.runs = new TestRuns(this.tasks, clock);
		this.login = login;
	}

	/**
	 * Return the tasks.
	 * @return the tasks, to look at and to add to
	 */
	public TestTasks tasks() {
		return this.tasks;
	}

	/**
	 * Return the runs.
	 * @return the runs, to look at and to drive
	 */
	public TestRuns runs() {
		return this.runs;
	}

	/**
	 * Return the services.
	 * @return the services of Flyte 2's IDL that are known
	 */
	public List<BindableService> services() {
		return List.of(new RunMethods(this.runs), new TaskMethods(this.tasks), new ProjectMethods(this.tasks),
				new DataProxyMethods(this.runs), new ClusterMethods(), new AuthMetadataMethods(this.login),
				new IdentityMethods());
	}

}
