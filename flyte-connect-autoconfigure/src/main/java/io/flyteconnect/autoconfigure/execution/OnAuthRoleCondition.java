package io.flyteconnect.autoconfigure.execution;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.lang.Contract;
import org.springframework.util.StringUtils;

import io.flyteconnect.autoconfigure.aot.RunTimeCondition;

/**
 * Matches if {@code flyte.execution.auth-role} has a value.
 */
class OnAuthRoleCondition extends RunTimeCondition {

	private static final String PROPERTY = "flyte.execution.auth-role";

	OnAuthRoleCondition() {
		super(PROPERTY, OnAuthRoleCondition::isSet);
	}

	static boolean isSet(Environment environment) {
		return Binder.get(environment)
			.bind(PROPERTY, FlyteExecutionProperties.Role.class)
			.map(OnAuthRoleCondition::isSet)
			.orElse(false);
	}

	@Contract("null -> false")
	static boolean isSet(FlyteExecutionProperties.@Nullable Role role) {
		return role != null && (StringUtils.hasLength(role.assumableIamRole())
				|| StringUtils.hasLength(role.kubernetesServiceAccount()));
	}

}
