/**
 * Failure analyzers, which explain why the application did not start.
 */
@NullMarked
package io.flyteconnect.autoconfigure.diagnostics;

import org.jspecify.annotations.NullMarked;
