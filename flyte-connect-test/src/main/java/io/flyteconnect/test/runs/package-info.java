/**
 * Flyte 2 in memory: tasks and their runs, which a test lets end.
 */
@NullMarked
package io.flyteconnect.test.runs;

import org.jspecify.annotations.NullMarked;
