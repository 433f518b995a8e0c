package io.flyteconnect.autoconfigure.execution;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.autoconfigure.FlyteAutoConfiguration;
import io.flyteconnect.autoconfigure.connection.DefaultConnection;
import io.flyteconnect.config.FlyteApi;
import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.identity.AuthRole;
import io.flyteconnect.identity.FlyteUsers;
import io.flyteconnect.identity.SecurityContext;

/**
 * Auto-configuration for launching executions, their identity, and the user that Flyte
 * knows the application as.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = FlyteAutoConfiguration.class)
@ConditionalOnBean(FlyteConnection.class)
@EnableConfigurationProperties(FlyteExecutionProperties.class)
public final class FlyteExecutionAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@Conditional(OnAuthRoleCondition.class)
	@Nullable AuthRole flyteAuthRole(FlyteExecutionProperties properties, Environment environment) {
		FlyteExecutionProperties.Role role = properties.getAuthRole();
		// With ahead-of-time processing, it is only known now whether one is configured.
		return (role != null && OnAuthRoleCondition.isSet(environment))
				? ExecutionModels.unnamed(environment).authRole(role) : null;
	}

	@Bean
	@ConditionalOnMissingBean
	SecurityContext flyteSecurityContext(FlyteExecutionProperties properties, Environment environment,
			ObjectProvider<AuthRole> authRole) {
		ExecutionModels models = ExecutionModels.unnamed(environment);
		SecurityContext context = models.securityContext(properties);
		models.checkKept(context, authRole.getIfAvailable());
		return context;
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteExecutions")
	FlyteExecutions flyteExecutions(FlyteExecutionsRefresh refresh, ConfigurableListableBeanFactory beans,
			SecurityContext securityContext, ObjectProvider<AuthRole> authRole, FlyteExecutionProperties properties,
			Environment environment) {
		return refresh.create(new DefaultConnection(beans).connection(),
				ExecutionModels.unnamed(environment).settings(properties, securityContext, authRole.getIfAvailable()));
	}

	@Bean
	FlyteRunsMaker flyteRunsMaker(Environment environment, FlyteExecutionProperties properties,
			ObjectProvider<SecurityContext> securityContext, ObjectProvider<AuthRole> authRole) {
		return new FlyteRunsMaker(environment, properties, securityContext, authRole);
	}

	@Bean
	@Lazy
	@ConditionalOnMissingBean(name = "flyteUsers")
	FlyteUsers flyteUsers(ConfigurableListableBeanFactory beans) {
		DefaultConnection flyte = new DefaultConnection(beans);
		return (flyte.connection().api() == FlyteApi.V2) ? new FlyteUsers(flyte.connection())
				: new FlyteUsers(flyte.admin().identity().blocking());
	}

	@Bean
	FlyteExecutionsRefresh flyteExecutionsRefresh(ConfigurableApplicationContext context) {
		return new FlyteExecutionsRefresh(context);
	}

	@Bean
	static NamedExecutionsRegistrar flyteNamedExecutionsRegistrar(Environment environment) {
		return new NamedExecutionsRegistrar(environment);
	}

}
