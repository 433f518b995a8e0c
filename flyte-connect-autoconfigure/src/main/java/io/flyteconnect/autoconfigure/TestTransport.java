package io.flyteconnect.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.grpc.client.GrpcChannelFactory;

/**
 * Finds Spring Boot's test transport, which sends every channel of an application to a
 * server in the same process. It is known by its package, as the module that holds it is
 * on the class path of tests only.
 *
 * @author Flyte Connect
 */
final class TestTransport {

	private static final String PACKAGE = "org.springframework.boot.grpc.test.";

	private TestTransport() {
	}

	/**
	 * Look at the types alone: the application's own factories are not made for this.
	 */
	static @Nullable GrpcChannelFactory find(ListableBeanFactory beans) {
		for (String name : beans.getBeanNamesForType(GrpcChannelFactory.class, true, false)) {
			Class<?> type = beans.getType(name, false);
			if (type != null && type.getName().startsWith(PACKAGE)) {
				return beans.getBean(name, GrpcChannelFactory.class);
			}
		}
		return null;
	}

}
