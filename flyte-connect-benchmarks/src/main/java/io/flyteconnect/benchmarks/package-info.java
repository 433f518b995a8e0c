/**
 * A load driver: makes calls as a service would, and writes down what became of each.
 */
@NullMarked
package io.flyteconnect.benchmarks;

import org.jspecify.annotations.NullMarked;
