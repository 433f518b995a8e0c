/**
 * Secrets as Flyte names them, and where they are found: what Flyte injects into a pod,
 * and what the application brings beside it.
 */
@NullMarked
package io.flyteconnect.secret;

import org.jspecify.annotations.NullMarked;
