package io.flyteconnect.autoconfigure.execution;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

import io.flyteconnect.autoconfigure.SetAtRunTime;

/**
 * Whether {@code flyte.execution.auth-role} says anything.
 *
 * @author Flyte Connect
 */
class OnAuthRoleCondition extends SpringBootCondition {

	private static final String PROPERTY = "flyte.execution.auth-role";

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Flyte auth role");
		if (SetAtRunTime.isUnknown()) {
			return ConditionOutcome.match(message.because("the auth role is known at run time only"));
		}
		boolean set = isSet(context.getEnvironment());
		return new ConditionOutcome(set, set ? message.foundExactly(PROPERTY) : message.didNotFind(PROPERTY).atAll());
	}

	static boolean isSet(Environment environment) {
		return Binder.get(environment)
			.bind(PROPERTY, FlyteExecutionProperties.Role.class)
			.map((role) -> StringUtils.hasLength(role.assumableIamRole())
					|| StringUtils.hasLength(role.kubernetesServiceAccount()))
			.orElse(false);
	}

}
