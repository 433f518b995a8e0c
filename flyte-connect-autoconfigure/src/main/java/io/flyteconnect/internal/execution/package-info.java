/**
 * How executions are launched, waited for and read.
 */
@NullMarked
package io.flyteconnect.internal.execution;

import org.jspecify.annotations.NullMarked;
