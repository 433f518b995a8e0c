/**
 * What Micrometer measures of Flyte connections.
 */
@NullMarked
package io.flyteconnect.internal.metrics;

import org.jspecify.annotations.NullMarked;
