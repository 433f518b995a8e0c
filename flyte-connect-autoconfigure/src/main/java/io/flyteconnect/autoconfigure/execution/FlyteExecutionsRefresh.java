package io.flyteconnect.autoconfigure.execution;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteReloadEvent;
import io.flyteconnect.FlyteReloadEvent.Part;
import io.flyteconnect.autoconfigure.connection.DefaultConnection;
import io.flyteconnect.autoconfigure.connection.NamedBeans;
import io.flyteconnect.autoconfigure.connection.SettingsRefresh;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.execution.ExecutionSettings;
import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.identity.AuthRole;
import io.flyteconnect.identity.SecurityContext;
import io.flyteconnect.internal.config.connection.NamedConnections;

/**
 * Has the executions of each connection take over {@code execution.*} where it has
 * changed since it was last taken over: what code has taken over stays until then.
 * Executions, an identity or an auth role of the application's own are left alone.
 */
class FlyteExecutionsRefresh extends SettingsRefresh {

	private static final Log logger = LogFactory.getLog(FlyteExecutionsRefresh.class);

	private static final String EXECUTIONS = "flyteExecutions";

	/** What each last had from the environment, also where code replaced it. */
	private final Map<FlyteExecutions, ExecutionSettings> taken = new ConcurrentHashMap<>();

	FlyteExecutionsRefresh(ConfigurableApplicationContext context) {
		super(context);
	}

	/**
	 * Create executions, which are to take over what changes from now on.
	 * @param connection their connection
	 * @param settings as they have been read from the environment
	 * @return the executions
	 */
	FlyteExecutions create(FlyteConnection connection, ExecutionSettings settings) {
		FlyteExecutions executions = new FlyteExecutions(connection, settings);
		this.taken.put(executions, settings);
		return executions;
	}

	@Override
	protected void takeOver(ConfigurableListableBeanFactory beans, ConfigurableEnvironment environment) {
		if (DefaultConnection.isOurs(beans, EXECUTIONS)) {
			takeOver(PlatformConfig.DEFAULT_NAME, beans.getBean(EXECUTIONS, FlyteExecutions.class),
					() -> unnamed(beans, environment));
		}
		NamedConnections.of(environment)
			.stream()
			.filter((named) -> NamedBeans.isOurs(beans, named.name(), EXECUTIONS))
			.forEach((named) -> takeOver(named.name(),
					beans.getBean(NamedBeans.name(named.name(), EXECUTIONS), FlyteExecutions.class),
					() -> ExecutionModels.named(environment, named).settings()));
	}

	private void takeOver(String connection, FlyteExecutions executions, Supplier<ExecutionSettings> refreshed) {
		try {
			ExecutionSettings settings = refreshed.get();
			boolean changed = !settings.equals(this.taken.put(executions, settings));
			if (changed && !settings.equals(executions.settings())) {
				executions.reload(settings);
				logger.info("Executions of Flyte connection '" + connection + "' have taken over other settings");
				publish(new FlyteReloadEvent(connection, Part.EXECUTIONS, null));
			}
		}
		catch (RuntimeException ex) {
			keep(connection, ex);
			publish(new FlyteReloadEvent(connection, Part.EXECUTIONS, ex));
		}
	}

	private static ExecutionSettings unnamed(ConfigurableListableBeanFactory beans,
			ConfigurableEnvironment environment) {
		ExecutionModels models = ExecutionModels.unnamed(environment);
		FlyteExecutionProperties properties = models.bind();
		AuthRole authRole = own(beans, AuthRole.class, "flyteAuthRole");
		authRole = (authRole != null) ? authRole : models.authRoleOf(properties);
		SecurityContext context = own(beans, SecurityContext.class, "flyteSecurityContext");
		if (context == null) {
			context = models.securityContext(properties);
			models.checkKept(context, authRole);
		}
		return models.settings(properties, context, authRole);
	}

	private static <T> @Nullable T own(ConfigurableListableBeanFactory beans, Class<T> type, String ours) {
		return DefaultConnection.isOurs(beans, ours) ? null : beans.getBeanProvider(type).getIfAvailable();
	}

}
