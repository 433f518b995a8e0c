package io.flyteconnect;

import java.time.Duration;
import java.util.function.Supplier;

import com.flyteidl2.auth.IdentityServiceGrpc;
import com.flyteidl2.auth.IdentityServiceGrpc.IdentityServiceBlockingStub;
import com.flyteidl2.auth.IdentityServiceGrpc.IdentityServiceBlockingV2Stub;
import com.flyteidl2.auth.IdentityServiceGrpc.IdentityServiceFutureStub;
import com.flyteidl2.auth.IdentityServiceGrpc.IdentityServiceStub;
import com.flyteidl2.cluster.ClusterServiceGrpc;
import com.flyteidl2.cluster.ClusterServiceGrpc.ClusterServiceBlockingStub;
import com.flyteidl2.cluster.ClusterServiceGrpc.ClusterServiceBlockingV2Stub;
import com.flyteidl2.cluster.ClusterServiceGrpc.ClusterServiceFutureStub;
import com.flyteidl2.cluster.ClusterServiceGrpc.ClusterServiceStub;
import com.flyteidl2.dataproxy.DataProxyServiceGrpc;
import com.flyteidl2.dataproxy.DataProxyServiceGrpc.DataProxyServiceBlockingStub;
import com.flyteidl2.dataproxy.DataProxyServiceGrpc.DataProxyServiceBlockingV2Stub;
import com.flyteidl2.dataproxy.DataProxyServiceGrpc.DataProxyServiceFutureStub;
import com.flyteidl2.dataproxy.DataProxyServiceGrpc.DataProxyServiceStub;
import com.flyteidl2.project.ProjectServiceGrpc;
import com.flyteidl2.project.ProjectServiceGrpc.ProjectServiceBlockingStub;
import com.flyteidl2.project.ProjectServiceGrpc.ProjectServiceBlockingV2Stub;
import com.flyteidl2.project.ProjectServiceGrpc.ProjectServiceFutureStub;
import com.flyteidl2.project.ProjectServiceGrpc.ProjectServiceStub;
import com.flyteidl2.task.TaskServiceGrpc;
import com.flyteidl2.task.TaskServiceGrpc.TaskServiceBlockingStub;
import com.flyteidl2.task.TaskServiceGrpc.TaskServiceBlockingV2Stub;
import com.flyteidl2.task.TaskServiceGrpc.TaskServiceFutureStub;
import com.flyteidl2.task.TaskServiceGrpc.TaskServiceStub;
import com.flyteidl2.trigger.TriggerServiceGrpc;
import com.flyteidl2.trigger.TriggerServiceGrpc.TriggerServiceBlockingStub;
import com.flyteidl2.trigger.TriggerServiceGrpc.TriggerServiceBlockingV2Stub;
import com.flyteidl2.trigger.TriggerServiceGrpc.TriggerServiceFutureStub;
import com.flyteidl2.trigger.TriggerServiceGrpc.TriggerServiceStub;
import com.flyteidl2.workflow.RunServiceGrpc;
import com.flyteidl2.workflow.RunServiceGrpc.RunServiceBlockingStub;
import com.flyteidl2.workflow.RunServiceGrpc.RunServiceBlockingV2Stub;
import com.flyteidl2.workflow.RunServiceGrpc.RunServiceFutureStub;
import com.flyteidl2.workflow.RunServiceGrpc.RunServiceStub;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import org.springframework.grpc.client.interceptor.DefaultDeadlineSetupClientInterceptor;
import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

/**
 * The stubs of Flyte 2's services on one authenticated connection. Safe for use by
 * several threads; inject it once and keep it. Needs {@code flyte-connect-starter-v2}.
 * <p>
 * Failed calls throw {@code io.grpc.StatusRuntimeException}. If the login failed, the
 * code is {@code UNAUTHENTICATED} or {@code UNAVAILABLE}, the description names endpoint,
 * mode and step, and the cause is a {@link io.flyteconnect.login.LoginException}.
 * <p>
 * {@link io.flyteconnect.run.FlyteRuns} knows the manners of Flyte 2's server: it answers
 * a taken name with OK, and aborts what has succeeded.
 *
 * @since 0.1.0
 */
public final class FlyteRunsStub {

	private final Channel channel;

	/** Made by the first call, as their classes and messages are many. */
	private final Supplier<Services> services;

	/**
	 * Create the stubs of a channel.
	 * @param channel the channel, usually {@link FlyteConnection#channel()}
	 */
	public FlyteRunsStub(Channel channel) {
		Assert.notNull(channel, "'channel' must not be null");
		this.channel = channel;
		this.services = SingletonSupplier.of(() -> new Services(channel));
	}

	/**
	 * Return the stub of RunService that waits for the response.
	 * @return the stub, whose methods throw {@code StatusRuntimeException}
	 */
	public RunServiceBlockingStub blocking() {
		return runs().blocking();
	}

	/**
	 * Return the stub of RunService that returns futures.
	 * @return the stub
	 */
	public RunServiceFutureStub future() {
		return runs().future();
	}

	/**
	 * Return the asynchronous stub of RunService.
	 * @return the stub
	 */
	public RunServiceStub async() {
		return runs().async();
	}

	/**
	 * Return all stubs of RunService.
	 * @return the stubs
	 */
	public ServiceStubs<RunServiceBlockingStub, RunServiceBlockingV2Stub, RunServiceFutureStub, RunServiceStub> runs() {
		return this.services.get().runs();
	}

	/**
	 * Return the stubs of TaskService: tasks, their versions and what they take and give.
	 * @return the stubs
	 */
	public ServiceStubs<TaskServiceBlockingStub, TaskServiceBlockingV2Stub, TaskServiceFutureStub, TaskServiceStub> tasks() {
		return this.services.get().tasks();
	}

