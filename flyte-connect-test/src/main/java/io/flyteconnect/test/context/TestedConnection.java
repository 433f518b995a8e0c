package io.flyteconnect.test.context;

import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.util.StringUtils;

import io.flyteconnect.test.FlyteTest;
import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.test.FlyteTestServerBuilder;

/**
 * A connection that a test server stands in for. Being a record, it is part of the key
 * that contexts are cached by.
 *
 * @param name the name of the connection
 * @param tls whether to speak TLS
 * @param auth how to log in
 * @param sampleData whether to start with sample data
 */
record TestedConnection(String name, boolean tls, FlyteTest.Auth auth, boolean sampleData) {

	private static final String UNNAMED = "default";

	TestedConnection(FlyteTest annotation) {
		this(annotation.connection(), annotation.tls(), annotation.auth(), annotation.sampleData());
	}

	FlyteTestServer start() {
		FlyteTestServerBuilder builder = FlyteTestServer.builder();
		if (this.tls) {
			builder.tls();
		}
		if (this.auth == FlyteTest.Auth.CLIENT_CREDENTIALS) {
			builder.clientCredentials("flyte-test", UUID.randomUUID().toString());
		}
		if (this.sampleData) {
			builder.withSampleData();
		}
		return builder.start();
	}

	void register(FlyteTestServer server, DefaultListableBeanFactory beans) {
		String bean = beanName("flyteTestServer");
		RootBeanDefinition definition = new RootBeanDefinition(FlyteTestServer.class, () -> server);
		definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, this.name));
		definition.setPrimary(isUnnamed());
		// It is closed with the context, also if that does not start.
		definition.setDestroyMethodName("");
		beans.registerBeanDefinition(bean, definition);
		beans.registerDisposableBean(bean, server::close);
	}

	String beanName(String unnamed) {
		return isUnnamed() ? unnamed : this.name + StringUtils.capitalize(unnamed);
	}

	Map<String, Object> properties(FlyteTestServer server) {
		String prefix = isUnnamed() ? "flyte" : "flyte.connections." + this.name;
		return server.properties()
			.entrySet()
			.stream()
			.collect(Collectors.toUnmodifiableMap((property) -> prefix + property.getKey().substring("flyte".length()),
					Map.Entry::getValue));
	}

	private boolean isUnnamed() {
		return UNNAMED.equals(this.name);
	}

}
