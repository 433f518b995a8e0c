package io.flyteconnect.autoconfigure.execution;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.execution.ExecutionSettings;
import io.flyteconnect.identity.AuthRole;
import io.flyteconnect.identity.SecurityContext;
import io.flyteconnect.internal.config.connection.NamedConnections;
import io.flyteconnect.run.FlyteRuns;

/**
 * Makes the runs of connections that call Flyte 2, with their settings below
 * {@code flyte.execution} and {@code flyte.runs}.
 *
 * @since 0.1.0
 */
public final class FlyteRunsMaker {

	private final Environment environment;

	private final FlyteExecutionProperties properties;

	private final ObjectProvider<SecurityContext> securityContext;

	private final ObjectProvider<AuthRole> authRole;

	FlyteRunsMaker(Environment environment, FlyteExecutionProperties properties,
			ObjectProvider<SecurityContext> securityContext, ObjectProvider<AuthRole> authRole) {
		this.environment = environment;
		this.properties = properties;
		this.securityContext = securityContext;
		this.authRole = authRole;
	}

	/**
	 * Make the runs of a connection.
	 * @param connection the connection
	 * @param name the name that its settings are below, {@code null} for the one without
	 * @return its runs
	 */
	public FlyteRuns create(FlyteConnection connection, @Nullable String name) {
		return new FlyteRuns(connection.runs(), connection.config().runs(), settings(name));
	}

	private ExecutionSettings settings(@Nullable String name) {
		return NamedConnections.of(this.environment)
			.stream()
			.filter((named) -> named.name().equals(name))
			.findFirst()
			.map((named) -> ExecutionModels.named(this.environment, named).settings())
			.orElseGet(() -> ExecutionModels.unnamed(this.environment)
				.settings(this.properties, this.securityContext.getObject(), this.authRole.getIfAvailable()));
	}

}
