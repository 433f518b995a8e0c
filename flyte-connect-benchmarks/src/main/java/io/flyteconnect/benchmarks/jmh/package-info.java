/**
 * What one call costs, measured by JMH.
 */
@NullMarked
package io.flyteconnect.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
