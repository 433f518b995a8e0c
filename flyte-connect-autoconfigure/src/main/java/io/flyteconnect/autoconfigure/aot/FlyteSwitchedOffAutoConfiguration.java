package io.flyteconnect.autoconfigure.aot;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration of an application that was processed ahead of time with
 * {@code flyte.enabled=false}. Flyte cannot be enabled when such an application runs, so
 * this fails the startup then.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "flyte.enabled", havingValue = false)
@Conditional(OnProcessingCondition.class)
@Import(SwitchedOffCheck.class)
public final class FlyteSwitchedOffAutoConfiguration {

}
