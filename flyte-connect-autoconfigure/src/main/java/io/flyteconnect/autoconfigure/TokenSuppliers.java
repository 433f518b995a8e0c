package io.flyteconnect.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.ConfigurableEnvironment;

import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.config.connection.NamedConnection;
import io.flyteconnect.internal.config.connection.NamedConnections;
import io.flyteconnect.login.FlyteTokenSupplier;

/**
 * Finds the supplier of a connection's tokens: the one that is qualified with its name;
 * where there is none, a connection with a name runs its own command, and one without a
 * command has the supplier that is for no other connection. So no cluster is shown the
 * token of another.
 */
class TokenSuppliers implements Function<PlatformConfig, @Nullable FlyteTokenSupplier> {

	private final ConfigurableListableBeanFactory beans;

	private final ConfigurableEnvironment environment;

	TokenSuppliers(ConfigurableListableBeanFactory beans, ConfigurableEnvironment environment) {
		this.beans = beans;
		this.environment = environment;
	}

	@Override
	public @Nullable FlyteTokenSupplier apply(PlatformConfig config) {
		List<String> all = Arrays
			.asList(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beans, FlyteTokenSupplier.class));
		List<String> own = all.stream().filter((bean) -> isFor(config.name(), bean)).toList();
		if (!own.isEmpty()) {
			return one(own);
		}
		boolean named = !config.name().equals(PlatformConfig.DEFAULT_NAME);
		if (named && !config.credentials().command().isEmpty()) {
			return null;
		}
		List<NamedConnection> others = NamedConnections.of(this.environment);
		return one(all.stream()
			.filter((bean) -> others.stream().noneMatch((other) -> isFor(other.name(), bean)))
			.toList());
	}

	private boolean isFor(String connection, String bean) {
		return BeanFactoryAnnotationUtils.isQualifierMatch(connection::equals, bean, this.beans);
	}

	private @Nullable FlyteTokenSupplier one(List<String> beans) {
		if (beans.isEmpty()) {
			return null;
		}
		return (beans.size() == 1) ? this.beans.getBean(beans.get(0), FlyteTokenSupplier.class)
				// The primary one, or an error that names them.
				: this.beans.getBean(FlyteTokenSupplier.class);
	}

}
