package io.flyteconnect.autoconfigure.actuate;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.flyteconnect.internal.config.text.SettingCheck;

/**
 * How the health of Flyte connections is found out.
 *
 * @param timeout How long the actuator's health page waits for Flyte at most, for all
 * connections together.
 * @param timeToLive How long an answer of Flyte counts before it is asked again, whatever
 * the number of looks; zero to ask at each look.
 * @since 0.1.0
 */
@ConfigurationProperties("management.health.flyte")
public record FlyteHealthProperties(@DefaultValue("2s") Duration timeout, @DefaultValue("10s") Duration timeToLive) {

	public FlyteHealthProperties {
		SettingCheck.atLeastOneMillisecond("timeout", timeout);
		SettingCheck.notNegative("timeToLive", timeToLive);
	}

}
