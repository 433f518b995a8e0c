package io.flyteconnect.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.grpc.client.GrpcChannelFactory;

/**
 * Finds Spring Boot's test transport, which sends every channel of an application to a
 * server in the same process. It is known by its package, as the module that holds it is
 * on the class path of tests only.
 */
final class TestTransport {

	private static final String PACKAGE = "org.springframework.boot.grpc.test.";

	private TestTransport() {
	}

	static @Nullable GrpcChannelFactory find(ObjectProvider<GrpcChannelFactory> factories) {
		return factories.stream()
			.filter((factory) -> factory.getClass().getName().startsWith(PACKAGE))
			.findFirst()
			.orElse(null);
	}

}
