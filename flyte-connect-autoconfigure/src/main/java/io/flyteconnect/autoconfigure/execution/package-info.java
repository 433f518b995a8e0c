/**
 * Wiring of the executions, and of what they run as.
 */
@NullMarked
package io.flyteconnect.autoconfigure.execution;

import org.jspecify.annotations.NullMarked;
