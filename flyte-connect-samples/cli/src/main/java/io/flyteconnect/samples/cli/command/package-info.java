/**
 * What the tool can be asked.
 */
@NullMarked
package io.flyteconnect.samples.cli.command;

import org.jspecify.annotations.NullMarked;
