/**
 * Executions: listed, looked at, launched, waited for, terminated.
 */
@NullMarked
package io.flyteconnect.samples.cli.command.execution;

import org.jspecify.annotations.NullMarked;
