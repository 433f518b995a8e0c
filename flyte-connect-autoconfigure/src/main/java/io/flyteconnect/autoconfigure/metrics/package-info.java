/**
 * Spring wiring of the metrics.
 */
@NullMarked
package io.flyteconnect.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
