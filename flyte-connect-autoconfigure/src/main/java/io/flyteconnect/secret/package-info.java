/**
 * Finds secrets by the names that Flyte uses: those that Flyte injects into a pod, and
 * those of the application's own sources.
 */
@NullMarked
package io.flyteconnect.secret;

import org.jspecify.annotations.NullMarked;
