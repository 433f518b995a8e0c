/**
 * What Spring Boot's actuator shows of Flyte connections.
 */
@NullMarked
package io.flyteconnect.actuate;

import org.jspecify.annotations.NullMarked;
