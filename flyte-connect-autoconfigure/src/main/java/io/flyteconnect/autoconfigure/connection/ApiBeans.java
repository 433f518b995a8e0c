package io.flyteconnect.autoconfigure.connection;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteRunsStub;
import io.flyteconnect.autoconfigure.execution.FlyteRunsMaker;
import io.flyteconnect.internal.libraries.Libraries;
import io.flyteconnect.run.FlyteRuns;

/**
 * Which beans a connection has by the API that it calls: those of the other API would
 * fail by their first call. So the one connection that calls an API is the one whose
 * stubs of it are injected, however many others there are.
 */
final class ApiBeans {

	private ApiBeans() {
	}

	/**
	 * Register what calls Flyte 2.
	 * @param beans the beans of the connection
	 * @param name the name that its settings are below, {@code null} for the one without
	 */
	static void registerRuns(NamedBeans beans, @Nullable String name) {
		if (!Libraries.isFlyte2Present()) {
			// The connection says so.
			return;
		}
		beans.register("flyteRunsStub", FlyteRunsStub.class, (factory) -> connection(beans, factory).runs());
		beans.register("flyteRuns", FlyteRuns.class,
				(factory) -> factory.getBean(FlyteRunsMaker.class).create(connection(beans, factory), name));
		GeneratedRunsStub.ALL.forEach((stub) -> stub.register(beans));
	}

	private static FlyteConnection connection(NamedBeans beans, BeanFactory factory) {
		return beans.isOfUnnamed() ? factory.getBean(DefaultConnection.class).connection()
				: factory.getBean(beans.name("flyteConnection"), FlyteConnection.class);
	}

}
