/**
 * How long an application takes to start.
 */
@NullMarked
package io.flyteconnect.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
