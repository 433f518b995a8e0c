package io.flyteconnect.autoconfigure.connection;

import java.util.List;
import java.util.function.Function;

import com.flyteidl2.auth.IdentityServiceGrpc.IdentityServiceBlockingStub;
import com.flyteidl2.auth.IdentityServiceGrpc.IdentityServiceBlockingV2Stub;
import com.flyteidl2.auth.IdentityServiceGrpc.IdentityServiceFutureStub;
import com.flyteidl2.auth.IdentityServiceGrpc.IdentityServiceStub;
import com.flyteidl2.cluster.ClusterServiceGrpc.ClusterServiceBlockingStub;
import com.flyteidl2.cluster.ClusterServiceGrpc.ClusterServiceBlockingV2Stub;
import com.flyteidl2.cluster.ClusterServiceGrpc.ClusterServiceFutureStub;
import com.flyteidl2.cluster.ClusterServiceGrpc.ClusterServiceStub;
import com.flyteidl2.dataproxy.DataProxyServiceGrpc.DataProxyServiceBlockingStub;
import com.flyteidl2.dataproxy.DataProxyServiceGrpc.DataProxyServiceBlockingV2Stub;
import com.flyteidl2.dataproxy.DataProxyServiceGrpc.DataProxyServiceFutureStub;
import com.flyteidl2.dataproxy.DataProxyServiceGrpc.DataProxyServiceStub;
import com.flyteidl2.project.ProjectServiceGrpc.ProjectServiceBlockingStub;
import com.flyteidl2.project.ProjectServiceGrpc.ProjectServiceBlockingV2Stub;
import com.flyteidl2.project.ProjectServiceGrpc.ProjectServiceFutureStub;
import com.flyteidl2.project.ProjectServiceGrpc.ProjectServiceStub;
import com.flyteidl2.task.TaskServiceGrpc.TaskServiceBlockingStub;
import com.flyteidl2.task.TaskServiceGrpc.TaskServiceBlockingV2Stub;
import com.flyteidl2.task.TaskServiceGrpc.TaskServiceFutureStub;
import com.flyteidl2.task.TaskServiceGrpc.TaskServiceStub;
import com.flyteidl2.trigger.TriggerServiceGrpc.TriggerServiceBlockingStub;
import com.flyteidl2.trigger.TriggerServiceGrpc.TriggerServiceBlockingV2Stub;
import com.flyteidl2.trigger.TriggerServiceGrpc.TriggerServiceFutureStub;
import com.flyteidl2.trigger.TriggerServiceGrpc.TriggerServiceStub;
import com.flyteidl2.workflow.RunServiceGrpc.RunServiceBlockingStub;
import com.flyteidl2.workflow.RunServiceGrpc.RunServiceBlockingV2Stub;
import com.flyteidl2.workflow.RunServiceGrpc.RunServiceFutureStub;
import com.flyteidl2.workflow.RunServiceGrpc.RunServiceStub;
import io.grpc.stub.AbstractStub;

import io.flyteconnect.FlyteRunsStub;

/**
 * A generated stub of Flyte 2. Loaded only where a connection calls it.
 *
 * @param bean the name of the unnamed connection's bean
 * @param type the type
 * @param from takes it from the stubs of a connection
 * @param <S> the type
 */
record GeneratedRunsStub<S extends AbstractStub<S>>(String bean, Class<S> type, Function<FlyteRunsStub, S> from) {

	static final List<GeneratedRunsStub<?>> ALL = List.of(
			of("flyteRunsBlockingStub", RunServiceBlockingStub.class, (flyte) -> flyte.runs().blocking()),
			of("flyteRunsBlockingV2Stub", RunServiceBlockingV2Stub.class, (flyte) -> flyte.runs().blockingV2()),
			of("flyteRunsFutureStub", RunServiceFutureStub.class, (flyte) -> flyte.runs().future()),
			of("flyteRunsAsyncStub", RunServiceStub.class, (flyte) -> flyte.runs().async()),
			of("flyteTasksBlockingStub", TaskServiceBlockingStub.class, (flyte) -> flyte.tasks().blocking()),
			of("flyteTasksBlockingV2Stub", TaskServiceBlockingV2Stub.class, (flyte) -> flyte.tasks().blockingV2()),
			of("flyteTasksFutureStub", TaskServiceFutureStub.class, (flyte) -> flyte.tasks().future()),
			of("flyteTasksAsyncStub", TaskServiceStub.class, (flyte) -> flyte.tasks().async()),
			of("flyteProjectsBlockingStub", ProjectServiceBlockingStub.class, (flyte) -> flyte.projects().blocking()),
			of("flyteProjectsBlockingV2Stub", ProjectServiceBlockingV2Stub.class,
					(flyte) -> flyte.projects().blockingV2()),
			of("flyteProjectsFutureStub", ProjectServiceFutureStub.class, (flyte) -> flyte.projects().future()),
			of("flyteProjectsAsyncStub", ProjectServiceStub.class, (flyte) -> flyte.projects().async()),
			of("flyteTriggersBlockingStub", TriggerServiceBlockingStub.class, (flyte) -> flyte.triggers().blocking()),
			of("flyteTriggersBlockingV2Stub", TriggerServiceBlockingV2Stub.class,
					(flyte) -> flyte.triggers().blockingV2()),
			of("flyteTriggersFutureStub", TriggerServiceFutureStub.class, (flyte) -> flyte.triggers().future()),
			of("flyteTriggersAsyncStub", TriggerServiceStub.class, (flyte) -> flyte.triggers().async()),
			of("flyteRunDataBlockingStub", DataProxyServiceBlockingStub.class, (flyte) -> flyte.dataProxy().blocking()),
			of("flyteRunDataBlockingV2Stub", DataProxyServiceBlockingV2Stub.class,
					(flyte) -> flyte.dataProxy().blockingV2()),
			of("flyteRunDataFutureStub", DataProxyServiceFutureStub.class, (flyte) -> flyte.dataProxy().future()),
			of("flyteRunDataAsyncStub", DataProxyServiceStub.class, (flyte) -> flyte.dataProxy().async()),
			of("flyteClustersBlockingStub", ClusterServiceBlockingStub.class, (flyte) -> flyte.clusters().blocking()),
			of("flyteClustersBlockingV2Stub", ClusterServiceBlockingV2Stub.class,
					(flyte) -> flyte.clusters().blockingV2()),
			of("flyteClustersFutureStub", ClusterServiceFutureStub.class, (flyte) -> flyte.clusters().future()),
			of("flyteClustersAsyncStub", ClusterServiceStub.class, (flyte) -> flyte.clusters().async()),
			of("flyteRunIdentityBlockingStub", IdentityServiceBlockingStub.class,
					(flyte) -> flyte.identity().blocking()),
			of("flyteRunIdentityBlockingV2Stub", IdentityServiceBlockingV2Stub.class,
					(flyte) -> flyte.identity().blockingV2()),
			of("flyteRunIdentityFutureStub", IdentityServiceFutureStub.class, (flyte) -> flyte.identity().future()),
			of("flyteRunIdentityAsyncStub", IdentityServiceStub.class, (flyte) -> flyte.identity().async()));

	void register(NamedBeans beans) {
		String runs = beans.name("flyteRunsStub");
		beans.register(this.bean, this.type, (factory) -> this.from.apply(factory.getBean(runs, FlyteRunsStub.class)));
	}

	private static <S extends AbstractStub<S>> GeneratedRunsStub<S> of(String bean, Class<S> type,
			Function<FlyteRunsStub, S> from) {
		return new GeneratedRunsStub<>(bean, type, from);
	}

}
