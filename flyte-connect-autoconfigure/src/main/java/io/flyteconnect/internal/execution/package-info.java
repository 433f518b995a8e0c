/**
 * Launches executions, waits for them, and reads their data.
 */
@NullMarked
package io.flyteconnect.internal.execution;

import org.jspecify.annotations.NullMarked;