	/**
	 * Return the stubs of ProjectService: projects and their domains.
	 * @return the stubs
	 */
	public ServiceStubs<ProjectServiceBlockingStub, ProjectServiceBlockingV2Stub, ProjectServiceFutureStub, ProjectServiceStub> projects() {
		return this.services.get().projects();
	}

	/**
	 * Return the stubs of TriggerService: what runs a task by a schedule.
	 * @return the stubs
	 */
	public ServiceStubs<TriggerServiceBlockingStub, TriggerServiceBlockingV2Stub, TriggerServiceFutureStub, TriggerServiceStub> triggers() {
		return this.services.get().triggers();
	}

	/**
	 * Return the stubs of DataProxyService: inputs, outputs, logs, signed URLs for
	 * uploads and downloads.
	 * @return the stubs
	 */
	public ServiceStubs<DataProxyServiceBlockingStub, DataProxyServiceBlockingV2Stub, DataProxyServiceFutureStub, DataProxyServiceStub> dataProxy() {
		return this.services.get().dataProxy();
	}

	/**
	 * Return the stubs of ClusterService: which data plane has what a call is about.
	 * @return the stubs
	 */
	public ServiceStubs<ClusterServiceBlockingStub, ClusterServiceBlockingV2Stub, ClusterServiceFutureStub, ClusterServiceStub> clusters() {
		return this.services.get().clusters();
	}

	/**
	 * Return the stubs of IdentityService: the user that the server knows the caller as.
	 * @return the stubs
	 */
	public ServiceStubs<IdentityServiceBlockingStub, IdentityServiceBlockingV2Stub, IdentityServiceFutureStub, IdentityServiceStub> identity() {
		return this.services.get().identity();
	}

	/**
	 * Return the same stubs with another deadline in place of
	 * {@code flyte.channel.deadline}. The deadline starts anew with each call, so the
	 * result can be kept. A deadline that is set on a stub itself takes precedence.
	 * @param deadline the time a call may take, retries included
	 * @return stubs on the same channel
	 */
	public FlyteRunsStub withDeadline(Duration deadline) {
		Assert.isTrue(!deadline.isZero() && !deadline.isNegative(), "'deadline' must be positive");
		return new FlyteRunsStub(
				ClientInterceptors.intercept(this.channel, new DefaultDeadlineSetupClientInterceptor(deadline)));
	}

	/**
	 * The stubs of each service.
	 */
	private record Services(
			ServiceStubs<RunServiceBlockingStub, RunServiceBlockingV2Stub, RunServiceFutureStub, RunServiceStub> runs,
			ServiceStubs<TaskServiceBlockingStub, TaskServiceBlockingV2Stub, TaskServiceFutureStub, TaskServiceStub> tasks,
			ServiceStubs<ProjectServiceBlockingStub, ProjectServiceBlockingV2Stub, ProjectServiceFutureStub, ProjectServiceStub> projects,
			ServiceStubs<TriggerServiceBlockingStub, TriggerServiceBlockingV2Stub, TriggerServiceFutureStub, TriggerServiceStub> triggers,
			ServiceStubs<DataProxyServiceBlockingStub, DataProxyServiceBlockingV2Stub, DataProxyServiceFutureStub, DataProxyServiceStub> dataProxy,
			ServiceStubs<ClusterServiceBlockingStub, ClusterServiceBlockingV2Stub, ClusterServiceFutureStub, ClusterServiceStub> clusters,
			ServiceStubs<IdentityServiceBlockingStub, IdentityServiceBlockingV2Stub, IdentityServiceFutureStub, IdentityServiceStub> identity) {

		Services(Channel channel) {
			this(new ServiceStubs<>(RunServiceGrpc.newBlockingStub(channel), RunServiceGrpc.newBlockingV2Stub(channel),
					RunServiceGrpc.newFutureStub(channel), RunServiceGrpc.newStub(channel)),
					new ServiceStubs<>(TaskServiceGrpc.newBlockingStub(channel),
							TaskServiceGrpc.newBlockingV2Stub(channel), TaskServiceGrpc.newFutureStub(channel),
							TaskServiceGrpc.newStub(channel)),
					new ServiceStubs<>(ProjectServiceGrpc.newBlockingStub(channel),
							ProjectServiceGrpc.newBlockingV2Stub(channel), ProjectServiceGrpc.newFutureStub(channel),
							ProjectServiceGrpc.newStub(channel)),
					new ServiceStubs<>(TriggerServiceGrpc.newBlockingStub(channel),
							TriggerServiceGrpc.newBlockingV2Stub(channel), TriggerServiceGrpc.newFutureStub(channel),
							TriggerServiceGrpc.newStub(channel)),
					new ServiceStubs<>(DataProxyServiceGrpc.newBlockingStub(channel),
							DataProxyServiceGrpc.newBlockingV2Stub(channel),
							DataProxyServiceGrpc.newFutureStub(channel), DataProxyServiceGrpc.newStub(channel)),
					new ServiceStubs<>(ClusterServiceGrpc.newBlockingStub(channel),
							ClusterServiceGrpc.newBlockingV2Stub(channel), ClusterServiceGrpc.newFutureStub(channel),
							ClusterServiceGrpc.newStub(channel)),
					new ServiceStubs<>(IdentityServiceGrpc.newBlockingStub(channel),
							IdentityServiceGrpc.newBlockingV2Stub(channel), IdentityServiceGrpc.newFutureStub(channel),
							IdentityServiceGrpc.newStub(channel)));
		}

	}

}
