package io.flyteconnect.autoconfigure;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.grpc.client.GrpcChannelFactory;

/**
 * Finds Spring Boot's test transport, which sends every channel of an application to a
 * server in the same process. It is detected by its package, since its module is on the
 * class path of tests only.
 * <p>
 * Calls to Flyte use it, so that a test does not call the configured Flyte by accident,
 * unless {@link FlyteConnectionDetails} name a server for the test, as {@code @FlyteTest}
 * does.
 */
final class TestTransport {

	private static final Log logger = LogFactory.getLog(TestTransport.class);

	private static final String PACKAGE = "org.springframework.boot.grpc.test.";

	private TestTransport() {
	}

	/**
	 * Checks the types only, so that the application's own factories are not created for
	 * this.
	 */
	static @Nullable GrpcChannelFactory find(ListableBeanFactory beans) {
		if (BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, FlyteConnectionDetails.class, true,
				false).length > 0) {
			return null;
		}
		for (String name : beans.getBeanNamesForType(GrpcChannelFactory.class, true, false)) {
			Class<?> type = beans.getType(name, false);
			if (type != null && type.getName().startsWith(PACKAGE)) {
				logger
					.warn("The test transport of Spring Boot (@AutoConfigureTestGrpcTransport) takes the calls to Flyte:"
							+ " they reach the gRPC server of the application under test, not flyte.platform.url. Annotate"
							+ " the test with @FlyteTest to have them reach an in-memory Flyte Admin.");
				return beans.getBean(name, GrpcChannelFactory.class);
			}
		}
		return null;
	}

}
