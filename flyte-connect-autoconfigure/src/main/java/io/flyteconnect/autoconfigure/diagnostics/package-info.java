/**
 * Failure analyses of a start that failed.
 */
@NullMarked
package io.flyteconnect.autoconfigure.diagnostics;

import org.jspecify.annotations.NullMarked;
