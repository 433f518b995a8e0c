package io.flyteconnect.autoconfigure.actuate;

import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the actuator's endpoint of Flyte connections shows to whom.
 *
 * @param showValues When to show the values of settings. Secrets are never shown.
 * @param roles Roles used to determine whether a user is authorized to be shown values.
 * When empty, all authenticated users are.
 * @since 0.1.0
 */
@ConfigurationProperties("management.endpoint.flyte")
public record FlyteEndpointProperties(@DefaultValue("never") Show showValues, @DefaultValue Set<String> roles) {

}
