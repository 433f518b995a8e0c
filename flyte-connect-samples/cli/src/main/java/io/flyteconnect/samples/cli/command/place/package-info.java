/**
 * Where executions and what is launched are, and what there is not.
 */
@NullMarked
package io.flyteconnect.samples.cli.command.place;

import org.jspecify.annotations.NullMarked;
