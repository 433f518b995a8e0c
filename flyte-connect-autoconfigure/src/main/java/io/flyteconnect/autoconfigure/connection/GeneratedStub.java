package io.flyteconnect.autoconfigure.connection;

import java.util.List;
import java.util.function.Function;

import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingV2Stub;
import flyteidl.service.AdminServiceGrpc.AdminServiceFutureStub;
import flyteidl.service.AdminServiceGrpc.AdminServiceStub;
import flyteidl.service.DataProxyServiceGrpc.DataProxyServiceBlockingStub;
import flyteidl.service.DataProxyServiceGrpc.DataProxyServiceBlockingV2Stub;
import flyteidl.service.DataProxyServiceGrpc.DataProxyServiceFutureStub;
import flyteidl.service.DataProxyServiceGrpc.DataProxyServiceStub;
import flyteidl.service.IdentityServiceGrpc.IdentityServiceBlockingStub;
import flyteidl.service.IdentityServiceGrpc.IdentityServiceBlockingV2Stub;
import flyteidl.service.IdentityServiceGrpc.IdentityServiceFutureStub;
import flyteidl.service.IdentityServiceGrpc.IdentityServiceStub;
import flyteidl.service.SignalServiceGrpc.SignalServiceBlockingStub;
import flyteidl.service.SignalServiceGrpc.SignalServiceBlockingV2Stub;
import flyteidl.service.SignalServiceGrpc.SignalServiceFutureStub;
import flyteidl.service.SignalServiceGrpc.SignalServiceStub;
import io.grpc.stub.AbstractStub;

import io.flyteconnect.FlyteAdminStub;

/**
 * A generated stub, as {@link FlyteStubsConfiguration} has it for the unnamed connection.
 *
 * @param bean the name of the unnamed connection's bean
 * @param type the type
 * @param from takes it from the stubs of a connection
 * @param <S> the type
 */
record GeneratedStub<S extends AbstractStub<S>>(String bean, Class<S> type, Function<FlyteAdminStub, S> from) {

	static final List<GeneratedStub<?>> ALL = List.of(
			of("flyteAdminBlockingStub", AdminServiceBlockingStub.class, (flyte) -> flyte.admin().blocking()),
			of("flyteAdminBlockingV2Stub", AdminServiceBlockingV2Stub.class, (flyte) -> flyte.admin().blockingV2()),
			of("flyteAdminFutureStub", AdminServiceFutureStub.class, (flyte) -> flyte.admin().future()),
			of("flyteAdminAsyncStub", AdminServiceStub.class, (flyte) -> flyte.admin().async()),
			of("flyteDataProxyBlockingStub", DataProxyServiceBlockingStub.class,
					(flyte) -> flyte.dataProxy().blocking()),
			of("flyteDataProxyBlockingV2Stub", DataProxyServiceBlockingV2Stub.class,
					(flyte) -> flyte.dataProxy().blockingV2()),
			of("flyteDataProxyFutureStub", DataProxyServiceFutureStub.class, (flyte) -> flyte.dataProxy().future()),
			of("flyteDataProxyAsyncStub", DataProxyServiceStub.class, (flyte) -> flyte.dataProxy().async()),
			of("flyteSignalBlockingStub", SignalServiceBlockingStub.class, (flyte) -> flyte.signals().blocking()),
			of("flyteSignalBlockingV2Stub", SignalServiceBlockingV2Stub.class, (flyte) -> flyte.signals().blockingV2()),
			of("flyteSignalFutureStub", SignalServiceFutureStub.class, (flyte) -> flyte.signals().future()),
			of("flyteSignalAsyncStub", SignalServiceStub.class, (flyte) -> flyte.signals().async()),
			of("flyteIdentityBlockingStub", IdentityServiceBlockingStub.class, (flyte) -> flyte.identity().blocking()),
			of("flyteIdentityBlockingV2Stub", IdentityServiceBlockingV2Stub.class,
					(flyte) -> flyte.identity().blockingV2()),
			of("flyteIdentityFutureStub", IdentityServiceFutureStub.class, (flyte) -> flyte.identity().future()),
			of("flyteIdentityAsyncStub", IdentityServiceStub.class, (flyte) -> flyte.identity().async()));

	void register(NamedBeans beans) {
		String admin = beans.name("flyteAdminStub");
		beans.register(this.bean, this.type,
				(factory) -> this.from.apply(factory.getBean(admin, FlyteAdminStub.class)));
	}

	private static <S extends AbstractStub<S>> GeneratedStub<S> of(String bean, Class<S> type,
			Function<FlyteAdminStub, S> from) {
		return new GeneratedStub<>(bean, type, from);
	}

}
