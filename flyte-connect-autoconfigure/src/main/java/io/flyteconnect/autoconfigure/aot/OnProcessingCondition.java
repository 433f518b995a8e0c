package io.flyteconnect.autoconfigure.aot;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches while the application is being processed ahead of time.
 */
class OnProcessingCondition implements Condition {

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		return SetAtRunTime.isUnknown();
	}

}
