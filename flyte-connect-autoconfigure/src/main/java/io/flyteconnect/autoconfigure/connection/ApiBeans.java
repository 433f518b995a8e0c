package io.flyteconnect.autoconfigure.connection;

import org.springframework.beans.factory.BeanFactory;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteRunsStub;
import io.flyteconnect.internal.libraries.Libraries;

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
	 */
	static void registerRuns(NamedBeans beans) {
		if (!Libraries.isFlyte2Present()) {
			// The connection says so.
			return;
		}
		beans.register("flyteRunsStub", FlyteRunsStub.class, (factory) -> connection(beans, factory).runs());
		GeneratedRunsStub.ALL.forEach((stub) -> stub.register(beans));
	}

	private static FlyteConnection connection(NamedBeans beans, BeanFactory factory) {
		return beans.isOfUnnamed() ? factory.getBean(DefaultConnection.class).connection()
				: factory.getBean(beans.name("flyteConnection"), FlyteConnection.class);
	}

}
