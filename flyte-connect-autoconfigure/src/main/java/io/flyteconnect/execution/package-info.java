/**
 * Launches executions with a security context, waits for their end, terminates and
 * relaunches them.
 */
@NullMarked
package io.flyteconnect.execution;

import org.jspecify.annotations.NullMarked;
