/**
 * What an application injects and calls: the stubs of one Flyte connection and the
 * connection itself.
 */
@NullMarked
package io.flyteconnect;

import org.jspecify.annotations.NullMarked;
