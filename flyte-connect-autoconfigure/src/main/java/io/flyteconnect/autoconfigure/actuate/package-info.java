/**
 * Wires what the actuator shows of Flyte connections.
 */
@NullMarked
package io.flyteconnect.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
