package io.flyteconnect.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether {@code flyte.credentials.store} is {@code jdbc}, or may be so when the
 * application runs.
 *
 * @author Flyte Connect
 */
class OnJdbcStoreCondition extends SpringBootCondition {

	private static final String PROPERTY = "flyte.credentials.store";

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Flyte token store");
		if (SetAtRunTime.isUnknown()) {
			return ConditionOutcome.match(message.because("the store is known at run time only"));
		}
		return isWanted(context.getEnvironment()) ? ConditionOutcome.match(message.foundExactly(PROPERTY + "=jdbc"))
				: ConditionOutcome.noMatch(message.didNotFind(PROPERTY + "=jdbc").atAll());
	}

	static boolean isWanted(Environment environment) {
		return "jdbc".equalsIgnoreCase(environment.getProperty(PROPERTY, "").strip());
	}

}
