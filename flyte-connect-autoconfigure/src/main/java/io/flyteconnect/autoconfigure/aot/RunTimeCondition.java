package io.flyteconnect.autoconfigure.aot;

import java.util.function.Predicate;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches if a setting requires certain beans. Also matches during ahead-of-time
 * processing, when the setting at run time is not known yet.
 *
 * @since 0.1.0
 */
public abstract class RunTimeCondition extends SpringBootCondition {

	private final String setting;

	private final Predicate<Environment> wanted;

	/**
	 * Create a condition.
	 * @param setting the setting, as the conditions report names it
	 * @param wanted whether the setting wants the beans
	 */
	protected RunTimeCondition(String setting, Predicate<Environment> wanted) {
		this.setting = setting;
		this.wanted = wanted;
	}

	@Override
	public final ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Flyte setting");
		if (SetAtRunTime.isUnknown()) {
			return ConditionOutcome.match(message.because(this.setting + " is known at run time only"));
		}
		return this.wanted.test(context.getEnvironment()) ? ConditionOutcome.match(message.foundExactly(this.setting))
				: ConditionOutcome.noMatch(message.didNotFind(this.setting).atAll());
	}

}
