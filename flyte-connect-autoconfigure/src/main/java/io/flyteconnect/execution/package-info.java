/**
 * Launching executions with a security context, waiting for their end, terminating and
 * relaunching them.
 */
@NullMarked
package io.flyteconnect.execution;

import org.jspecify.annotations.NullMarked;
