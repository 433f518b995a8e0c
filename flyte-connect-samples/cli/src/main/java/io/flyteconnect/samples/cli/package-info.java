/**
 * A command line tool that asks Flyte.
 */
@NullMarked
package io.flyteconnect.samples.cli;

import org.jspecify.annotations.NullMarked;
