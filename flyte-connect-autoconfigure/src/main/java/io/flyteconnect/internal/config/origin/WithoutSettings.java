package io.flyteconnect.internal.config.origin;

/**
 * A property source that cannot be enumerated and has no settings of a connection.
 *
 * @since 0.1.0
 */
public interface WithoutSettings {

}
