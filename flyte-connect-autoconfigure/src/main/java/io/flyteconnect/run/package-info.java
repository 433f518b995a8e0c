/**
 * Launches runs of Flyte 2 with inputs from Java values, waits for their end, reads their
 * outputs and logs, aborts them and runs them again.
 */
@NullMarked
package io.flyteconnect.run;

import org.jspecify.annotations.NullMarked;
