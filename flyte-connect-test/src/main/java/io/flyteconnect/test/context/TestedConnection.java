package io.flyteconnect.test.context;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.util.StringUtils;

import io.flyteconnect.internal.text.NearName;
import io.flyteconnect.test.FlyteTest;
import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.test.FlyteTestServerBuilder;

/**
 * What a test server stands in for. Being a record, it is part of the key that contexts
 * are cached by.
 *
 * @param name the name of the connection, empty for all that no other server stands in
 * for
 * @param tls whether to speak TLS
 * @param auth how to log in
 * @param sampleData whether to start with sample data
 */
record TestedConnection(String name, boolean tls, FlyteTest.Auth auth, boolean sampleData) {

	static final String UNNAMED = "default";

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

	/**
	 * Return the connections that the server stands in for.
	 * @param named those that a server of their own stands in for
	 * @param configured those that the application has
	 * @return the names
	 * @throws IllegalStateException if the application has none of this name
	 */
	List<String> connections(List<String> named, List<String> configured) {
		if (this.name.isEmpty()) {
			return configured.stream().filter((connection) -> !named.contains(connection)).toList();
		}
		if (!isUnnamed() && !configured.contains(this.name)) {
			String hint = NearName.hint(this.name, configured);
			throw new IllegalStateException(
					"@FlyteTest stands in for no connection: there is no Flyte connection named '" + this.name + "'"
							+ (hint.isEmpty() ? "." : hint) + " There are: " + String.join(", ", configured));
		}
		return List.of(this.name);
	}

	void register(FlyteTestServer server, DefaultListableBeanFactory beans) {
		String bean = beanName("flyteTestServer");
		RootBeanDefinition definition = new RootBeanDefinition(FlyteTestServer.class, () -> server);
		definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, isUnnamed() ? UNNAMED : this.name));
		definition.setPrimary(isUnnamed());
		// It is closed with the context, also if that does not start.
		definition.setDestroyMethodName("");
		beans.registerBeanDefinition(bean, definition);
		beans.registerDisposableBean(bean, server::close);
	}

	String beanName(String unnamed) {
		return beanName(this.name, unnamed);
	}

	static String beanName(String connection, String unnamed) {
		return isUnnamed(connection) ? unnamed : connection + StringUtils.capitalize(unnamed);
	}

	static Map<String, Object> properties(String connection, FlyteTestServer server) {
		String prefix = isUnnamed(connection) ? "flyte" : "flyte.connections." + connection;
		return server.properties()
			.entrySet()
			.stream()
			.collect(Collectors.toUnmodifiableMap((property) -> prefix + property.getKey().substring("flyte".length()),
					Map.Entry::getValue));
	}

	private boolean isUnnamed() {
		return isUnnamed(this.name);
	}

	private static boolean isUnnamed(String connection) {
		return connection.isEmpty() || UNNAMED.equals(connection);
	}

}
