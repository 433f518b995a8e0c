/**
 * Auto-configuration for executions and their identity.
 */
@NullMarked
package io.flyteconnect.autoconfigure.execution;

import org.jspecify.annotations.NullMarked;
